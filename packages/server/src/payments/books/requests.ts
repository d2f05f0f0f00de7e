import type { PaymentRequestStatus } from '@pisto/contract'
import { toTypeId } from '@pisto/ledger'
import { formatMinor } from '@pisto/money/text'
import { type PaymentRequest, textOf } from '../../payment-requests/payment-request.ts'
import { COLUMNS, type PaymentRequestRow, toPaymentRequest } from '../../payment-requests/rows.ts'
import { selected } from '../../platform/database/insert-rows.ts'
import { compareText } from './compare-text.ts'
import { differences, transferOf } from './leaf.ts'
import { tableCheck } from './table-check.ts'

/** A request with its place in the log. */
interface PlacedRequest extends PaymentRequest {
  readonly transactionId: string
  readonly sequence: number
}

interface Row extends PaymentRequestRow {
  readonly transaction_id: string
  readonly sequence: bigint
}

/** What the transaction that a request points to may have been for, by the request's status. */
const PURPOSES: Readonly<Record<PaymentRequestStatus, readonly string[]>> = {
  open: ['paymentRequest.created', 'payment.cancelled', 'payment.expired'],
  reserved: ['payment.held'],
  paid: ['payment.completed'],
  cancelled: ['paymentRequest.cancelled'],
  expired: ['paymentRequest.expired', 'payment.cancelled', 'payment.expired'],
}

export const requestsCheck = tableCheck<PlacedRequest>({
  table: 'payment_requests',
  prefix: 'req',
  idsOf: ({ purpose, references }) => (purpose.startsWith('paymentRequest.') ? [references['paymentRequestId']] : []),

  async read(db, where, values) {
    const rows = await db.query<Row>(`select ${selected(COLUMNS, 'r')} from payment_requests r where ${where}`, values)
    return rows.map((row) => ({
      ...toPaymentRequest(row),
      transactionId: toTypeId('txn', row.transaction_id),
      sequence: Number(row.sequence),
    }))
  },

  compare(request, leaf) {
    const { status, paymentId, currency } = request
    const { references, purpose } = leaf
    const isTaken = status === 'paid' || status === 'reserved'
    const { amount, currency: proven } = isTaken ? transferOf(leaf) : { amount: undefined, currency: undefined }
    const wrong = differences(
      {
        transaction: request.transactionId,
        'payment request': request.id,
        merchant: request.merchantId,
        ...(isTaken && { payment: paymentId, amount: formatMinor(request.amountMinor, currency), currency }),
      },
      {
        transaction: leaf.id,
        'payment request': references['paymentRequestId'],
        merchant: references['merchantId'],
        payment: references['paymentId'],
        amount,
        currency: proven,
      },
    )
    return PURPOSES[status].includes(purpose) ? wrong : [...wrong, `the status is ${status} after ${purpose}`]
  },

  compareMade(request, leaf) {
    if (leaf.purpose !== 'paymentRequest.created') return []
    const { currency, salt } = request
    const { references } = leaf
    return [
      ...differences(
        { amount: formatMinor(request.amountMinor, currency), currency, merchant: request.merchantId },
        { amount: references['amount'], currency: references['currency'], merchant: references['merchantId'] },
      ),
      ...compareText(salt, textOf(request), leaf),
    ]
  },
})
