import { type Payment as PaymentAnswer, PistoProblem } from '@pisto/contract'
import type { Plan, PlanContext, Queryable } from '@pisto/ledger'
import { payRequest, type RequestMove, releaseRequest } from '../payment-requests/moves.ts'
import { findPaymentRequest } from '../payment-requests/store.ts'
import { commitAgain } from '../platform/committed-text.ts'
import type { Call } from '../platform/http/call.ts'
import { perform, refuseWithEffect } from '../platform/perform.ts'
import { isLapsed, type Payment, placed, showPayment, textOf } from './payment.ts'
import { type PaymentDeps, referencesOf, requirePayment } from './service.ts'
import { nextStatus } from './states.ts'
import { movePayments } from './store.ts'

/**
 * Completes a payment whose money is held: posts the hold, pays the request that it reserved. A late confirmation
 * books the expiry and is refused.
 *
 * @throws {NotFound} `payment_not_found`
 * @throws {WrongStatus} `payment_wrong_status`, also when a cancellation was quicker
 * @throws {PistoProblem} `hold_expired`
 */
export function confirmPayment(deps: Pick<PaymentDeps, 'ledger'>, call: Call, id: string): Promise<PaymentAnswer> {
  return perform<PaymentAnswer>(deps.ledger, call, async (context) => {
    const { reader, ledgerTime } = context
    const payment = await requirePayment(reader, call.tenantId, id)
    const status = nextStatus(payment.status, 'complete')
    if (isLapsed(payment, ledgerTime)) {
      const { plan } = await voidHold(context, call.tenantId, payment, 'expire')
      return { ...plan, answer: refuseWithEffect(new PistoProblem('hold_expired', { paymentId: id })) }
    }
    const completed = { ...payment, status, completedAt: ledgerTime }
    const request = await findReserved(reader, call.tenantId, payment)
    const move = request && payRequest(request, id, ledgerTime)
    return {
      purpose: 'payment.completed',
      references: referencesOf(payment),
      transfers: [{ kind: 'postPending', holdId: holdIdOf(payment) }],
      commitments: commitAgain(payment.salt, textOf(payment)), // a full receipt is of this leaf
      ...effectsOf(payment, completed, 'payment.completed', move),
      answer: (posted) => showPayment(placed(completed, posted), call.livemode, ledgerTime),
    }
  })
}

/**
 * Gives held money back to the payer; the request that the payment reserved is open again. Too late it comes to the
 * same, and the payment's status says `expired`.
 *
 * @throws {NotFound} `payment_not_found`
 * @throws {WrongStatus} `payment_wrong_status`, also when a confirmation was quicker
 */
export function cancelPayment(deps: Pick<PaymentDeps, 'ledger'>, call: Call, id: string): Promise<PaymentAnswer> {
  return perform<PaymentAnswer>(deps.ledger, call, async (context) => {
    const payment = await requirePayment(context.reader, call.tenantId, id)
    nextStatus(payment.status, 'cancel')
    const event = isLapsed(payment, context.ledgerTime) ? 'expire' : 'cancel'
    const { plan, voided } = await voidHold(context, call.tenantId, payment, event)
    return { ...plan, answer: (posted) => showPayment(placed(voided, posted), call.livemode, context.ledgerTime) }
  })
}

/** Voids the hold of a pending payment and lets go of its request. */
export async function voidHold(
  { reader, ledgerTime }: PlanContext,
  tenantId: string,
  payment: Payment,
  event: 'cancel' | 'expire',
): Promise<{ readonly plan: Omit<Plan<never>, 'answer'>; readonly voided: Payment }> {
  const voided = { ...payment, status: nextStatus(payment.status, event) }
  const request = await findReserved(reader, tenantId, payment)
  const purpose = event === 'cancel' ? 'payment.cancelled' : 'payment.expired'
  const plan = {
    purpose,
    references: referencesOf(payment),
    transfers: [{ kind: 'voidPending', holdId: holdIdOf(payment) }],
    ...effectsOf(payment, voided, purpose, request && releaseRequest(request, payment.id, ledgerTime)),
  } as const
  return { plan, voided }
}

function effectsOf(from: Payment, to: Payment, type: string, move: RequestMove | undefined) {
  return {
    events: [{ type, objectId: to.id, status: to.status }, ...(move?.events ?? [])],
    companions: [movePayments.row({ from, to, resolves: true }), ...(move?.companions ?? [])],
  }
}

const findReserved = async (reader: Queryable, tenantId: string, { paymentRequestId }: Payment) =>
  paymentRequestId === null ? undefined : findPaymentRequest(reader, tenantId, paymentRequestId)

function holdIdOf({ id, holdId }: Payment): string {
  if (holdId === null) throw new Error(`payment ${id} is pending without a hold`)
  return holdId
}
