import { type PaymentStatus, type Receipt, WrongStatus } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { encodeBase64, signReceipt } from '@pisto/proof'
import { proofText, requireProof } from '../log/proof-text.ts'
import type { Call } from '../platform/http/call.ts'
import { moneyOf } from '../platform/minor.ts'
import { findPayeeByMerchant } from '../registrations/payees.ts'
import { type Payment, textOf } from './payment.ts'
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
  const payment = await requireCredited(db, tenantId, id)
  const { completedAt, payeeAlias, challenge } = payment
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
    opening: payment.salt === null ? null : { salt: encodeBase64(payment.salt), record: { ...textOf(payment) } },
    compact,
  }
}

/**
 * The full receipt: that the transaction which credited the payee is in the tenant's log, as C2SP tlog-proof.
 *
 * @throws {NotFound} `payment_not_found`; `proof_not_found`: the next checkpoint will cover it
 * @throws {WrongStatus} `payment_wrong_status`: nobody was credited
 */
export async function getPaymentProof(
  { db, ledger }: Pick<PaymentDeps, 'db' | 'ledger'>,
  { tenantId }: Pick<Call, 'tenantId'>,
  id: string,
): Promise<string> {
  const { transactionId } = await requireCredited(db, tenantId, id)
  return proofText(await requireProof(ledger, tenantId, transactionId))
}

async function requireCredited(
  db: Queryable,
  tenantId: string,
  id: string,
): Promise<Payment & { readonly completedAt: Date }> {
  const payment = await requirePayment(db, tenantId, id)
  const { status, completedAt } = payment
  if (!CREDITED.has(status) || completedAt === null) throw new WrongStatus('payment_wrong_status', { status })
  return { ...payment, completedAt }
}
