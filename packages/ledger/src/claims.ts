import { type Companion, companion } from './companion.ts'
import { type Queryable, sqlArray } from './database/database.ts'
import { toTypeId, toUuid } from './type-id.ts'

/** Something that may happen once, with no way back. */
interface Claim {
  /** What it happens to: an id, a delivered lot, a file's row. */
  readonly reference: string
}

/**
 * What happens once for ever: the second transaction that claims the same reference is refused.
 *
 * @param purpose What is claimed; references are unique within it.
 * @param refusal Code of the refusal.
 * @example
 * const claimReversal = claimOnce('reversal', 'transaction_reversed')
 * … companions: [claimReversal.row({ reference: transactionId })]
 */
export const claimOnce = (purpose: string, refusal: string): Companion<Claim> =>
  companion<Claim>({
    refusal,
    key: ({ reference }) => reference,
    idOf: ({ reference }) => reference,
    sql: `insert into claims (tenant_id, purpose, reference, transaction_id)
          select $1, $2, x.reference, x.id from unnest($3::text[], $4::uuid[]) as x(reference, id)
          on conflict (tenant_id, purpose, reference) do nothing
          returning reference as id`,
    columns: (rows) => [
      purpose,
      sqlArray(rows.map(({ row }) => row.reference)),
      sqlArray(rows.map(({ posted }) => toUuid(posted.transactionId, 'txn'))),
    ],
  })

/** @returns The transactions that claimed them, by reference; what nobody has claimed is left out. */
export async function findClaims(
  db: Queryable,
  tenantId: string,
  purpose: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  if (references.length === 0) return new Map()
  const rows = await db.query<{ reference: string; transaction_id: string }>(
    `select reference, transaction_id from claims
     where tenant_id = $1 and purpose = $2 and reference = any($3::text[])`,
    [toUuid(tenantId, 'ten'), purpose, sqlArray(references)],
  )
  return new Map(rows.map((row) => [row.reference, toTypeId('txn', row.transaction_id)]))
}
