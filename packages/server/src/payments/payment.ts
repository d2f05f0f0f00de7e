import type { Payment as PaymentAnswer, PaymentStatus, WalletCurrency } from '@pisto/contract'
import type { Posted } from '@pisto/ledger'
import type { FreeText } from '../platform/committed-text.ts'
import { moneyOf } from '../platform/minor.ts'
import type { Person } from '../sessions/person.ts'

/** A payment before the ledger has given it its place. */
export interface PaymentDraft {
  /** `pay_…` */
  readonly id: string
  /** What was last written; what is true now says `statusAt`. */
  readonly status: PaymentStatus
  /** `mer_…` */
  readonly merchantId: string
  /** The alias that was paid, 12 digits. */
  readonly payeeAlias: string
  readonly payerAccountId: string
  readonly payeeAccountId: string
  readonly amountMinor: bigint
  readonly refundedMinor: bigint
  readonly currency: WalletCurrency
  /** `req_…` */
  readonly paymentRequestId: string | null
  /** `qrc_…` that was scanned, if it has an id of its own. */
  readonly qrCodeId: string | null
  /** `mbr_…` who made the request that it pays. */
  readonly memberId: string | null
  /** Part of the amount: the payer's tip, or the code's fee. */
  readonly tipMinor: bigint
  readonly reference: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** Opens the leaf's commitment to reference and metadata. */
  readonly salt: Uint8Array | null
  /** Of the request: the receipt repeats it. */
  readonly challenge: string | null
  /** `hld_…` of a payment in two steps. */
  readonly holdId: string | null
  /** Of the hold. */
  readonly expiresAt: Date | null
  readonly completedAt: Date | null
  readonly createdAt: Date
}

/** Money moves from payer to payee, as the database has it. */
export interface Payment extends PaymentDraft {
  /** The transaction that made the payment or resolved its hold; refunds have their own. */
  readonly transactionId: string
  readonly sequence: number
}

/** What somebody wrote: the leaves that make and complete the payment have a commitment to it. */
export const textOf = ({ reference, metadata }: Pick<PaymentDraft, 'reference' | 'metadata'>): FreeText => ({
  reference,
  metadata,
})

/** A hold past its expiry can no longer be posted, booked or not. */
export const isLapsed = ({ status, expiresAt }: Pick<PaymentDraft, 'status' | 'expiresAt'>, time: Date): boolean =>
  status === 'pending' && expiresAt !== null && time >= expiresAt

/** The status at a moment. @param time In plans the ledger's time, in reads business time. */
const statusAt = (payment: Pick<PaymentDraft, 'status' | 'expiresAt'>, time: Date): PaymentStatus =>
  isLapsed(payment, time) ? 'expired' : payment.status

/** The draft at its place in history. */
export const placed = (draft: PaymentDraft, { transactionId, sequence }: Posted): Payment => ({
  ...draft,
  transactionId,
  sequence,
})

/** A person who looks. */
type Viewer = Pick<Person, 'memberships'>

/** Whoever pays does not learn who of the shop charged. */
const seesSeller = ({ memberships }: Viewer, { merchantId }: Payment): boolean =>
  memberships.some(({ registrationId }) => registrationId === merchantId)

/** As the wire has it. @param viewer Undefined: a program of the bank, which sees all. */
export function showPayment(payment: Payment, livemode: boolean, time: Date, viewer?: Viewer): PaymentAnswer {
  const { id, merchantId, payerAccountId, payeeAccountId, currency, paymentRequestId, reference, challenge } = payment
  const { qrCodeId, tipMinor } = payment
  return {
    id,
    livemode,
    status: statusAt(payment, time),
    merchantId,
    payerAccountId,
    payeeAccountId,
    amount: moneyOf(payment.amountMinor, currency),
    refundedAmount: moneyOf(payment.refundedMinor, currency),
    paymentRequestId,
    qrCodeId,
    memberId: viewer === undefined || seesSeller(viewer, payment) ? payment.memberId : null,
    tip: tipMinor === 0n ? null : moneyOf(tipMinor, currency),
    reference,
    challenge,
    transactionId: payment.transactionId,
    sequence: payment.sequence,
    expiresAt: payment.expiresAt?.toISOString() ?? null,
    completedAt: payment.completedAt?.toISOString() ?? null,
    metadata: payment.metadata,
    createdAt: payment.createdAt.toISOString(),
  }
}
