import type { AccountPurpose } from '@pisto/contract'
import type { AccountBalance, JournalAccount, JournalTransaction } from '@pisto/ledger'

/** The five kinds of accounts that every plain-text accounting tool knows by these names. */
type Root = 'Assets' | 'Liabilities' | 'Equity' | 'Income' | 'Expenses'

/** Where each purpose of the chart of accounts stands (docs/concepts/chart-of-accounts.md). */
const ROOTS: Readonly<Record<AccountPurpose, Root>> = {
  merchantWallet: 'Liabilities',
  consumerWallet: 'Liabilities',
  settlement: 'Assets',
  feeIncome: 'Income',
  suspense: 'Liabilities',
  exchange: 'Equity',
  rounding: 'Income',
  sandboxFunding: 'Assets',
}

/** Takes what accounts had before the first day of a report. */
export const OPENING_ACCOUNT = 'Equity:OpeningBalances'

/**
 * An account's name, the same for hledger and beancount: kind, purpose, and the part of its id that tells it apart.
 *
 * @example
 * accountName({ accountId: 'acc_01kb2xbfmze3mv9d0fq0n5x3ck', purpose: 'merchantWallet', normalSide: 'credit' })
 * // 'Liabilities:MerchantWallet:01kb2xbfmze3mv9d0fq0n5x3ck'
 */
export function accountName({ accountId, purpose, normalSide }: JournalAccount): string {
  const fallback: Root = normalSide === 'debit' ? 'Assets' : 'Liabilities'
  const root = isPurpose(purpose) ? ROOTS[purpose] : fallback
  const letters = purpose.replaceAll(/[^A-Za-z0-9]/g, '-')
  return `${root}:${letters.charAt(0).toUpperCase()}${letters.slice(1)}:${accountId.slice(4)}`
}

const isPurpose = (purpose: string): purpose is AccountPurpose => Object.hasOwn(ROOTS, purpose)

/** One account's side of money that was moved. Debits are positive, as both tools have it. */
export interface Posting {
  readonly account: string
  /** Signed decimal string with exactly the currency's digits. */
  readonly amount: string
  readonly currency: string
}

/** Both sides of each transfer that moved money; a hold moves none until it is posted. */
export function postingsOf(
  { transfers }: JournalTransaction,
  accounts: ReadonlyMap<string, JournalAccount>,
): readonly Posting[] {
  return transfers
    .filter(({ kind }) => kind === 'posted' || kind === 'postPending')
    .flatMap(({ debit, credit, amount, currency }) => [
      { account: nameIn(accounts, debit), amount, currency },
      { account: nameIn(accounts, credit), amount: `-${amount}`, currency },
    ])
}

/** What is told of holds, which move nothing: a line each, for comments. */
export function holdNotes(
  { transfers }: JournalTransaction,
  accounts: ReadonlyMap<string, JournalAccount>,
): readonly string[] {
  return transfers.flatMap(({ kind, hold = '', debit, credit, amount, currency, expiresAt }) => {
    const money = `${amount} ${currency} from ${nameIn(accounts, debit)} to ${nameIn(accounts, credit)}`
    if (kind === 'pending') return [`hold ${hold} of ${money} until ${expiresAt}`]
    if (kind === 'postPending') return [`posts hold ${hold}`]
    return kind === 'voidPending' ? [`voids hold ${hold} of ${money}`] : []
  })
}

function nameIn(accounts: ReadonlyMap<string, JournalAccount>, accountId: string): string {
  const account = accounts.get(accountId)
  if (account === undefined) throw new Error(`the journal names ${accountId}, which is no account`)
  return accountName(account)
}

/** An account's balance as both tools sign it: debits less credits. */
export const signedBalance = ({ debitBalance, creditBalance }: AccountBalance): string =>
  /^[0.]+$/.test(creditBalance.amount) ? debitBalance.amount : `-${creditBalance.amount}`

export const isZero = (amount: string): boolean => /^-?[0.]+$/.test(amount)

/** The other sign of an amount. */
export const opposite = (amount: string): string =>
  isZero(amount) ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`

/** Ids and codes as they are; whatever else a text may have is replaced, so that it can end no line and no string. */
export const plain = (text: string): string => text.replaceAll(/[^\w.@+-]/g, '_')
