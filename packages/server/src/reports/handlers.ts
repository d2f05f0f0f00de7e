import type { AccountBalance, OPERATIONS, TrialBalance } from '@pisto/contract'
import { isTypeId } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { downloadReport, type ReportDeps } from './download.ts'

/** Reads of the books as a whole: the ledger has the rules. */
export const reportHandlers = ({ ledger, clock }: ReportDeps): Handlers<(typeof OPERATIONS)['reports']> => ({
  createReport: ({ body }, call) => downloadReport({ ledger, clock }, call, body),

  async getTrialBalance({ query: { asOf } }, { tenantId, livemode }) {
    const { asOfSequence, totals, lines } = await ledger.reports.trialBalance(tenantId, asOf)
    return {
      livemode,
      asOfSequence,
      totals: totals.map((total) => ({
        ...total,
        isBalanced:
          total.debits.amount === total.credits.amount && total.debitBalance.amount === total.creditBalance.amount,
      })),
      lines: lines.map((line) => ({ ...line })),
    } as TrialBalance
  },

  async listTrialBalanceAccounts({ query: { limit = LIMIT_DEFAULT, after, asOf } }, { tenantId }) {
    requireCursor(after, (cursor) => cursorOf(cursor) !== undefined)
    const begun = after === undefined ? undefined : cursorOf(after)
    const head = await ledger.headSequence(tenantId)
    const sequence = begun?.asOf ?? Math.min(asOf ?? head, head)
    const page = await ledger.reports.listBalances(tenantId, { asOf: sequence, limit, after: begun?.accountId })
    return {
      data: page.data.map(({ openedAt: _, openedSequence: __, ...balance }) => balance as AccountBalance),
      nextCursor: page.nextCursor && `${sequence}.${page.nextCursor}`,
    }
  },
})

/** `sequence.account`: whoever goes on reads the same moment of history. */
function cursorOf(text: string): { readonly asOf: number; readonly accountId: string } | undefined {
  const [, sequence, accountId = ''] = /^(\d{1,15})\.(\w+)$/.exec(text) ?? []
  return sequence !== undefined && isTypeId(accountId, 'acc') ? { asOf: Number(sequence), accountId } : undefined
}
