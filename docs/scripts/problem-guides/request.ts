import type { Guide } from './guide.ts'

/** About the request as such, its key, and the service. */
// biome-ignore format: a paragraph a line
export const REQUEST_GUIDES = {
  request_invalid: [
    'A field is missing, unknown, of the wrong type or of the wrong form, in the body or in the query. Nothing was done.',
    'Read `errors`: each entry names the field by its `pointer` (RFC 6901) and the rule by its `code`, with a message for people in both languages. Correct the request and send it again, with the same idempotency key if you like: a 400 is not stored under it.',
    'Falta un campo, sobra, o es de otro tipo o forma, en el cuerpo o en la consulta. No se hizo nada.',
    'Lea `errors`: cada entrada indica el campo con su `pointer` (RFC 6901) y la regla con su `code`, con un mensaje para personas en los dos idiomas. Corrija la solicitud y envíela otra vez; puede usar la misma clave de idempotencia, porque un 400 no se guarda con ella.',
  ],
  body_malformed: [
    'The body is not JSON, is not UTF-8, or is nested more than ten levels deep. Nothing was done.',
    'Serialise the body with a JSON library and send it as UTF-8. Check that no proxy changes it on the way.',
    'El cuerpo no es JSON, no es UTF-8 o está anidado más de diez niveles. No se hizo nada.',
    'Genere el cuerpo con una biblioteca de JSON y envíelo en UTF-8. Revise que ningún proxy lo cambie en el camino.',
  ],
  idempotency_key_required: [
    'The operation moves money and the header `Idempotency-Key` is missing. Nothing was done.',
    'Send one key for each intent: an order number, or a UUID that you keep until you know the outcome. The SDK sends one by itself.',
    'La operación mueve dinero y falta el encabezado `Idempotency-Key`. No se hizo nada.',
    'Envíe una clave por cada intención: un número de pedido, o un UUID que guarde hasta conocer el resultado. El SDK la envía por su cuenta.',
  ],
  unauthenticated: [
    'The header `Authorization: Bearer …` is missing, has another form, or its key is not known to this server.',
    'Send the key of your tenant. A sandbox in memory makes new keys at each start: take the key that it has printed. After many wrong keys from one address the server answers `rate_limited`.',
    'Falta el encabezado `Authorization: Bearer …`, tiene otra forma, o este servidor no conoce la clave.',
    'Envíe la clave de su institución. Un sandbox en memoria crea claves nuevas en cada arranque: use la que imprimió. Después de muchas claves incorrectas desde una dirección, el servidor responde `rate_limited`.',
  ],
  host_refused: [
    'The header `Host` names neither this machine nor a name that the server was told. It protects against DNS rebinding.',
    'Call the server by `localhost` or `127.0.0.1`, or start it with the name: `pisto sandbox --host-name NAME`.',
    'El encabezado `Host` no nombra ni esta máquina ni un nombre que se le haya indicado al servidor. Protege contra DNS rebinding.',
    'Llame al servidor como `localhost` o `127.0.0.1`, o inícielo con el nombre: `pisto sandbox --host-name NOMBRE`.',
  ],
  origin_refused: [
    'A web page from another origin called. The server sends no CORS headers, so that no page can use a key from a browser.',
    'Call Pisto from your own backend, and let your page call the backend.',
    'Llamó una página web de otro origen. El servidor no envía encabezados CORS, para que ninguna página use una clave desde el navegador.',
    'Llame a Pisto desde su propio servidor, y que su página llame a su servidor.',
  ],
  scope_missing: [
    'The key is valid, but may not do this. `facts.scope` names what it would need.',
    'Use a key that has the scope. A sandbox key has all of them.',
    'La clave es válida, pero no puede hacer esto. `facts.scope` indica qué permiso necesitaría.',
    'Use una clave que tenga ese permiso. La clave de un sandbox los tiene todos.',
  ],
  route_not_found: [
    'No operation has this address. Outside the sandbox, `/v1/sandbox/…` does not exist either.',
    'Compare the address with the [list of operations](../operations.md) or the server’s `/openapi.json`.',
    'Ninguna operación tiene esta dirección. Fuera del sandbox, `/v1/sandbox/…` tampoco existe.',
    'Compare la dirección con la [lista de operaciones](../operations.md) o con `/openapi.json` del servidor.',
  ],
  method_not_allowed: [
    'The address exists, but not with this method. `facts.allow` and the header `Allow` name those it takes.',
    'Use one of the methods named.',
    'La dirección existe, pero no con este método. `facts.allow` y el encabezado `Allow` indican los que acepta.',
    'Use uno de los métodos indicados.',
  ],
  file_refused: [
    'The file is no list of rows, or lacks columns that are needed. `errors` names the reason, and `facts` where it is: the line, the byte, or the columns. Nothing was imported.',
    'Mend the file as the reason says: the [guide](../../guides/import.md#files-that-are-refused) has all of them.',
    'El archivo no es una lista de filas, o le faltan columnas necesarias. `errors` indica la razón y `facts` el lugar: la línea, el byte o las columnas. No se importó nada.',
    'Corrija el archivo según la razón: la [guía](../../guides/import.md#files-that-are-refused) las tiene todas.',
  ],
  body_too_large: [
    'The body has more bytes than the server reads: `facts.limitBytes`.',
    'Send less at once. Many people come as a file, by [import](../../guides/import.md).',
    'El cuerpo tiene más bytes de los que el servidor lee: `facts.limitBytes`.',
    'Envíe menos a la vez. Muchas personas se envían como archivo, por [importación](../../guides/import.md).',
  ],
  media_type_unsupported: [
    'The body is not declared as `facts.mediaType`, is in another character set, or is compressed.',
    'Send it as `Content-Type`, `application/json` nearly everywhere, and no `Content-Encoding`.',
    'El cuerpo no está declarado como `facts.mediaType`, usa otro juego de caracteres o está comprimido.',
    'Envíelo como `Content-Type`, casi siempre `application/json`, y sin `Content-Encoding`.',
  ],
  request_timeout: [
    'The request was not whole within ten seconds (its head) or thirty (its body): the line was slow, or the server was too busy to read it.',
    'Nothing was looked up and nothing was done. Send the same request with the same idempotency key again. The SDK does.',
    'La solicitud no llegó completa en diez segundos (el encabezado) o treinta (el cuerpo): la línea era lenta, o el servidor estaba demasiado ocupado para leerla.',
    'No se consultó ni se hizo nada. Envíe otra vez la misma solicitud con la misma clave de idempotencia. El SDK lo hace.',
  ],
  rate_limited: [
    'A client asked too often, an address tried too many wrong keys, or a phone was sent five codes within an hour.',
    'Wait as the header `Retry-After` says, then send the same request with the same idempotency key. The SDK does.',
    'Un cliente pidió con demasiada frecuencia, una dirección probó demasiadas claves incorrectas, o a un teléfono se le enviaron cinco códigos en una hora.',
    'Espere lo que indica el encabezado `Retry-After` y envíe la misma solicitud con la misma clave de idempotencia. El SDK lo hace.',
  ],
  person_erased: [
    'The merchant or consumer was erased: the key to everything personal about them was destroyed.',
    'Nothing can be exported, screened, decided or appealed any more. What the law keeps about money (accounts, transactions) is still in the books, without a name.',
    'El comercio o consumidor se borró: se destruyó la llave de todo lo personal sobre él.',
    'Ya no se puede exportar, revisar, decidir ni apelar nada. Lo que la ley conserva sobre el dinero (cuentas, transacciones) sigue en los libros, sin nombre.',
  ],
  answer_erased: [
    'The key was used before, and what it asked for was done. The answer was about a person who has been erased since, and was erased with them.',
    'Do not send it again with another key: it would be done a second time. Ask for the object itself, which tells that it was erased.',
    'La clave ya se usó, y lo que pedía se hizo. La respuesta trataba de una persona que se borró después, y se borró con ella.',
    'No la envíe con otra clave: se haría por segunda vez. Consulte el objeto mismo, que indica que se borró.',
  ],
  idempotency_in_progress: [
    'A request with this key has no outcome after ten seconds. It is still being worked on, and its effect will happen once or not at all.',
    'Send the same request with the same key again after `Retry-After`: it gets the one outcome. The SDK does.',
    'Una solicitud con esta clave no tiene resultado después de diez segundos. Sigue en proceso, y su efecto ocurrirá una vez o ninguna.',
    'Envíe otra vez la misma solicitud con la misma clave después de `Retry-After`: recibe el único resultado. El SDK lo hace.',
  ],
  idempotency_key_reused: [
    'The key already stands for another request: another body, query or address. The first one keeps its outcome; this one did nothing.',
    'Use a new key for a new intent. If you meant to repeat the first request, send exactly its body.',
    'La clave ya representa otra solicitud: otro cuerpo, consulta o dirección. La primera conserva su resultado; esta no hizo nada.',
    'Use una clave nueva para una intención nueva. Si quería repetir la primera solicitud, envíe exactamente su cuerpo.',
  ],
  internal: [
    'Something failed on the server that it did not foresee. What happened to the effect is unknown to you.',
    'Repeat the request with the same idempotency key: if it had its effect, you get its answer. If it fails again, report the `traceId`; the server’s log has the cause under it.',
    'En el servidor falló algo que no previó. Usted no sabe qué pasó con el efecto.',
    'Repita la solicitud con la misma clave de idempotencia: si tuvo efecto, recibe su respuesta. Si vuelve a fallar, reporte el `traceId`; el registro del servidor tiene la causa.',
  ],
  policy_override_refused: [
    'A figure is wider than the country’s policy, or less than it asks for, in some version that is in force from that day on; or the policy lets no institution set it. `errors` names each figure and the version.',
    'Mend the figures that `errors` names. `GET /v1/policies/{country}` says in `tenantMay` what may be set, and between which figures.',
    'Una cifra es más amplia que la normativa del país, o menor de lo que exige, en alguna versión vigente desde ese día; o la normativa no permite que una institución la fije. `errors` nombra cada cifra y la versión.',
    'Corrija las cifras que `errors` nombra. `GET /v1/policies/{country}` dice en `tenantMay` qué se puede fijar y entre qué cifras.',
  ],
  revision_stale: [
    'The edit says in `If-Match` what it was made to, and somebody has edited that since. `facts.revision` is the present one.',
    'Read it again, look at what has changed, and send the edit with the new `ETag`.',
    'La edición dice en `If-Match` sobre qué se hizo, y alguien lo editó después. `facts.revision` es la actual.',
    'Léalo de nuevo, vea qué cambió y envíe la edición con el `ETag` nuevo.',
  ],
  overloaded: [
    'More requests wait for this tenant’s books than the queue holds. Nothing was done.',
    'Wait as `Retry-After` says and send the same request with the same key. The SDK does, with growing pauses.',
    'Esperan más solicitudes por los libros de esta institución de las que caben en la cola. No se hizo nada.',
    'Espere lo que indica `Retry-After` y envíe la misma solicitud con la misma clave. El SDK lo hace, con pausas crecientes.',
  ],
  unavailable: [
    'The server is starting or stopping, or its database does not answer. After a broken connection to the database the effect of a write is unknown to you.',
    'Wait as `Retry-After` says and repeat with the same idempotency key. `/readyz` says when the server takes requests.',
    'El servidor está iniciando o deteniéndose, o su base de datos no responde. Después de una conexión rota con la base de datos, usted no sabe si hubo efecto.',
    'Espere lo que indica `Retry-After` y repita con la misma clave de idempotencia. `/readyz` dice cuándo el servidor recibe solicitudes.',
  ],
  log_unsigned: [
    'The signer of this tenant’s log refuses: the database has less than was signed before, or something else. It was restored from an older backup, it is a copy that lags, or somebody changed its tables. Or the signer cannot remember outside the database what it signs (disk full, no permission). Payments go on; what was signed is still served.',
    'Whoever operates the server reads its log and `pisto log status`. After a restore: `pisto log new-epoch` (docs/guides/restore.md). Nobody should sign by deleting the signer’s memory.',
    'El firmante del registro de esta institución se niega: la base de datos tiene menos de lo que ya se firmó, u otra cosa. Se restauró de un respaldo anterior, es una copia atrasada o alguien cambió sus tablas. O el firmante no puede recordar fuera de la base lo que firma (disco lleno, sin permiso). Los pagos siguen; lo ya firmado se sigue sirviendo.',
    'Quien opera el servidor lee su bitácora y `pisto log status`. Después de una restauración: `pisto log new-epoch` (docs/guides/restore.md). Nadie debe volver a firmar borrando la memoria del firmante.',
  ],
  clock_behind: [
    'The clock of this server is more than 30 seconds behind the newest entry of the books. It refuses to write, so that history keeps its order.',
    'Whoever operates the server corrects its clock (NTP). Until then send the request to another server, with the same key.',
    'El reloj de este servidor está más de 30 segundos atrás del asiento más nuevo de los libros. No escribe, para que la historia conserve su orden.',
    'Quien opera el servidor corrige su reloj (NTP). Mientras tanto, envíe la solicitud a otro servidor, con la misma clave.',
  ],
} as const satisfies Record<string, Guide>
