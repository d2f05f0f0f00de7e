import type { Guide } from './guide.ts'

/** About money, payments and codes. */
// biome-ignore format: a paragraph a line
export const MONEY_GUIDES = {
  payee_invalid: [
    'An alias has twelve digits, two of which check the others; a phone is one that exists in the numbering plan of its country. What was typed is neither, so nobody was looked for. `errors` names the field and the rule.',
    'Show the message of the entry in `errors` beside the field, and let the payer type again.',
    'Un alias tiene doce dígitos, dos de los cuales verifican a los demás; un teléfono es uno que existe en el plan de numeración de su país. Lo escrito no es ninguno, así que no se buscó a nadie. `errors` indica el campo y la regla.',
    'Muestre el mensaje de `errors` junto al campo y pida que se escriba de nuevo.',
  ],
  currency_mismatch: [
    'The amount is in another currency than the account. `facts.currency` names the account’s. Nothing was moved.',
    'Send the amount in the account’s currency. Pisto never converts by itself.',
    'El monto está en otra moneda que la cuenta. `facts.currency` indica la de la cuenta. No se movió nada.',
    'Envíe el monto en la moneda de la cuenta. Pisto nunca convierte por su cuenta.',
  ],
  insufficient_funds: [
    'The available balance is less than the amount; what holds keep back does not count. Nothing was moved.',
    'Show the payer the available balance. After money has come in, pay with a new idempotency key: the refusal is stored under the old one.',
    'El saldo disponible es menor que el monto; lo retenido no cuenta. No se movió nada.',
    'Muestre a quien paga el saldo disponible. Cuando haya entrado dinero, pague con una clave de idempotencia nueva: la negativa queda guardada con la anterior.',
  ],
  limit_exceeded: [
    'The payer would pass a limit of its tier: of one payment (`single`), of the local day (`day`) or of the local month (`month`). `facts.limit` names it, with `allowed`, `remaining` and, for a day or month, `period`. Limits are one person’s, over all its accounts. Nothing was moved.',
    'Show the payer what remains. A new day or month begins at midnight of the institution’s time zone; a higher tier has higher limits.',
    'Quien paga pasaría un límite de su nivel: por pago (`single`), del día local (`day`) o del mes local (`month`). `facts.limit` lo indica, con `allowed`, `remaining` y, si es de día o mes, `period`. Los límites son de la persona, sobre todas sus cuentas. No se movió nada.',
    'Muestre a quien paga lo que le queda. El día y el mes empiezan a medianoche en la zona horaria de la institución; un nivel más alto tiene límites más altos.',
  ],
  receiving_limit_exceeded: [
    'The payee would pass a limit of its tier on what comes in, or on what it may hold (`balance`). `facts.limit` names it; how much the payee has is not told. Nothing was moved.',
    'Ask the payee: a smaller amount, another day, or a higher tier.',
    'Quien cobra pasaría un límite de su nivel sobre lo que recibe o lo que puede tener (`balance`). `facts.limit` lo indica; no se dice cuánto tiene. No se movió nada.',
    'Consulte a quien cobra: un monto menor, otro día o un nivel más alto.',
  ],
  account_frozen: [
    'The institution has frozen the account: it still takes money, and holds made before can still be confirmed, but nothing new leaves it. Nothing was moved.',
    'The account’s owner asks the institution.',
    'La institución congeló la cuenta: todavía recibe dinero y lo retenido antes se puede confirmar, pero no sale nada nuevo. No se movió nada.',
    'La persona dueña de la cuenta consulta a la institución.',
  ],
  account_not_empty: [
    'There is money in the account, or held on it. `facts.balance` says how much.',
    'Pay the money out, and let holds end, then close the account.',
    'Hay dinero en la cuenta, o retenido en ella. `facts.balance` dice cuánto.',
    'Saque el dinero, deje que terminen las retenciones y cierre la cuenta.',
  ],
  account_closed: [
    'One of the accounts is closed. Nothing was moved.',
    'Ask the person for another account.',
    'Una de las cuentas está cerrada. No se movió nada.',
    'Pida a la persona otra cuenta.',
  ],
  same_account: [
    'Money would move from an account to itself.',
    'Choose another payer or payee.',
    'El dinero iría de una cuenta a la misma cuenta.',
    'Elija a otra persona que pague o que cobre.',
  ],
  amount_not_positive: [
    'The ledger was asked to move nothing or less. Over HTTP the schema refuses such an amount before (`request_invalid`).',
    'Send an amount of more than zero. To give money back, refund the payment.',
    'Se pidió al libro mover nada o menos. Por HTTP, el esquema rechaza antes un monto así (`request_invalid`).',
    'Envíe un monto mayor que cero. Para devolver dinero, haga una devolución del pago.',
  ],
  amount_too_large: [
    'The sums of an account would pass what the books can hold (64 bits of minor units).',
    'Check the amount: something is wrong with it.',
    'Las sumas de una cuenta pasarían lo que los libros pueden guardar (64 bits de unidades menores).',
    'Revise el monto: algo está mal en él.',
  ],
  exchange_account_missing: [
    'Exchanges go through an `exchange` account of each currency, and a `rounding` account of the one that is received. `facts` name the one that is missing.',
    'Open it once with `POST /v1/accounts`, then exchange with a new idempotency key.',
    'Los cambios pasan por una cuenta `exchange` de cada moneda y una `rounding` de la que se recibe. `facts` indica cuál falta.',
    'Ábrala una vez con `POST /v1/accounts` y cambie con una clave de idempotencia nueva.',
  ],
  exchange_too_small: [
    'Rounded down, nothing would be received.',
    'Exchange a larger amount.',
    'Redondeado hacia abajo, no se recibiría nada.',
    'Cambie un monto mayor.',
  ],
  hold_exceeded: [
    'The amount to be posted is more than the hold. `facts.held` says how much is held. Nothing was moved.',
    'Post at most what is held; take the rest with a transaction of its own.',
    'El monto por cobrar es mayor que la retención. `facts.held` dice cuánto está retenido. No se movió nada.',
    'Cobre como máximo lo retenido; el resto, con otra transacción.',
  ],
  transaction_reversed: [
    'A transaction is reversed at most once. `facts.transactionId` is the reversal.',
    'Nothing is to be done. To move the money again, make a new transaction.',
    'Una transacción se revierte como máximo una vez. `facts.transactionId` es la reversión.',
    'No hay nada que hacer. Para mover el dinero otra vez, cree una transacción nueva.',
  ],
  transaction_not_reversible: [
    'Only what `createTransaction` and `postTransaction` made is reversed here, while there is something to undo: a payment is given back by a refund (`facts.purpose`), a hold that was posted since by reversing the posting (`facts.holdId`).',
    'Refund the payment, or reverse the transaction that posted the hold.',
    'Aquí solo se revierte lo que hicieron `createTransaction` y `postTransaction`, mientras haya algo que deshacer: un pago se devuelve con una devolución (`facts.purpose`), una retención ya cobrada, revirtiendo el cobro (`facts.holdId`).',
    'Devuelva el pago, o revierta la transacción que cobró la retención.',
  ],
  hold_expired: [
    'The payment was confirmed after its `expiresAt`. The money is the payer’s again; the payment is `expired`.',
    'Let the payer pay again, and confirm sooner or hold for longer (`expiresInSeconds`).',
    'El pago se confirmó después de su `expiresAt`. El dinero es otra vez de quien paga; el pago está `expired`.',
    'Que paguen otra vez, y confirme antes o retenga por más tiempo (`expiresInSeconds`).',
  ],
  hold_resolved: [
    'The hold was posted or voided already: of two resolutions at once, one wins.',
    'Read the payment: its status says which.',
    'La retención ya se cobró o se anuló: de dos a la vez, gana una.',
    'Lea el pago: su estado dice cuál.',
  ],
  payee_inactive: [
    'The merchant exists but may not take payments now: its registration is not active. `facts.merchantId` names it.',
    'The merchant’s `capabilities.acceptPayments.reasons` and `requirements` say what is missing.',
    'El comercio existe pero no puede cobrar por ahora: su registro no está activo. `facts.merchantId` lo indica.',
    '`capabilities.acceptPayments.reasons` y `requirements` del comercio dicen qué falta.',
  ],
  payment_wrong_status: [
    'The payment’s status does not allow this: a completed payment is not cancelled, a pending one has no receipt. `facts.status` names the status.',
    'Read the payment and go on from its status. To give back a completed payment, refund it.',
    'El estado del pago no lo permite: un pago completado no se cancela, uno pendiente no tiene recibo. `facts.status` indica el estado.',
    'Lea el pago y siga desde su estado. Para devolver un pago completado, haga una devolución.',
  ],
  payment_request_already_paid: [
    'Somebody has paid this request or holds money for it. Of several payers at once exactly one pays; the others get this answer and keep their money.',
    'Do not pay again. If you repeat your own payment, use its idempotency key: then you get its answer.',
    'Alguien ya pagó este cobro o tiene dinero retenido para él. De varias personas a la vez, paga exactamente una; las demás reciben esta respuesta y conservan su dinero.',
    'No pague otra vez. Si repite su propio pago, use su clave de idempotencia: así recibe su respuesta.',
  ],
  payment_request_wrong_status: [
    'The request was cancelled, or its status does not allow this. `facts.status` names it.',
    'Make a new payment request.',
    'El cobro se canceló, o su estado no lo permite. `facts.status` lo indica.',
    'Cree un cobro nuevo.',
  ],
  payment_request_expired: [
    'The request’s `expiresAt` is past, by the time of the books.',
    'Make a new payment request and show its code. `expiresInSeconds` sets how long it is good for (default 900).',
    'El `expiresAt` del cobro ya pasó, según la hora de los libros.',
    'Cree un cobro nuevo y muestre su código. `expiresInSeconds` fija cuánto vale (por defecto 900).',
  ],
  refund_exceeds_payment: [
    'The refund is more than what is left of the payment. `facts.refundable` says how much that is. Of two refunds at once that do not fit together, one is made.',
    'Refund at most that amount, with a new idempotency key.',
    'La devolución es mayor que lo que queda del pago. `facts.refundable` dice cuánto es. De dos devoluciones a la vez que no caben juntas, se hace una.',
    'Devuelva como máximo ese monto, con una clave de idempotencia nueva.',
  ],
  qr_invalid: [
    'The code breaks rules that even the tolerant profile keeps. `errors` has each finding, in both languages.',
    'Scan again: a bad copy is the usual cause, and the checksum finds it. `POST /v1/qr/parse` tells all findings with hints; the rules are in [QR codes](../../concepts/qr.md).',
    'El código rompe reglas que hasta el perfil tolerante conserva. `errors` tiene cada hallazgo, en los dos idiomas.',
    'Escanee otra vez: lo usual es una mala copia, y la suma de control la encuentra. `POST /v1/qr/parse` dice todos los hallazgos con consejos; las reglas están en [Códigos QR](../../concepts/qr.md).',
  ],
  qr_signature_missing: [
    'The code carries Pisto’s identifier but no whole signature. A genuine Pisto code is always signed.',
    'Do not pay. Tell the merchant: the sticker may have been exchanged.',
    'El código lleva el identificador de Pisto pero no una firma completa. Un código auténtico de Pisto siempre está firmado.',
    'No pague. Avise al comercio: pueden haber cambiado la calcomanía.',
  ],
  qr_signature_invalid: [
    'The signature does not fit the code, its key is unknown, ended or of the other mode, or the code was moved to another tenant.',
    'Do not pay. Tell the merchant: the code was changed or forged.',
    'La firma no corresponde al código, su clave es desconocida, ya terminó o es del otro modo, o el código se movió a otra institución.',
    'No pague. Avise al comercio: el código fue alterado o falsificado.',
  ],
  qr_foreign: [
    'The code is of another network or another tenant. Pisto can read it, but not pay it here.',
    'Pay it in an app of that network, or ask the merchant for a Pisto code of this tenant.',
    'El código es de otra red o de otra institución. Pisto lo puede leer, pero no pagarlo aquí.',
    'Páguelo en una aplicación de esa red, o pida al comercio un código Pisto de esta institución.',
  ],
} as const satisfies Record<string, Guide>
