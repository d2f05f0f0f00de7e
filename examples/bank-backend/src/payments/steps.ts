import type { Pisto } from '@pisto/sdk'
import { type CoreBanking, CoreRefused } from '../core-banking/core-banking.ts'
import type { BankCode } from '../http/bank-problem.ts'
import type { Clock } from '../platform/clock.ts'
import { CORE_REFUSAL } from './core-refusal.ts'
import { coreReferenceOf, type PaymentOrder } from './order.ts'
import { pistoRefusal } from './pisto-refusal.ts'
import { nextStatus, type OrderEvent, type OrderStatus } from './states.ts'

export interface StepDeps {
  readonly core: CoreBanking
  readonly pisto: Pick<Pisto, 'payments'>
  readonly clock: Clock
  /** The bank's own wallet at Pisto, out of which merchants are paid. */
  readonly payerAccountId: string
  /** An order whose debit is still unknown after so long is abandoned: nobody waits for it any more. */
  readonly debitPatienceMs: number
}

type Step = (deps: StepDeps, order: PaymentOrder) => Promise<PaymentOrder>

/**
 * Does what comes next for an order. Each step may be repeated: its effect bears the order's id and happens once.
 *
 * @returns The order after the step, to be put on record before the next one. A finished order comes back as it is.
 * @throws Whatever leaves the outcome unknown: the order stays as it is and the same step is tried again later.
 */
export const takeStep: Step = (deps, order) => STEPS[order.status](deps, order)

const debitOrDecline: Step = async ({ core, clock, debitPatienceMs }, order) => {
  const waitedMs = clock.now().getTime() - Date.parse(order.startedAt)
  if (waitedMs > debitPatienceMs) return moved(order, 'abandon', { refusal: 'took_too_long' })
  const { accountNumber, amount } = order
  try {
    await core.debit({ reference: coreReferenceOf(order), accountNumber, amount, concept: 'Pago con QR' })
  } catch (error) {
    if (error instanceof CoreRefused) return moved(order, 'decline', { refusal: CORE_REFUSAL[error.code] })
    throw error
  }
  return moved(order, 'debit')
}

const payOrRefuse: Step = async ({ pisto, payerAccountId }, order) => {
  const { id, qr, amount } = order
  const payment = { payerAccountId, qr, amount, metadata: { bankOrderId: id } }
  try {
    const { id: paymentId } = await pisto.payments.create(payment, { idempotencyKey: id })
    return moved(order, 'pay', { paymentId })
  } catch (error) {
    const refusal = pistoRefusal(error)
    if (refusal === undefined) throw error
    return moved(order, 'refuse', { refusal })
  }
}

const giveBack: Step = async ({ core }, order) => {
  await core.undo(coreReferenceOf(order))
  return moved(order, 'undo')
}

const stay: Step = async (_, order) => order

const STEPS: Readonly<Record<OrderStatus, Step>> = {
  started: debitOrDecline,
  debited: payOrRefuse,
  undoing: giveBack,
  paid: stay,
  declined: stay,
  undone: stay,
}

function moved(
  order: PaymentOrder,
  event: OrderEvent,
  found: { readonly paymentId?: string; readonly refusal?: BankCode } = {},
): PaymentOrder {
  return { ...order, ...found, status: nextStatus(order.status, event) }
}
