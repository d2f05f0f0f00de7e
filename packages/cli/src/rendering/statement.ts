import type { Statement } from '@pisto/sdk'
import { renderTable, type Screen, shown } from './table.ts'

/** A statement as its entries in rows between two balances. */
export function renderStatement(screen: Screen, statement: Statement): string[] {
  const { account, institution, from, to, openingBalance, closingBalance, closingAvailable, entries } = statement
  const { bold, dim } = screen.colours
  const whose = [account.ownerName === null ? account.purpose : shown(account.ownerName), account.id]
  const [leaving, arriving] = account.normalSide === 'credit' ? ['debit', 'credit'] : ['credit', 'debit']
  const rows = entries.map(({ date, purpose, reference, direction, amount, balanceAfter }) => [
    date,
    reference === null ? purpose : `${purpose} ${shown(reference)}`,
    direction === arriving ? amount.amount : '',
    direction === leaving ? amount.amount : '',
    balanceAfter.amount,
  ])
  const head = ['date', 'what', arriving ?? '', leaving ?? '', `balance ${account.currency}`]
  const held = closingAvailable.amount === closingBalance.amount ? [] : [`available ${closingAvailable.amount}`]
  return [
    `${bold(whose.join('  '))}  ${dim(shown(institution.name))}`,
    `${from} to ${to}, ${statement.timeZone}, transactions to ${statement.throughSequence}`,
    renderTable(
      screen,
      head,
      [
        [from, 'opening balance', '', '', openingBalance.amount],
        ...rows,
        [to, 'closing balance', '', '', closingBalance.amount],
      ],
      { right: [2, 3, 4] },
    ),
    ...held,
  ]
}
