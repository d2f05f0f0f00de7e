import { type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import type { FindKeptTexts } from '../log/openings.ts'
import { insertRows } from '../platform/database/insert-rows.ts'

/** What somebody wrote with a transaction, and what opens the log's commitment to it. */
export interface TransactionText {
  readonly reference: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly salt: Uint8Array | null
}

export const NO_TEXT: TransactionText = { reference: null, metadata: {}, salt: null }

export const insertTransactionTexts = insertRows<TransactionText>('transaction_texts', [
  ['transaction_id', 'uuid', (_text, { transactionId }) => toUuid(transactionId, 'txn')],
  ['reference', 'text', ({ reference }) => reference],
  ['metadata', 'json', ({ metadata }) => JSON.stringify(metadata)],
  ['salt', 'bytea', ({ salt }) => salt],
])

/** @returns Texts by transaction; those without any are left out. */
export async function findTransactionTexts(
  db: Queryable,
  tenantId: string,
  transactionIds: readonly string[],
): Promise<Map<string, TransactionText>> {
  if (transactionIds.length === 0) return new Map()
  const rows = await db.query<{
    transaction_id: string
    reference: string | null
    metadata: string
    salt: Uint8Array | null
  }>(
    `select transaction_id, reference, metadata::text as metadata, salt from transaction_texts
     where tenant_id = $1 and transaction_id = any($2::uuid[])`,
    [toUuid(tenantId, 'ten'), sqlArray(transactionIds.map((id) => toUuid(id, 'txn')))],
  )
  return new Map(
    rows.map(({ transaction_id, reference, metadata, salt }) => [
      toTypeId('txn', transaction_id),
      { reference, metadata: JSON.parse(metadata), salt },
    ]),
  )
}

/** A transaction of one's own is committed to both; a reversal to its reason alone, which has the reference's place. */
export const findOwnTexts: FindKeptTexts = async (reader, tenantId, { transactionId }) => {
  const text = (await findTransactionTexts(reader, tenantId, [transactionId])).get(transactionId)
  if (text === undefined) return []
  const { reference, metadata, salt } = text
  return [
    { salt, text: { reference, metadata } },
    { salt, text: { reference } },
  ]
}
