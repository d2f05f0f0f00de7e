import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { BANK_PROBLEMS, type BankCode } from '../http/bank-problem.ts'
import type { PaymentOrder } from './order.ts'

const text = Type.String()

const record = Compile(
  Type.Object({
    id: Type.String({ pattern: '^ord_[0-9a-f]{32}$' }),
    customerNumber: text,
    accountNumber: text,
    qr: text,
    amount: Type.Object({ amount: text, currency: Type.Enum(['GTQ', 'HNL', 'USD']) }),
    key: text,
    status: Type.Enum(['started', 'debited', 'undoing', 'paid', 'declined', 'undone']),
    startedAt: text,
    paymentId: Type.Union([text, Type.Null()]),
    refusal: Type.Union([Type.Enum(Object.keys(BANK_PROBLEMS) as BankCode[]), Type.Null()]),
  }),
)

/** One line of the journal's file. */
export const toLine = (order: PaymentOrder): string => `${JSON.stringify(order)}\n`

/** @returns Undefined: that is no record. */
export function parseLine(line: string): PaymentOrder | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return record.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}
