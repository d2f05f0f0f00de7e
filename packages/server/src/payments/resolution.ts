import { type Payment as PaymentAnswer, PistoProblem } from '@pisto/contract'
import type { Plan, PlanContext } from '@pisto/ledger'
import { commitAgain } from '../platform/committed-text.ts'
import type { Call } from '../platform/http/call.ts'
import { perform, refuseWithEffect } from '../platform/perform.ts'
import { requireNotHeld } from '../registrations/payers.ts'
import { isLapsed, type Payment, placed, showPayment, textOf } from './payment.ts'
import { type PaymentDeps, referencesOf, requirePayment } from './service.ts'
import { nextStatus } from './states.ts'
import { movePayments } from './store.ts'
import { findTaken, type TakenMove } from './taken.ts'

/**
 * Completes a payment whose money is held: posts the hold, settles the request or code that it reserved. A late confirmation
 * books the expiry and is refused.
 *
 * @throws {NotFound} `payment_not_found`
 * @throws {WrongStatus} `payment_wrong_status`, also when a cancellation was quicker
 * @throws {PistoProblem} `hold_expired`; `account_frozen`: payer or payee is held by a case
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
    await requireNotHeld(reader, call.tenantId, [payment.payerAccountId, payment.payeeAccountId])
    const completed = { ...payment, status, completedAt: ledgerTime }
    const taken = await findTaken(reader, call.tenantId, payment)
    const move = taken?.completeReserved(id, ledgerTime)
    return {
      purpose: 'payment.completed',
      references: referencesOf(payment),
      transfers: [{ kind: 'postPending', holdId: holdIdOf(payment) }],
      commitments: commitAgain(payment.salt, textOf(payment)), // a full receipt is of this leaf
      ...effectsOf(payment, completed, 'payment.completed', move),
      answer: (posted) => showPayment(placed(completed, posted), call.livemode, ledgerTime, call.person),
    }
  })
}

/**
 * Gives held money back to the payer; the request or code that the payment reserved is free again. Too late it comes to the
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
    return {
      ...plan,
      answer: (posted) => showPayment(placed(voided, posted), call.livemode, context.ledgerTime, call.person),
    }
  })
}

/** Voids the hold of a pending payment and lets go of its request or code. */
export async function voidHold(
  { reader, ledgerTime }: PlanContext,
  tenantId: string,
  payment: Payment,
  event: 'cancel' | 'expire',
): Promise<{ readonly plan: Omit<Plan<never>, 'answer'>; readonly voided: Payment }> {
  const voided = { ...payment, status: nextStatus(payment.status, event) }
  const taken = await findTaken(reader, tenantId, payment)
  const purpose = event === 'cancel' ? 'payment.cancelled' : 'payment.expired'
  const plan = {
    purpose,
    references: referencesOf(payment),
    transfers: [{ kind: 'voidPending', holdId: holdIdOf(payment) }],
    ...effectsOf(payment, voided, purpose, taken?.release(payment.id, ledgerTime)),
  } as const
  return { plan, voided }
}

function effectsOf(from: Payment, to: Payment, type: string, move: TakenMove | undefined) {
  return {
    events: [{ type, objectId: to.id, status: to.status }, ...(move?.events ?? [])],
    companions: [movePayments.row({ from, to, resolves: true }), ...(move?.companions ?? [])],
  }
}

function holdIdOf({ id, holdId }: Payment): string {
  if (holdId === null) throw new Error(`payment ${id} is pending without a hold`)
  return holdId
}
