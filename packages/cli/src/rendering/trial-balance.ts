import type { AccountBalance, TrialBalance } from '@pisto/sdk'
import { renderTable, type Screen } from './table.ts'

/** One tenant's books. */
export interface ToldTrialBalance extends TrialBalance {
  readonly tenantId: string
  readonly code: string
  readonly accounts?: readonly AccountBalance[]
}

/** The books of one tenant: a row for each purpose, and what each side comes to. */
export function renderTrialBalance(screen: Screen, books: ToldTrialBalance): string[] {
  const { code, asOfSequence, lines, totals, accounts } = books
  const { bold, green, red } = screen.colours
  const rows = lines.map(({ purpose, currency, accountCount, debitBalance, creditBalance }) => {
    return [purpose, currency, `${accountCount}`, debitBalance.amount, creditBalance.amount]
  })
  const sums = totals.map(({ currency, debitBalance, creditBalance, isBalanced }) => {
    const verdict = isBalanced ? green('balanced') : red('NOT BALANCED')
    return [verdict, currency, '', bold(debitBalance.amount), bold(creditBalance.amount)]
  })
  const head = ['purpose', 'currency', 'accounts', 'debit', 'credit']
  return [
    bold(`${code} after transaction ${asOfSequence}`),
    renderTable(screen, head, [...rows, ...sums], { right: [2, 3, 4] }),
    ...(accounts === undefined
      ? []
      : [
          renderTable(
            screen,
            ['account', 'purpose', 'currency', 'debit', 'credit'],
            accounts.map(({ accountId, purpose, currency, debitBalance, creditBalance }) => {
              return [accountId, purpose, currency, debitBalance.amount, creditBalance.amount]
            }),
            { right: [3, 4] },
          ),
        ]),
  ]
}
