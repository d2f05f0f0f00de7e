import type { QrCodeStatus } from '@pisto/contract'
import { toTypeId } from '@pisto/ledger'
import { formatMinor } from '@pisto/money/text'
import { selected } from '../../platform/database/insert-rows.ts'
import { type QrCode, reasonTextOf, textOf } from '../../qr-codes/qr-code.ts'
import { COLUMNS, type QrCodeRow, toQrCode } from '../../qr-codes/rows.ts'
import { tipText } from '../../qr-codes/tip.ts'
import { compareText } from './compare-text.ts'
import { type BooksLeaf, differences } from './leaf.ts'
import { tableCheck } from './table-check.ts'

/** A code with its place in the log. */
interface PlacedCode extends QrCode {
  readonly transactionId: string
  readonly sequence: number
}

interface Row extends QrCodeRow {
  readonly transaction_id: string
  readonly sequence: bigint
}

/** What the transaction that a code points to may have been for, by the code's status. */
const PURPOSES: Readonly<Record<QrCodeStatus, readonly string[]>> = {
  active: ['qrCode.created', 'payment.cancelled', 'payment.expired'],
  reserved: ['payment.held'],
  used: ['payment.completed'],
  expired: ['qrCode.expired', 'payment.cancelled', 'payment.expired'],
  revoked: ['qrCode.revoked'],
}

/** The code that replaces an older one is made by the transaction that revokes that one. */
const isSupersededBy = (code: Pick<QrCode, 'id'>, { purpose, references }: BooksLeaf): boolean =>
  purpose === 'qrCode.created' && references['supersedes'] === code.id

export const qrCodesCheck = tableCheck<PlacedCode>({
  table: 'qr_codes',
  prefix: 'qrc',
  idsOf: ({ purpose, references }) =>
    purpose.startsWith('qrCode.') ? [references['qrCodeId'], references['supersedes']] : [],

  async read(db, where, values) {
    const rows = await db.query<Row>(`select ${selected(COLUMNS, 'r')} from qr_codes r where ${where}`, values)
    return rows.map((row) => ({
      ...toQrCode(row),
      transactionId: toTypeId('txn', row.transaction_id),
      sequence: Number(row.sequence),
    }))
  },

  compare(code, leaf) {
    const { id, status, supersededBy } = code
    const { references, purpose } = leaf
    const isTaken = status === 'used' || status === 'reserved'
    const isSuperseded = isSupersededBy(code, leaf)
    const wrong = differences(
      {
        transaction: code.transactionId,
        'QR code': id,
        merchant: code.merchantId,
        payment: code.paymentId,
        successor: supersededBy,
      },
      {
        transaction: leaf.id,
        'QR code': references[isSuperseded ? 'supersedes' : 'qrCodeId'],
        merchant: references['merchantId'],
        payment: isTaken ? references['paymentId'] : null,
        successor: isSuperseded ? references['qrCodeId'] : null,
      },
    )
    const isRight = isSuperseded ? status === 'revoked' : PURPOSES[status].includes(purpose)
    return isRight ? wrong : [...wrong, `the status is ${status} after ${purpose}`]
  },

  compareMade(code, leaf) {
    if (leaf.purpose === 'qrCode.revoked') return compareText(code.reasonSalt, reasonTextOf(code), leaf)
    if (leaf.purpose !== 'qrCode.created' || isSupersededBy(code, leaf)) return []
    const { amountMinor, currency, tip, isOneShot, expiresAt, supersedes, salt } = code
    const { references } = leaf
    return [
      ...differences(
        {
          merchant: code.merchantId,
          amount: amountMinor === null ? null : formatMinor(amountMinor, currency),
          currency: amountMinor === null ? null : currency,
          tip: tip && tipText(tip),
          'number of payments': isOneShot ? 'one' : 'any',
          end: expiresAt?.toISOString() ?? null,
          predecessor: supersedes,
        },
        {
          merchant: references['merchantId'],
          amount: references['amount'] ?? null,
          currency: references['currency'] ?? null,
          tip: references['tip'] ?? null,
          'number of payments': references['oneShot'] === 'true' ? 'one' : 'any',
          end: references['expiresAt'] ?? null,
          predecessor: references['supersedes'] ?? null,
        },
      ),
      ...compareText(salt, textOf(code), leaf),
    ]
  },
})
