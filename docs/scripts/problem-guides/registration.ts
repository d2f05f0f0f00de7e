import type { Guide } from './guide.ts'

/** About registering merchants and consumers. */
// biome-ignore format: a paragraph a line
export const REGISTRATION_GUIDES = {
  registration_invalid: [
    'The form is whole, but something in it cannot be: a check digit, a place of birth that does not exist, a land line, an age. All mistakes are told at once; nothing was stored.',
    'Show each entry of `errors` beside its field; the messages are written for the person who registers. Then send the corrected form with a new idempotency key.',
    'El formulario está completo, pero algo no puede ser: un dígito verificador, un lugar de nacimiento que no existe, una línea fija, una edad. Se indican todos los errores a la vez; no se guardó nada.',
    'Muestre cada entrada de `errors` junto a su campo; los mensajes están escritos para quien se registra. Luego envíe el formulario corregido con una clave de idempotencia nueva.',
  ],
  merchant_wrong_status: [
    'The merchant is not in a status that allows this. `facts.status` names it: an active merchant, for example, takes no new phone code and is not submitted again.',
    'Read the merchant and its `requirements`. If you repeat a call that succeeded, use its idempotency key: then you get its answer.',
    'El comercio no está en un estado que lo permita. `facts.status` lo indica: un comercio activo, por ejemplo, no recibe otro código ni se envía de nuevo.',
    'Lea el comercio y sus `requirements`. Si repite una llamada que ya tuvo éxito, use su clave de idempotencia: así recibe su respuesta.',
  ],
  consumer_wrong_status: [
    'The consumer is not in a status that allows this. `facts.status` names it.',
    'Read the consumer and its `requirements`. If you repeat a call that succeeded, use its idempotency key: then you get its answer.',
    'El consumidor no está en un estado que lo permita. `facts.status` lo indica.',
    'Lea el consumidor y sus `requirements`. Si repite una llamada que ya tuvo éxito, use su clave de idempotencia: así recibe su respuesta.',
  ],
  review_assigned: [
    'Another operator works on this review. `facts.assignedTo` names who; without it, the review is with nobody any more. Two operators do not work on one.',
    'Read the registration again. Take another review, or take this one over: `assign` with `from` as it is now.',
    'Otro operador trabaja en esta revisión. `facts.assignedTo` dice quién; si falta, ya no la tiene nadie. Dos operadores no trabajan en la misma.',
    'Lea el registro de nuevo. Tome otra revisión, o tome esta: `assign` con `from` como está ahora.',
  ],
  second_operator_needed: [
    'Two operators must approve this registration, and the one who proposed it has called again. `facts.proposedBy` names them. Capitals and spaces make no second person.',
    'Have another operator look at it and approve.',
    'Dos operadores deben aprobar este registro, y quien lo propuso llamó otra vez. `facts.proposedBy` lo nombra. Mayúsculas y espacios no hacen a otra persona.',
    'Pida a otro operador que lo revise y lo apruebe.',
  ],
  decision_not_found: [
    'There is no decision of this id about this merchant or consumer that your key may see. Those about cases need `cases:read`.',
    'List them: `GET /v1/merchants/{id}/decisions`, or of a consumer.',
    'No hay una decisión con este identificador sobre este comercio o consumidor que su llave pueda ver. Las de casos piden `cases:read`.',
    'Véalas con `GET /v1/merchants/{id}/decisions`, o las de un consumidor.',
  ],
  evidence_verified: [
    'Operators verified this for the tier that the business is on, and its owner asked to replace it. `facts.evidence` names the fields. Nothing was changed.',
    'The institution changes it: with an API key the same request is taken. What `requirements` asks for again is the owner’s to give.',
    'Operadores verificaron esto para el nivel del negocio, y su dueño pidió reemplazarlo. `facts.evidence` nombra los campos. No se cambió nada.',
    'Lo cambia la institución: con una llave de API se acepta la misma solicitud. Lo que `requirements` pide de nuevo lo puede dar el dueño.',
  ],
  tier_age: [
    'The policy of the country lets only older people on this tier. `facts.years` says from which age on.',
    'They stay on their tier, and ask again when they are of that age. `GET /v1/policies/{country}` has the age of each tier, with its source.',
    'La normativa del país solo permite este nivel a personas mayores. `facts.years` dice desde qué edad.',
    'La persona sigue en su nivel y lo pide de nuevo al cumplir esa edad. `GET /v1/policies/{country}` tiene la edad de cada nivel, con su fuente.',
  ],
  tier_highest: [
    'The policy of the country has no tier above this one for merchants, or for consumers. `facts.tier` names the present one.',
    'Nothing more can be asked for. `GET /v1/policies/{country}` shows all tiers.',
    'La normativa del país no tiene un nivel más alto para comercios, o para consumidores. `facts.tier` indica el actual.',
    'No se puede pedir más. `GET /v1/policies/{country}` muestra todos los niveles.',
  ],
  requirements_missing: [
    'The registration was submitted before everything was given. `facts.currentlyDue` names what is missing, as a rule `phoneVerification`.',
    'Obtain what is named, then submit again with a new idempotency key: the refusal is stored under the old one.',
    'El registro se envió antes de entregar todo. `facts.currentlyDue` indica lo que falta, por lo general `phoneVerification`.',
    'Obtenga lo indicado y envíe otra vez con una clave de idempotencia nueva: la negativa queda guardada con la anterior.',
  ],
  code_mismatch: [
    'The six digits are not those of the message. The try is counted; `facts.triesLeft` says how many remain.',
    'Ask the person to read the newest message: an earlier code no longer counts. Send the next try with a new idempotency key.',
    'Los seis dígitos no son los del mensaje. El intento se cuenta; `facts.triesLeft` dice cuántos quedan.',
    'Pida a la persona leer el mensaje más nuevo: un código anterior ya no cuenta. Envíe el próximo intento con una clave de idempotencia nueva.',
  ],
  code_expired: [
    'The code is older than ten minutes, or a newer one has taken its place.',
    'Start a new phone verification and confirm that one.',
    'El código tiene más de diez minutos, o uno más nuevo tomó su lugar.',
    'Inicie una verificación de teléfono nueva y confirme esa.',
  ],
  code_tries_exhausted: [
    'Five wrong codes end a verification, also for the right code.',
    'Start a new phone verification. A phone gets at most five of them an hour; codes to sign in are counted apart.',
    'Cinco códigos incorrectos terminan una verificación, también para el código correcto.',
    'Inicie una verificación de teléfono nueva. Un teléfono recibe como máximo cinco por hora; los códigos para entrar se cuentan aparte.',
  ],
  phone_verification_wrong_status: [
    'This verification was confirmed before.',
    'Go on: the phone is confirmed. To repeat the confirmation safely, use its idempotency key.',
    'Esta verificación ya se confirmó.',
    'Continúe: el teléfono está confirmado. Para repetir la confirmación con seguridad, use su clave de idempotencia.',
  ],
  document_duplicate: [
    'A merchant (or a consumer) of this tenant is registered with this document, in whatever spelling.',
    'Look for the earlier registration before making another; a retry after a lost answer belongs under the first idempotency key.',
    'Un comercio (o un consumidor) de esta institución ya está registrado con este documento, escrito como sea.',
    'Busque el registro anterior antes de crear otro; un reintento después de una respuesta perdida va con la primera clave de idempotencia.',
  ],
  phone_duplicate: [
    'A merchant (or a consumer) of this tenant is registered with this phone.',
    'Ask for the person’s own number, or look for the earlier registration.',
    'Un comercio (o un consumidor) de esta institución ya está registrado con este teléfono.',
    'Pida el número propio de la persona, o busque el registro anterior.',
  ],
} as const satisfies Record<string, Guide>
