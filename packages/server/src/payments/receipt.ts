import { type PaymentStatus, type Receipt, WrongStatus } from '@pisto/contract'
import { signReceipt } from '@pisto/proof'
import type { Call } from '../platform/http/call.ts'
import { moneyOf } from '../platform/minor.ts'
import { findPayeeByMerchant } from '../registrations/payees.ts'
import { type PaymentDeps, requirePayment } from './service.ts'

/** A receipt says that the payee was credited; it does not claim that nothing was given back since. */
const CREDITED: ReadonlySet<PaymentStatus> = new Set(['completed', 'partiallyRefunded', 'refunded'])

/**
 * The receipt of a payment that the ledger has booked, signed with the tenant's `receipt` key; a second phone checks
 * its compact form with no signal.
 *
 * @throws {NotFound} `payment_not_found`
 * @throws {WrongStatus} `payment_wrong_status`: nobody was credited
 */
export async function getPaymentReceipt(
  { db, keys }: Pick<PaymentDeps, 'db' | 'keys'>,
  { tenantId, livemode }: Pick<Call, 'tenantId' | 'livemode'>,
  id: string,
): Promise<Receipt> {
  const payment = await requirePayment(db, tenantId, id)
  const { status, completedAt, payeeAlias, challenge } = payment
  if (!CREDITED.has(status) || completedAt === null) throw new WrongStatus('payment_wrong_status', { status })
  const amount = moneyOf(payment.amountMinor, payment.currency)
  const [key, payee] = await Promise.all([
    keys.signing(tenantId, 'receipt'),
    findPayeeByMerchant(db, tenantId, payment.merchantId),
  ])
  const { keyId, publicKey } = key
  const compact = await signReceipt(
    {
      paymentId: id.slice('pay_'.length),
      payeeAlias,
      ...amount,
      paidAtSeconds: Math.floor(completedAt.getTime() / 1000),
      challenge: challenge ?? '',
    },
    { keyId, publicKey, sign: async (message) => key.sign(message) },
  )
  return {
    paymentId: id,
    livemode,
    payee: { name: payee?.tradeName ?? payeeAlias, alias: payeeAlias },
    amount,
    completedAt: completedAt.toISOString(),
    compact,
  }
}
