import { type CompanionRow, type Placed, type Queryable, toUuid } from '@pisto/ledger'

/**
 * Writes a companion's row that says nothing of a transaction, without one: what is no business of the books, like the
 * SMS of a sign-in.
 */
export async function writeCompanion(db: Queryable, tenantId: string, { companion, row }: CompanionRow): Promise<void> {
  const posted = { transactionId: '', sequence: 0 } as Placed<unknown>['posted']
  await db.query(companion.sql, [toUuid(tenantId, 'ten'), ...companion.columns([{ row, posted }])])
}
