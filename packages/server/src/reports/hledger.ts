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
 * The books as a journal for hledger. It stands by itself: accounts are declared, what they had before the first day
 * is booked first, and at the end each account's balance is asserted, so that `hledger check` refuses a journal from
 * which something is missing.
 *
 * @see https://hledger.org/1.25/hledger.html#journal-format
 */
export async function* hledgerJournal(report: BooksReport): AsyncGenerator<string, void, undefined> {
  const { tenant, period, range } = report
  yield `; ${tenant.name}: transactions ${range.after + 1} to ${range.through}, ${period.from} to ${period.to}
; Amounts are positive for debits. Holds move nothing until they are posted: they are comments.
decimal-mark .
${CURRENCIES.map((currency) => `commodity 1000.00 ${currency}\n`).join('')}account ${OPENING_ACCOUNT}  ; type:E
`
  if (range.after > 0) {
    for await (const balances of report.balances(range.after)) yield opening(balances, period.from)
  }
  for await (const page of report.journal()) yield page.transactions.map((each) => entry(each, page, report)).join('')
  for await (const balances of report.balances(range.through)) yield assertions(balances, report)
}

/** Wallets' currencies. */
const CURRENCIES = ['GTQ', 'HNL', 'USD'] as const

const TYPES = { A: 'A', L: 'L', E: 'E', I: 'R' } as const

const declared = (account: JournalAccount): string => {
  const name = accountName(account)
  return `account ${name}  ; type:${TYPES[name.charAt(0) as keyof typeof TYPES]}\n`
}

function opening(balances: readonly AccountBalance[], date: string): string {
  const postings = balances
    .filter((balance) => !isZero(signedBalance(balance)))
    .flatMap((balance) => {
      const amount = signedBalance(balance)
      return [
        posting(accountName(balance), amount, balance.currency),
        posting(OPENING_ACCOUNT, opposite(amount), balance.currency),
      ]
    })
  const booked = postings.length === 0 ? '' : `\n${date} * Opening balances\n${postings.join('')}`
  return balances.map(declared).join('') + booked
}

function entry(transaction: JournalTransaction, { accounts }: JournalPage, { tenant }: BooksReport): string {
  const { transactionId, sequence, time, purpose, references } = transaction
  const date = localDay(time, tenant.timeZone)
  const postings = postingsOf(transaction, accounts)
  const notes = holdNotes(transaction, accounts)
  const opened = transaction.accounts.map(({ id, purpose: opens, normalSide }) =>
    declared({ accountId: id, purpose: opens, normalSide: normalSide as JournalAccount['normalSide'] }),
  )
  if (postings.length === 0) {
    const lines = [`${date} (${sequence}) ${plain(purpose)} ${transactionId} moves no money`, ...notes]
    return `\n${opened.join('')}${lines.map((line) => `; ${line}\n`).join('')}`
  }
  const tags = { transaction: transactionId, sequence: String(sequence), time: time.toISOString(), ...references }
  return [
    `\n${opened.join('')}${date} * (${sequence}) ${plain(purpose)}\n`,
    ...Object.entries(tags).map(([name, value]) => `    ; ${plain(name)}:${tagValue(value)}\n`),
    ...notes.map((note) => `    ; ${note}\n`),
    ...postings.map(({ account, amount, currency }) => posting(account, amount, currency)),
  ].join('')
}

/** Times keep their colons: a tag ends at a comma or at the line's end. */
const tagValue = (value: string): string => value.split(':').map(plain).join(':')

function assertions(balances: readonly AccountBalance[], { period, range }: BooksReport): string {
  const lines = balances.map(
    (balance) => `    ${accountName(balance)}  0 ${balance.currency} = ${signedBalance(balance)} ${balance.currency}\n`,
  )
  return `\n${period.to} * Balances after transaction ${range.through}\n${lines.join('')}`
}

const posting = (account: string, amount: string, currency: string): string => `    ${account}  ${amount} ${currency}\n`
