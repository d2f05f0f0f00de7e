import type { Guide } from './guide.ts'

/** What does not exist for this tenant. Ids of other tenants are answered in the same way. */
// biome-ignore format: a paragraph a line
export const MISSING_GUIDES = {
  policy_not_found: [
    'Pisto has the rules of Guatemala (`GT`), Honduras (`HN`) and El Salvador (`SV`), in capitals.',
    'Ask for one of these.',
    'Pisto tiene la normativa de Guatemala (`GT`), Honduras (`HN`) y El Salvador (`SV`), en mayúsculas.',
    'Pida uno de estos.',
  ],
  merchant_not_found: [
    'Your tenant has no merchant of this id. A merchant of another tenant is answered in the same way.',
    'Check that id and key belong together. `GET /v1/merchants?externalId=…` finds a merchant by your own id.',
    'Su institución no tiene un comercio con este identificador. Un comercio de otra institución se responde igual.',
    'Revise que el identificador y la clave correspondan. `GET /v1/merchants?externalId=…` encuentra un comercio por su propio identificador.',
  ],
  consumer_not_found: [
    'Your tenant has no consumer of this id. A consumer of another tenant is answered in the same way.',
    'Check that id and key belong together. `GET /v1/consumers?externalId=…` finds a consumer by your own id.',
    'Su institución no tiene un consumidor con este identificador. Un consumidor de otra institución se responde igual.',
    'Revise que el identificador y la clave correspondan. `GET /v1/consumers?externalId=…` encuentra un consumidor por su propio identificador.',
  ],
  phone_verification_not_found: [
    'This merchant or consumer has no phone verification of this id.',
    'Use the id that `POST …/phone-verifications` answered for the same person, or start a new verification.',
    'Este comercio o consumidor no tiene una verificación de teléfono con este identificador.',
    'Use el identificador que `POST …/phone-verifications` respondió para la misma persona, o inicie una verificación nueva.',
  ],
  hold_not_found: [
    'The transaction has no such hold.',
    'Read the transaction: `holds` lists those that it made.',
    'La transacción no tiene esa retención.',
    'Lea la transacción: `holds` lista las que hizo.',
  ],
  document_not_found: [
    'This merchant or consumer has no document of this id.',
    'List their documents with `GET …/documents`. An id of somebody else’s document is not found either.',
    'Este comercio o consumidor no tiene un documento con este identificador.',
    'Liste sus documentos con `GET …/documents`. El identificador de un documento ajeno tampoco se encuentra.',
  ],
  account_not_found: [
    'Your tenant has no account of this id, or it is not a wallet that this operation may use.',
    'Take `accountId` from the merchant or consumer. It is null until the registration is active.',
    'Su institución no tiene una cuenta con este identificador, o no es una billetera que esta operación pueda usar.',
    'Tome `accountId` del comercio o del consumidor. Es null hasta que el registro esté activo.',
  ],
  transaction_not_found: [
    'Your tenant’s books have no transaction of this id.',
    'Take `transactionId` from a payment, a refund, an entry or `GET /v1/transactions`.',
    'Los libros de su institución no tienen una transacción con este identificador.',
    'Tome `transactionId` de un pago, una devolución, un asiento o `GET /v1/transactions`.',
  ],
  payment_request_not_found: [
    'Your tenant has no payment request of this id, or the scanned code names one that does not exist or is not what the code says.',
    'By id: check that id and key belong together. By code: do not pay; let the merchant show a new code.',
    'Su institución no tiene un cobro con este identificador, o el código escaneado nombra uno que no existe o que no es lo que dice el código.',
    'Por identificador: revise que corresponda a la clave. Por código: no pague; pida al comercio un código nuevo.',
  ],
  qr_code_not_found: [
    'This merchant has no code of this id, or the scanned code names one that does not exist or is not what the code says.',
    'By id: check that merchant, code and key belong together. By code: do not pay; let the merchant show the code that is valid now.',
    'Este comercio no tiene un código con este identificador, o el código escaneado nombra uno que no existe o que no es lo que dice el código.',
    'Por identificador: revise que comercio, código y clave correspondan. Por código: no pague; pida al comercio el código que vale ahora.',
  ],
  payment_not_found: [
    'Your tenant has no payment of this id.',
    'Check that id and key belong together. If you never got an answer to the payment, repeat it with its idempotency key instead of looking for it.',
    'Su institución no tiene un pago con este identificador.',
    'Revise que el identificador y la clave correspondan. Si nunca recibió respuesta al pago, repítalo con su clave de idempotencia en vez de buscarlo.',
  ],
  tenant_not_found: [
    'No institution of this server has that code.',
    'Take `code` from `GET /v1/tenant`, or `tenantCode` from a published key.',
    'Ninguna institución de este servidor tiene ese código.',
    'Tome `code` de `GET /v1/tenant`, o `tenantCode` de una clave publicada.',
  ],
  key_not_found: [
    'Your tenant publishes no key of this id, or it was withdrawn before.',
    'Take `kid` from `/.well-known/pisto-keys`; it must be one of your own tenant.',
    'Su institución no publica una clave con este identificador, o ya fue retirada.',
    'Tome `kid` de `/.well-known/pisto-keys`; debe ser de su propia institución.',
  ],
  import_not_found: [
    'Your tenant has no import of this id.',
    'Look for it by its `externalId`: [listImports](../operations.md#listimports).',
    'Su institución no tiene una importación con este identificador.',
    'Búsquela por su `externalId`: [listImports](../operations.md#listimports).',
  ],
  log_not_found: [
    'No tenant of this server has the code in the path.',
    'The codes are `tenantCode` of the keys at `/.well-known/pisto-keys`, and `code` of `GET /v1/tenant`.',
    'Ninguna institución de este servidor tiene el código de la ruta.',
    'Los códigos son `tenantCode` de las llaves en `/.well-known/pisto-keys`, y `code` de `GET /v1/tenant`.',
  ],
  proof_not_found: [
    'The transaction is in the books, but no signed checkpoint covers it yet; or the log has no checkpoint, or not the size asked for.',
    'Ask again after a second. For a consistency proof ask from a size that a checkpoint of this log had.',
    'La transacción está en los libros, pero aún ningún punto de control firmado la cubre; o el registro no tiene punto de control, o no del tamaño pedido.',
    'Pregunte otra vez después de un segundo. Para una prueba de consistencia, pida desde un tamaño que haya tenido un punto de control de este registro.',
  ],
  tile_not_found: [
    'The log is not that large yet, or the path is not one of C2SP tlog-tiles.',
    'Compute the path from the size of a checkpoint. Partial tiles (`….p/WIDTH`) are there up to the present width.',
    'El registro aún no es tan grande, o la ruta no es de C2SP tlog-tiles.',
    'Calcule la ruta con el tamaño de un punto de control. Las piezas parciales (`….p/ANCHO`) existen hasta el ancho actual.',
  ],
  payee_not_found: [
    'No merchant of this tenant has the alias that was typed or that the code carries. `POST /v1/aliases/resolve` answers in the same way for an alias or phone that nobody has, whose holder is not active, and whose holder does not want to be found.',
    'Let the payer check the twelve digits; two of them are check digits. Do not guess another.',
    'Ningún comercio de esta institución tiene el alias escrito o el que lleva el código. `POST /v1/aliases/resolve` responde igual para un alias o teléfono que nadie tiene, cuya persona no está activa o que no quiere que la encuentren.',
    'Que quien paga revise los doce dígitos; dos de ellos son de verificación. No pruebe con otro.',
  ],
} as const satisfies Record<string, Guide>
