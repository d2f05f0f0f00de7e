import { toTypeId } from '@pisto/ledger'
import { formatMinor } from '@pisto/money/text'
import { selected } from '../../platform/database/insert-rows.ts'
import { COLUMNS, type Refund, type RefundRow, textOfRefund, toRefund } from '../refund.ts'
import { compareText } from './compare-text.ts'
import { differences, transferOf } from './leaf.ts'
import { tableCheck } from './table-check.ts'

/** A refund with the accounts of its payment. */
interface RefundWithAccounts extends Refund {
  readonly from: string | null
  readonly to: string | null
}

interface Row extends RefundRow {
  readonly payee_account_id: string | null
  readonly payer_account_id: string | null
}

export const refundsCheck = tableCheck<RefundWithAccounts>({
  table: 'refunds',
  prefix: 'ref',
  idsOf: ({ purpose, references }) => (purpose === 'refund.completed' ? [references['refundId']] : []),

  async read(db, where, values) {
    const rows = await db.query<Row>(
      `select ${selected(COLUMNS, 'r')}, p.payee_account_id, p.payer_account_id
       from refunds r left join payments p on p.tenant_id = r.tenant_id and p.id = r.payment_id
       where ${where}`,
      values,
    )
    return rows.map((row) => ({
      ...toRefund(row),
      from: row.payee_account_id && toTypeId('acc', row.payee_account_id),
      to: row.payer_account_id && toTypeId('acc', row.payer_account_id),
    }))
  },

  compare(refund, leaf) {
    const { references, purpose } = leaf
    const transfer = transferOf(leaf)
    return differences(
      {
        transaction: refund.transactionId,
        refund: refund.id,
        purpose: 'refund.completed',
        payment: refund.paymentId,
        payee: refund.from,
        payer: refund.to,
        amount: formatMinor(refund.amountMinor, refund.currency),
        currency: refund.currency,
        transfer: 'posted',
      },
      {
        transaction: leaf.id,
        refund: references['refundId'],
        purpose,
        payment: references['paymentId'],
        payee: transfer.debit,
        payer: transfer.credit,
        amount: transfer.amount,
        currency: transfer.currency,
        transfer: transfer.kind,
      },
    )
  },

  compareMade: (refund, leaf) => compareText(refund.salt, textOfRefund(refund), leaf),
})
