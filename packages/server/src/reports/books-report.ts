import type { CreateReport } from '@pisto/contract'
import type { AccountBalance, JournalPage, Ledger, SequenceRange } from '@pisto/ledger'
import { type LocalPeriod, localPeriod } from '../platform/local-period.ts'
import type { TenantProfile } from '../tenants/profile.ts'

/** A stretch of a tenant's books, as every report is written from it. */
export interface BooksReport {
  readonly tenant: TenantProfile
  readonly period: LocalPeriod
  /** What the report has: transactions after `after` up to `through`. */
  readonly range: SequenceRange
  /** Oldest first, page by page. */
  readonly journal: () => AsyncIterable<JournalPage>
  /** Every account as it was after a sequence, page by page, oldest first. */
  readonly balances: (asOf: number) => AsyncIterable<readonly AccountBalance[]>
}

/**
 * Opens the books of some local days.
 *
 * @param asked.from Left out: from the first transaction on.
 * @throws {PistoProblem} `request_invalid`: these are no days
 */
export async function openBooksReport(
  ledger: Pick<Ledger, 'reports'>,
  tenant: TenantProfile,
  { from, to }: Omit<CreateReport, 'format'>,
  now: Date,
): Promise<BooksReport> {
  const { id: tenantId, timeZone, createdAt: beginning } = tenant
  const period = localPeriod({ from, to }, { timeZone, now, beginning })
  const start = from === undefined ? undefined : period.start
  const range = await ledger.reports.rangeOf(tenantId, { from: start, to: period.end })
  return {
    ...{ tenant, period, range },
    journal: () => ledger.reports.journal(tenantId, range),
    balances: (asOf) => balancesOf(ledger, tenantId, asOf),
  }
}

const PAGE = 500

async function* balancesOf(
  { reports }: Pick<Ledger, 'reports'>,
  tenantId: string,
  asOf: number,
): AsyncGenerator<readonly AccountBalance[], void, undefined> {
  for (let after: string | undefined; ; ) {
    const { data, nextCursor } = await reports.listBalances(tenantId, { asOf, limit: PAGE, after })
    if (data.length > 0) yield data
    if (nextCursor === null) return
    after = nextCursor
  }
}
