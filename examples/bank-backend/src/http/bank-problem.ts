/**
 * Every way this service says no, in the words of the bank's app. Adding a row is the only way to add one.
 * 4xx: the person or the app can do something about it; 5xx: only the bank can.
 */
// biome-ignore format: a table
export const BANK_PROBLEMS = {
  request_invalid:       { status: 400, message: 'Faltan datos o alguno no es válido.' },
  key_missing:           { status: 400, message: 'Falta el encabezado Idempotency-Key.' },
  not_signed_in:         { status: 401, message: 'Inicie sesión para continuar.' },
  not_found:             { status: 404, message: 'No encontramos lo que busca.' },
  customer_not_found:    { status: 404, message: 'No encontramos su registro de cliente en el banco.' },
  body_too_large:        { status: 413, message: 'La solicitud es demasiado grande.' },
  media_type_unsupported:{ status: 415, message: 'La solicitud debe ser application/json.' },
  key_reused:            { status: 422, message: 'Esta operación ya se usó con otros datos. Empiece de nuevo.' },

  registration_invalid:  { status: 422, message: 'Algunos de sus datos no permiten el registro. Visite su agencia para corregirlos.' },
  already_registered:    { status: 422, message: 'Ya hay un negocio registrado con su documento o su teléfono.' },
  merchant_not_ready:    { status: 409, message: 'Su negocio todavía no puede hacer esto. Revise el estado de su registro.' },
  requirements_missing:  { status: 422, message: 'Todavía falta información para activar su negocio.' },
  code_wrong:            { status: 422, message: 'El código no es correcto. Revíselo e intente de nuevo.' },
  code_no_longer_valid:  { status: 422, message: 'El código ya no es válido. Pida uno nuevo.' },

  account_unusable:      { status: 422, message: 'No se puede pagar desde esa cuenta.' },
  balance_too_low:       { status: 422, message: 'El saldo de su cuenta no alcanza.' },
  limit_exceeded:        { status: 422, message: 'El pago supera el límite de su cuenta.' },
  currency_differs:      { status: 422, message: 'El cobro está en otra moneda que su cuenta.' },
  amount_differs:        { status: 422, message: 'El código lleva otro monto que el que usted confirmó.' },
  amount_too_large:      { status: 422, message: 'El monto es demasiado grande.' },
  code_unreadable:       { status: 422, message: 'No es un código de pago que podamos leer.' },
  code_not_genuine:      { status: 422, message: 'El código fue alterado o no es auténtico. No lo pague.' },
  code_of_other_network: { status: 422, message: 'El código es de otra red y todavía no se puede pagar desde aquí.' },
  code_used:             { status: 409, message: 'Este cobro ya fue pagado.' },
  code_expired:          { status: 409, message: 'El cobro venció. Pida al negocio un código nuevo.' },
  code_withdrawn:        { status: 409, message: 'El negocio retiró este código. Pida el que vale ahora.' },
  payee_unavailable:     { status: 422, message: 'Este negocio no puede recibir pagos en este momento.' },
  took_too_long:         { status: 409, message: 'El pago tardó demasiado y no se hizo. Intente de nuevo.' },
  payments_suspended:    { status: 409, message: 'Por ahora no podemos hacer pagos. Intente más tarde.' },

  too_many_requests:     { status: 429, message: 'Demasiados intentos. Espere un momento.' },
  unavailable:           { status: 503, message: 'No pudimos completar la operación. Intente de nuevo en un momento.' },
  internal:              { status: 500, message: 'Algo falló de nuestro lado. Ya lo estamos revisando.' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>

export type BankCode = keyof typeof BANK_PROBLEMS

/** A field of the request that is wrong, by RFC 6901 pointer, and what is wrong with it. */
export interface FieldFault {
  readonly pointer: string
  readonly message: string
}

/** Thrown anywhere behind a route; one place (`answer-problem.ts`) turns it into HTTP. */
export class BankProblem extends Error {
  override readonly name = 'BankProblem'
  readonly code: BankCode
  /** More for the app to show or to log; never anything personal. */
  readonly facts: Readonly<Record<string, string>>
  readonly fields: readonly FieldFault[]

  constructor(
    code: BankCode,
    facts: Readonly<Record<string, string>> = {},
    options: ErrorOptions & { readonly fields?: readonly FieldFault[] } = {},
  ) {
    super(BANK_PROBLEMS[code].message, options)
    this.code = code
    this.facts = facts
    this.fields = options.fields ?? []
  }

  get status(): number {
    return BANK_PROBLEMS[this.code].status
  }
}
