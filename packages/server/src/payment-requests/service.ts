import {
  type CreatePaymentRequest,
  NotFound,
  type PaymentRequest as PaymentRequestAnswer,
  PistoProblem,
} from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { createChallenge } from '@pisto/proof'
import { commitText } from '../platform/committed-text.ts'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { minorOf } from '../platform/minor.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { findPayeeByMerchant } from '../registrations/payees.ts'
import { sellerFor } from '../sessions/person.ts'
import { CODE_AMOUNT_LENGTH, merchantCode } from './code.ts'
import { cancelRequest } from './moves.ts'
import { type PaymentRequest, showPaymentRequest, textOf } from './payment-request.ts'
import { findPaymentRequest, insertPaymentRequests } from './store.ts'

export type PaymentRequestDeps = Pick<Runtime, 'db' | 'ledger' | 'clock' | 'ids' | 'random' | 'keys' | 'qrGuid'>

const EXPIRES_IN_SECONDS = 900

/**
 * Asks for an amount: gives a signed code to show. The code is written and signed before the ledger decides (a key
 * may live elsewhere); the merchant is looked at again in the decision.
 *
 * @throws {NotFound} `merchant_not_found`
 * @throws {PistoProblem} `payee_inactive`, `currency_mismatch`
 */
export async function createPaymentRequest(
  deps: PaymentRequestDeps,
  call: Call,
  body: CreatePaymentRequest,
): Promise<PaymentRequestAnswer> {
  const { tenantId, tenant, livemode } = call
  const { merchantId, amount } = body
  refuseLongAmount(amount.amount)
  const asked = { ...draft(deps, body), memberId: sellerFor(call.person, merchantId) }
  const known = await findPayeeByMerchant(deps.db, tenantId, merchantId)
  const qrPayload =
    known && (await merchantCode(tenant, known, await deps.keys.signing(tenantId, 'qr'), asked, { guid: deps.qrGuid }))
  const { salt, commitments } = commitText(deps.random, textOf(asked))

  return perform<PaymentRequestAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const payee = await findPayeeByMerchant(reader, tenantId, merchantId)
    if (payee === undefined || qrPayload === undefined) throw new NotFound('merchant_not_found', { id: merchantId })
    if (!payee.acceptPayments) throw new PistoProblem('payee_inactive', { merchantId })
    if (amount.currency !== tenant.currency) {
      throw new PistoProblem('currency_mismatch', { currency: tenant.currency })
    }
    const request: PaymentRequest = { ...asked, qrPayload, salt, createdAt: ledgerTime }
    return {
      purpose: 'paymentRequest.created',
      references: { paymentRequestId: request.id, merchantId, ...amount }, // what was asked for is proven, too
      events: [{ type: 'paymentRequest.created', objectId: request.id, status: request.status }],
      commitments,
      companions: [
        insertPaymentRequests.row(request),
        scheduleDue.row({ kind: 'paymentRequest.expire', reference: request.id, dueAt: request.expiresAt }),
      ],
      answer: showPaymentRequest(request, livemode, ledgerTime),
    }
  })
}

/**
 * Withdraws an open request.
 *
 * @throws {NotFound} `payment_request_not_found`
 * @throws {PistoProblem} `payment_request_already_paid`, `payment_request_wrong_status`
 */
export function cancelPaymentRequest(
  deps: Pick<PaymentRequestDeps, 'ledger'>,
  call: Call,
  id: string,
): Promise<PaymentRequestAnswer> {
  return perform<PaymentRequestAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const request = await requirePaymentRequest(reader, call.tenantId, id)
    const { to, companions, events } = cancelRequest(request, ledgerTime)
    return {
      purpose: 'paymentRequest.cancelled',
      references: { paymentRequestId: id, merchantId: request.merchantId },
      events,
      companions,
      answer: showPaymentRequest(to, call.livemode, ledgerTime),
    }
  })
}

/** @throws {NotFound} this tenant has no such request */
export async function requirePaymentRequest(reader: Queryable, tenantId: string, id: string): Promise<PaymentRequest> {
  const request = await findPaymentRequest(reader, tenantId, id)
  if (request === undefined) throw new NotFound('payment_request_not_found', { id })
  return request
}

function draft(
  { ids, clock, random }: PaymentRequestDeps,
  { merchantId, amount, reference, metadata, challenge, expiresInSeconds = EXPIRES_IN_SECONDS }: CreatePaymentRequest,
): Omit<PaymentRequest, 'memberId' | 'qrPayload' | 'salt' | 'createdAt'> {
  return {
    id: ids.next('req'),
    status: 'open',
    merchantId,
    amountMinor: minorOf(amount),
    currency: amount.currency,
    reference: reference ?? null,
    metadata: metadata ?? {},
    challenge: challenge ?? createChallenge(random),
    paymentId: null,
    reservedUntil: null,
    expiresAt: new Date(clock.now().getTime() + expiresInSeconds * 1000),
  }
}

function refuseLongAmount(amount: string): void {
  if (amount.length <= CODE_AMOUNT_LENGTH) return
  const error = {
    pointer: '/amount/amount',
    code: 'amount_too_long',
    message: `A code carries at most ${CODE_AMOUNT_LENGTH} characters of amount`,
    messageEs: `Un código lleva como máximo ${CODE_AMOUNT_LENGTH} caracteres de monto`,
  }
  throw new PistoProblem('request_invalid', {}, { errors: [error] })
}
