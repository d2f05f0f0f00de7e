import type { ProblemRow } from './problem-row.ts'

/** The catalogue's rows about accounts, payments and other movements of money. */
export const MONEY_PROBLEMS = {
  currency_mismatch: {
    status: 422,
    title: 'The amount is in another currency than the account',
    titleEs: 'El monto está en otra moneda que la cuenta',
    detail: 'The account is in {currency}.',
    detailEs: 'La cuenta está en {currency}.',
  },
  insufficient_funds: {
    status: 422,
    title: 'The account balance is too low',
    titleEs: 'El saldo de la cuenta no alcanza',
  },
  limit_exceeded: {
    status: 422,
    title: 'This is more than the payer’s limits allow',
    titleEs: 'Esto pasa de los límites de quien paga',
    detail: 'The {limit} limit leaves {remaining}.',
    detailEs: 'El límite {limit} deja {remaining}.',
  },
  receiving_limit_exceeded: {
    status: 422,
    title: 'This is more than the payee’s limits allow',
    titleEs: 'Esto pasa de los límites de quien cobra',
  },
  account_frozen: {
    status: 422,
    title: 'Money cannot leave the account now',
    titleEs: 'Por ahora no puede salir dinero de la cuenta',
  },
  tier_too_low: {
    status: 422,
    title: 'This takes a higher tier',
    titleEs: 'Para esto hace falta un nivel más alto',
    detail: 'The registration is on tier {tier}.',
    detailEs: 'El registro está en el nivel {tier}.',
  },
  account_not_empty: {
    status: 422,
    title: 'Only an empty account can be closed',
    titleEs: 'Solo se puede cerrar una cuenta vacía',
    detail: 'It holds {balance}.',
    detailEs: 'Tiene {balance}.',
  },
  account_closed: { status: 422, title: 'The account is closed', titleEs: 'La cuenta está cerrada' },
  same_account: {
    status: 422,
    title: 'Payer and payee are the same account',
    titleEs: 'Quien paga y quien cobra son la misma cuenta',
  },
  amount_not_positive: {
    status: 422,
    title: 'The amount must be more than zero',
    titleEs: 'El monto debe ser mayor que cero',
  },
  amount_too_large: {
    status: 422,
    title: 'The amount is larger than an account can hold',
    titleEs: 'El monto es mayor que lo que una cuenta puede guardar',
  },
  exchange_account_missing: {
    status: 422,
    title: 'An account that exchanges need is missing',
    titleEs: 'Falta una cuenta que el cambio de moneda necesita',
    detail: 'Open one with the purpose {purpose} in {currency}.',
    detailEs: 'Abra una con el propósito {purpose} en {currency}.',
  },
  exchange_too_small: {
    status: 422,
    title: 'The amount is worth less than the smallest unit of the other currency',
    titleEs: 'El monto vale menos que la unidad más pequeña de la otra moneda',
  },
  hold_exceeded: {
    status: 422,
    title: 'More than what is held cannot be posted',
    titleEs: 'No se puede cobrar más de lo retenido',
    detail: 'The hold is of {held}.',
    detailEs: 'La retención es de {held}.',
  },
  transaction_reversed: {
    status: 409,
    title: 'The transaction was reversed before',
    titleEs: 'La transacción ya se revirtió',
    detail: 'Its reversal is {transactionId}.',
    detailEs: 'Su reversión es {transactionId}.',
  },
  transaction_not_reversible: {
    status: 422,
    title: 'This transaction cannot be reversed',
    titleEs: 'Esta transacción no se puede revertir',
  },
  hold_expired: { status: 422, title: 'The hold has expired', titleEs: 'La retención venció' },
  hold_resolved: {
    status: 409,
    title: 'The hold was already posted or voided',
    titleEs: 'La retención ya se cobró o se anuló',
  },
  payee_not_found: {
    status: 422,
    title: 'Nobody can be paid under this alias',
    titleEs: 'Nadie puede recibir pagos con este alias',
  },
  payee_invalid: {
    status: 422,
    title: 'This cannot be a payment number or phone: a digit is wrong',
    titleEs: 'Esto no puede ser un número de pago ni un teléfono: hay un dígito equivocado',
  },
  payee_inactive: {
    status: 422,
    title: 'The payee cannot take payments now',
    titleEs: 'Quien cobra no puede recibir pagos por ahora',
  },
  payment_wrong_status: {
    status: 409,
    title: 'The payment cannot do this in its present status',
    titleEs: 'El pago no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  payment_request_already_paid: {
    status: 409,
    title: 'This payment request is already paid or being paid',
    titleEs: 'Este cobro ya está pagado o se está pagando',
  },
  payment_request_wrong_status: {
    status: 409,
    title: 'The payment request cannot do this in its present status',
    titleEs: 'El cobro no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  payment_request_expired: {
    status: 409,
    title: 'The payment request has expired; ask for a new code',
    titleEs: 'El cobro venció; pida un código nuevo',
  },
  refund_exceeds_payment: {
    status: 422,
    title: 'More than what is left of the payment cannot be refunded',
    titleEs: 'No se puede devolver más de lo que queda del pago',
    detail: 'At most {refundable} can be refunded.',
    detailEs: 'Se puede devolver como máximo {refundable}.',
  },
} as const satisfies Record<string, ProblemRow>
