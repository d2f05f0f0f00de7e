import type { PaymentStatus } from '@pisto/contract'
import { formatMinor } from '@pisto/money/text'
import { selected } from '../../platform/database/insert-rows.ts'
import { type Payment, textOf } from '../payment.ts'
import { COLUMNS, type PaymentRow, toPayment } from '../rows.ts'
import { compareText } from './compare-text.ts'
import { differences, transferOf } from './leaf.ts'
import { tableCheck } from './table-check.ts'

/** What the transaction that a payment points to was for, by the payment's status. */
const PURPOSE: Readonly<Partial<Record<PaymentStatus, string>>> = {
  pending: 'payment.held',
  completed: 'payment.completed',
  partiallyRefunded: 'payment.completed',
  refunded: 'payment.completed',
  cancelled: 'payment.cancelled',
  expired: 'payment.expired',
}

const KIND: Readonly<Record<string, string>> = {
  'payment.held': 'pending',
  'payment.completed': 'postPending',
  'payment.cancelled': 'voidPending',
  'payment.expired': 'voidPending',
}

export const paymentsCheck = tableCheck<Payment>({
  table: 'payments',
  prefix: 'pay',
  idsOf: ({ purpose, references }) => (purpose.startsWith('payment.') ? [references['paymentId']] : []),

  async read(db, where, values) {
    const rows = await db.query<PaymentRow>(`select ${selected(COLUMNS, 'r')} from payments r where ${where}`, values)
    return rows.map(toPayment)
  },

  compare(payment, leaf) {
    const { id, status, merchantId, paymentRequestId, payerAccountId, payeeAccountId, currency, holdId } = payment
    const { references } = leaf
    const transfer = transferOf(leaf)
    const purpose = PURPOSE[status]
    return differences(
      {
        transaction: payment.transactionId,
        payment: id,
        purpose,
        merchant: merchantId,
        'payment request': paymentRequestId,
        'QR code': payment.qrCodeId,
        tip: payment.tipMinor === 0n ? null : formatMinor(payment.tipMinor, currency),
        payer: payerAccountId,
        payee: payeeAccountId,
        amount: formatMinor(payment.amountMinor, currency),
        currency,
        hold: holdId,
        transfer: holdId === null ? 'posted' : KIND[purpose ?? ''],
        'time of completion': payment.completedAt?.toISOString() ?? null,
      },
      {
        transaction: leaf.id,
        payment: references['paymentId'],
        purpose: leaf.purpose,
        merchant: references['merchantId'],
        'payment request': references['paymentRequestId'] ?? null,
        'QR code': references['qrCodeId'] ?? null,
        tip: references['tip'] ?? null,
        payer: transfer.debit,
        payee: transfer.credit,
        amount: transfer.amount,
        currency: transfer.currency,
        hold: transfer.hold ?? null,
        transfer: transfer.kind,
        'time of completion': leaf.purpose === 'payment.completed' ? leaf.time : null,
      },
    )
  },

  compareMade(payment, leaf) {
    const isCommitted = ['posted', 'pending', 'postPending'].includes(transferOf(leaf).kind ?? '')
    return isCommitted ? compareText(payment.salt, textOf(payment), leaf) : []
  },
})
