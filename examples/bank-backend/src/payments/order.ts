import type { Money } from '@pisto/sdk'
import type { BankCode } from '../http/bank-problem.ts'
import { intentKey } from '../platform/intent-key.ts'
import type { OrderStatus } from './states.ts'

/** What a customer asked for: pay this code from that account. */
export interface Instruction {
  readonly customerNumber: string
  /** The account at the bank that is debited. */
  readonly accountNumber: string
  /** Text of the scanned code. */
  readonly qr: string
  /** What the customer saw and agreed to. */
  readonly amount: Money
  /** The app's own name of this intent: a second tap on the button sends the same one. */
  readonly key: string
}

/** A payment from a bank account, as far as it has come: one record of the journal. */
export interface PaymentOrder extends Instruction {
  /** `ord_` and 32 hexadecimal digits. */
  readonly id: string
  readonly status: OrderStatus
  /** RFC 3339, UTC. */
  readonly startedAt: string
  /** `pay_…`, once it is paid. */
  readonly paymentId: string | null
  /** Why it was not, once that is known. */
  readonly refusal: BankCode | null
}

/**
 * The order's id follows from who wants it and the app's key. Drawn at random, a repetition that meets a service with
 * a lost journal would be a second order; derived, it is the same one to the core system and to Pisto.
 */
export const orderIdOf = ({ customerNumber, key }: Pick<Instruction, 'customerNumber' | 'key'>): string =>
  `ord_${intentKey('payment order', customerNumber, key)}`

/** The name under which the core system books the debit, and undoes it. */
export const coreReferenceOf = ({ id }: Pick<PaymentOrder, 'id'>): string => `PISTO-${id}`

/** Whether two instructions mean the same. */
export const isSameInstruction = (a: Instruction, b: Instruction): boolean =>
  a.customerNumber === b.customerNumber &&
  a.accountNumber === b.accountNumber &&
  a.qr === b.qr &&
  a.amount.amount === b.amount.amount &&
  a.amount.currency === b.amount.currency
