import type { Queryable } from '../database/database.ts'
import type { Page, PageRequest } from '../ledger.ts'
import { type JournalPage, readJournal } from './journal.ts'
import { headSequence, type Period, rangeOf, type SequenceRange } from './moments.ts'
import { openStatement, type StatementEntry, type StatementFrame, statementEntries } from './statement.ts'
import { type AccountBalance, listBalances, readTrialBalance, type TrialBalance } from './trial-balance.ts'

/** What is read of the books as a whole, or of a stretch of them. All of it is as of sequences: it never changes. */
export interface BooksReports {
  /** @param asOf A sequence; undefined or beyond the newest: the newest. */
  trialBalance(tenantId: string, asOf?: number): Promise<TrialBalance>
  /** The trial balance account by account, oldest account first. @param page.asOf Not beyond the newest sequence. */
  listBalances(tenantId: string, page: PageRequest & { readonly asOf: number }): Promise<Page<AccountBalance>>
  /** The sequences of a period, up to the newest that there is. */
  rangeOf(tenantId: string, period: Period): Promise<SequenceRange>
  /** @returns Undefined: no such account. */
  openStatement(
    tenantId: string,
    accountId: string,
    period: { readonly from: Date; readonly to: Date },
  ): Promise<StatementFrame | undefined>
  /** The entries of a statement, oldest first, page by page. */
  statementEntries(tenantId: string, frame: StatementFrame): AsyncIterable<readonly StatementEntry[]>
  /** Every transaction of a range, oldest first, page by page. */
  journal(tenantId: string, range: SequenceRange): AsyncIterable<JournalPage>
}

export const createReports = (db: Queryable): BooksReports => ({
  trialBalance: (tenantId, asOf) => readTrialBalance(db, tenantId, asOf),
  listBalances: (tenantId, page) => listBalances(db, tenantId, page),
  async rangeOf(tenantId, period) {
    const { after, through } = await rangeOf(db, tenantId, period)
    const head = await headSequence(db, tenantId)
    return { after: Math.min(after, head), through: Math.min(through, head) }
  },
  openStatement: (tenantId, accountId, period) => openStatement(db, tenantId, accountId, period),
  statementEntries: (tenantId, frame) => statementEntries(db, tenantId, frame),
  journal: (tenantId, range) => readJournal(db, tenantId, range),
})
