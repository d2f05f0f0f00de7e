import type { QrCodeStatus } from '@pisto/contract'
import { type Add, Conditions, companion, isTypeId, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { insertRows, selected } from '../platform/database/insert-rows.ts'
import type { QrCode } from './qr-code.ts'
import { COLUMNS, type QrCodeRow, toQrCode, uuidOrNull } from './rows.ts'

const SELECTED = selected(COLUMNS, 'r')

export const insertQrCodes = insertRows<QrCode>('qr_codes', COLUMNS)

/** A code as it was read, and as it shall be. */
export interface QrCodeMove {
  readonly from: Pick<QrCode, 'id' | 'status' | 'paymentId'>
  readonly to: Pick<QrCode, 'status' | 'paymentId' | 'reservedUntil' | 'supersededBy' | 'revokedReason' | 'reasonSalt'>
}

/**
 * Moves the codes of one batch. Status and payment are repeated in the where clause: of the payments that meet at a
 * one-shot code exactly one moves it, the others are decided again on what they then read.
 */
export const moveQrCodes = companion<QrCodeMove>({
  refusal: 'qr_code_used',
  key: ({ from }) => from.id,
  sql: `update qr_codes r
        set status = x.next, payment_id = x.next_payment, reserved_until = x.reserved_until,
            superseded_by = x.superseded_by, revoked_reason = x.revoked_reason, reason_salt = x.reason_salt,
            transaction_id = x.transaction_id, sequence = x.sequence
        from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::timestamptz[], $8::uuid[],
                    $9::text[], $10::bytea[], $11::uuid[], $12::bigint[])
          with ordinality
          as x(id, previous, previous_payment, next, next_payment, reserved_until, superseded_by, revoked_reason,
               reason_salt, transaction_id, sequence, n)
        where r.tenant_id = $1 and r.id = x.id and r.status = x.previous
          and r.payment_id is not distinct from x.previous_payment
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'qrc'))),
    sqlArray(rows.map(({ row }) => row.from.status)),
    sqlArray(rows.map(({ row }) => uuidOrNull(row.from.paymentId))),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => uuidOrNull(row.to.paymentId))),
    sqlArray(rows.map(({ row }) => row.to.reservedUntil)),
    sqlArray(rows.map(({ row }) => uuidOrNull(row.to.supersededBy))),
    sqlArray(rows.map(({ row }) => row.to.revokedReason)),
    sqlArray(rows.map(({ row }) => row.to.reasonSalt)),
    sqlArray(rows.map(({ posted }) => toUuid(posted.transactionId, 'txn'))),
    sqlArray(rows.map(({ posted }) => posted.sequence)),
  ],
})

/** @returns Undefined: no such code of this tenant; also for ids that are none. */
export async function findQrCode(reader: Queryable, tenantId: string, id: string): Promise<QrCode | undefined> {
  if (!isTypeId(id, 'qrc')) return undefined
  const [row] = await reader.query<QrCodeRow>(
    `select ${SELECTED} from qr_codes r where r.tenant_id = $1 and r.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return row && toQrCode(row)
}

export interface QrCodeFilter {
  readonly merchantId: string
  /** At `time`. */
  readonly status?: QrCodeStatus | undefined
  readonly time: Date
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: ids are UUIDv7, their order is that of business time. */
export async function listQrCodes(
  reader: Queryable,
  tenantId: string,
  { merchantId, status, time, before, limit }: QrCodeFilter,
): Promise<QrCode[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.merchant_id = ${add(toUuid(merchantId, 'mer'))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'qrc'))}`)
  if (status !== undefined) where.add((add) => isAt(status, time, add))
  const rows = await reader.query<QrCodeRow>(
    `select ${SELECTED} from qr_codes r where r.tenant_id = $1${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toQrCode)
}

/** `statusAt` in SQL, for one status. */
function isAt(status: QrCodeStatus, time: Date, add: Add): string {
  if (status === 'used' || status === 'revoked') return `r.status = ${add(status)}`
  const now = add(time)
  if (status === 'reserved') return `r.status = 'reserved' and r.reserved_until > ${now}`
  const isFree = `(r.status = 'active' or (r.status = 'reserved' and r.reserved_until <= ${now}))`
  if (status === 'active') return `${isFree} and (r.expires_at is null or r.expires_at > ${now})`
  return `(r.status = 'expired' or (${isFree} and r.expires_at <= ${now}))`
}
