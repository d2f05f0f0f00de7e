import { type CreatePayment, type FieldError, type Money, PistoProblem } from '@pisto/contract'
import type { PistoTemplate } from '@pisto/qr'
import { readCode, type Trust } from '../qr/read-code.ts'

/** What a payer asks for, as far as the request alone tells: who is paid, by which code, how much. */
export interface Instruction {
  /** 12 digits. */
  readonly alias: string
  /** Before tip and fee. */
  readonly amount: Money
  /** What the payer gives on top; only where the code asks for a tip. */
  readonly tip: Money | undefined
  /** Of a genuine code of this tenant, with the amount that it carries. */
  readonly code: { readonly template: PistoTemplate; readonly amount: Money | null } | undefined
}

/**
 * Reads a payment's body.
 *
 * @param isPaidHere Whether the payee of a genuine code is this tenant's.
 * @returns The instruction, or why its code is refused. Given, not thrown: a refusal is stored under the key.
 * @throws {PistoProblem} `request_invalid`: the body contradicts itself; such a request uses up no key
 */
export async function readInstruction(
  trust: Trust,
  body: CreatePayment,
  isPaidHere: (template: PistoTemplate) => Promise<boolean>,
): Promise<Instruction | PistoProblem> {
  const { qr, alias, amount, tip, confirmation, expiresInSeconds } = body
  if (expiresInSeconds !== undefined && confirmation !== 'later') throw invalid(ONLY_LATER)
  if (alias !== undefined && qr !== undefined) throw invalid(...BOTH)
  if (alias !== undefined) {
    if (amount === undefined) throw invalid(AMOUNT_MISSING)
    if (tip !== undefined) throw invalid(TIP_NOT_ASKED)
    return { alias, amount, tip, code: undefined }
  }
  if (qr === undefined) throw invalid(...NEITHER)

  const code = await readCode(trust, qr, '/qr')
  if (code instanceof PistoProblem) return code
  if (code.signature === 'unsigned') return new PistoProblem('qr_foreign')
  const { template } = code
  if (!(await isPaidHere(template))) return new PistoProblem('qr_foreign', { tenantCode: template.tenantCode })
  const agreed = agreedAmount(code.amount, amount)
  if (tip !== undefined && code.fields.tipIndicator !== '01') throw invalid(TIP_NOT_ASKED)
  if (tip !== undefined && tip.currency !== agreed.currency) throw invalid(TIP_CURRENCY)
  return { alias: template.alias, amount: agreed, tip, code }
}

/** The code's amount, or the payer's where the code has none: what was shown is what is paid. */
function agreedAmount(carried: Money | null, given: Money | undefined): Money {
  if (carried === null) {
    if (given === undefined) throw invalid(AMOUNT_MISSING)
    return given
  }
  if (given !== undefined && (given.amount !== carried.amount || given.currency !== carried.currency)) {
    throw invalid(AMOUNT_DIFFERS)
  }
  return carried
}

const invalid = (...errors: readonly FieldError[]): PistoProblem => new PistoProblem('request_invalid', {}, { errors })

const AMOUNT_MISSING: FieldError = {
  pointer: '/amount',
  code: 'amount_missing',
  message: 'Say how much: the payee is named without an amount',
  messageEs: 'Indique el monto: quien cobra no lo ha fijado',
}

const AMOUNT_DIFFERS: FieldError = {
  pointer: '/amount',
  code: 'amount_differs',
  message: 'The code carries another amount; leave the amount out, or give the same',
  messageEs: 'El código lleva otro monto; no lo indique, o indique el mismo',
}

const TIP_NOT_ASKED: FieldError = {
  pointer: '/tip',
  code: 'tip_not_asked',
  message: 'A tip can be given only by a code that asks for one; its fees are added without being named',
  messageEs: 'Solo se puede dar propina con un código que la pida; sus cargos se suman sin nombrarlos',
}

const TIP_CURRENCY: FieldError = {
  pointer: '/tip/currency',
  code: 'currency_differs',
  message: 'The tip is in the currency of the amount',
  messageEs: 'La propina va en la moneda del monto',
}

const ONLY_LATER: FieldError = {
  pointer: '/expiresInSeconds',
  code: 'not_a_hold',
  message: 'Only a payment with "confirmation": "later" can expire',
  messageEs: 'Solo un pago con "confirmation": "later" puede vencer',
}

const BOTH: readonly FieldError[] = ['/qr', '/alias'].map((pointer) => ({
  pointer,
  code: 'payee_twice',
  message: 'Give either qr or alias, not both',
  messageEs: 'Indique qr o alias, no los dos',
}))

const NEITHER: readonly FieldError[] = ['/qr', '/alias'].map((pointer) => ({
  pointer,
  code: 'payee_missing',
  message: 'Give qr or alias: who is paid?',
  messageEs: 'Indique qr o alias: ¿a quién se paga?',
}))
