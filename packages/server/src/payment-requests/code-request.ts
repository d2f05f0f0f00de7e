import { type Money, NotFound } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { PistoTemplate } from '@pisto/qr'
import { minorOf } from '../platform/minor.ts'
import type { Payee } from '../registrations/payees.ts'
import type { PaymentRequest } from './payment-request.ts'
import { requirePaymentRequest } from './service.ts'

/** A genuine code of this tenant, with the payee that its alias leads to. */
export interface SignedClaim {
  readonly payee: Pick<Payee, 'merchantId'>
  readonly template: PistoTemplate
  readonly amount: Money | null
}

/**
 * The request that a genuine code names. Code and row must say the same: what the payer was shown is what is paid.
 *
 * @returns Undefined: a static code.
 * @throws {NotFound} `payment_request_not_found`: there is none, or it is another merchant's or of another amount
 */
export async function requireCodesRequest(
  reader: Queryable,
  tenantId: string,
  { payee, template, amount }: SignedClaim,
): Promise<PaymentRequest | undefined> {
  if (template.requestId === undefined) return undefined
  const id = `req_${template.requestId}`
  const request = await requirePaymentRequest(reader, tenantId, id)
  const { merchantId, amountMinor, currency } = request
  const isSame =
    merchantId === payee.merchantId &&
    amount !== null &&
    minorOf(amount) === amountMinor &&
    amount.currency === currency
  if (!isSame) throw new NotFound('payment_request_not_found', { id })
  return request
}
