import type { AccountBalance, JournalAccount, JournalPage, JournalTransaction } from '@pisto/ledger'
import { localDay } from '@pisto/ledger'
import type { BooksReport } from './books-report.ts'
import {
  accountName,
  holdNotes,
  isZero,
  OPENING_ACCOUNT,
  opposite,
  plain,
  postingsOf,
  signedBalance,
} from './plain-text.ts'

/**
 * The books as a file for beancount. It stands by itself, as the one for hledger does: balances are asserted exactly,
 * on the morning after the last day.
 *
 * @see https://beancount.github.io/docs/beancount_language_syntax.html
 */
export async function* beancountFile(report: BooksReport): AsyncGenerator<string, void, undefined> {
  const { tenant, period, range } = report
  yield `; Transactions ${range.after + 1} to ${range.through}, ${period.from} to ${period.to}
; Amounts are positive for debits. Holds move nothing until they are posted: they are comments.
option "title" "${tenant.name.replaceAll(/["\\\r\n]/g, ' ')}"
option "operating_currency" "${tenant.currency}"
`
  if (range.after > 0) {
    yield `${period.from} open ${OPENING_ACCOUNT}\n`
    for await (const balances of report.balances(range.after)) yield opening(balances, period.from)
  }
  for await (const page of report.journal()) yield page.transactions.map((each) => entry(each, page, report)).join('')
  const morning = Temporal.PlainDate.from(period.to).add({ days: 1 }).toString()
  yield '\n'
  for await (const balances of report.balances(range.through)) yield assertions(balances, morning)
}

const opened = (date: string, account: JournalAccount, currency: string): string =>
  `${date} open ${accountName(account)} ${currency}\n`

function opening(balances: readonly AccountBalance[], date: string): string {
  return balances
    .map((balance) => {
      const amount = signedBalance(balance)
      const open = opened(date, balance, balance.currency)
      if (isZero(amount)) return open
      const postings =
        posting(accountName(balance), amount, balance.currency) +
        posting(OPENING_ACCOUNT, opposite(amount), balance.currency)
      return `${open}${date} * "Opening balance"\n${postings}`
    })
    .join('')
}

function entry(transaction: JournalTransaction, { accounts }: JournalPage, { tenant }: BooksReport): string {
  const { transactionId, sequence, time, purpose, references } = transaction
  const date = localDay(time, tenant.timeZone)
  const postings = postingsOf(transaction, accounts)
  const notes = holdNotes(transaction, accounts)
  const opens = transaction.accounts.map(({ id, purpose: opens, normalSide, currency }) =>
    opened(date, { accountId: id, purpose: opens, normalSide: normalSide as JournalAccount['normalSide'] }, currency),
  )
  if (postings.length === 0) {
    const lines = [`${date} ${sequence} ${plain(purpose)} ${transactionId} moves no money`, ...notes]
    return `\n${opens.join('')}${lines.map((line) => `; ${line}\n`).join('')}`
  }
  const metadata = { transaction: transactionId, sequence: String(sequence), time: time.toISOString(), ...references }
  return [
    `\n${opens.join('')}${date} * "${plain(purpose)}"\n`,
    ...Object.entries(metadata).map(
      ([name, value]) => `  ${keyOf(name)}: "${value.split(':').map(plain).join(':')}"\n`,
    ),
    ...notes.map((note) => `  ; ${note}\n`),
    ...postings.map(({ account, amount, currency }) => posting(account, amount, currency)),
  ].join('')
}

/** Keys begin with a small letter. */
const keyOf = (name: string): string => name.replaceAll(/[^\w-]/g, '_').replace(/^(?![a-z])/, 'x')

/** Without the tilde, a balance that is off by one unit of the last digit would pass. */
const assertions = (balances: readonly AccountBalance[], date: string): string =>
  balances
    .map((balance) => `${date} balance ${accountName(balance)} ${signedBalance(balance)} ~ 0.00 ${balance.currency}\n`)
    .join('')

const posting = (account: string, amount: string, currency: string): string => `  ${account}  ${amount} ${currency}\n`
