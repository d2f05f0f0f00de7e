import type { Currency } from '@pisto/money/currencies'
import { parseMinor } from '@pisto/money/text'
import type { Entry } from '@pisto/sdk'
import type { ConnectedTenant } from '../connection.ts'
import type { ExpectedAccount, ExpectedBooks, ExpectedEntry } from './expected-books.ts'
import type { Finding } from './findings.ts'

const PAGE = 100

/** What the API says of one account, held against what follows from the leaves. */
export interface AccountComparison {
  readonly entryCount: number
  readonly findings: readonly Finding[]
}

/**
 * Compares an account's entries, their running balances, and its balance.
 * @param size Leaves in the tree: what is newer is not looked at.
 */
export async function compareAccount(
  { client }: ConnectedTenant,
  accountId: string,
  expected: ExpectedAccount & { readonly entries: ReadonlyMap<string, ExpectedEntry> },
  size: number,
): Promise<AccountComparison> {
  const findings: Finding[] = []
  const tell = (leafIndex: number, what: string): void => {
    findings.push({ where: 'entries', leafIndex, message: `account ${accountId}: ${what}` })
  }
  const missing = new Map(expected.entries)
  let entryCount = 0
  for await (const entry of client.accounts.entries(accountId, { limit: PAGE })) {
    if (entry.sequence > size) continue
    entryCount++
    const place = `${entry.sequence}.${entry.index}`
    const difference = differenceOf(entry, missing.get(place))
    if (difference !== undefined) tell(entry.sequence - 1, difference)
    missing.delete(place)
  }
  for (const place of missing.keys()) tell(leafIndexOf(place), 'the entry is missing')

  const { balances } = await client.accounts.get(accountId, { asOf: size })
  const isRight =
    minor(balances.posted) === expected.posted && minor(balances.available) === expected.posted - expected.heldBack
  if (!isRight) tell(leafIndexOf([...expected.entries.keys()].at(-1) ?? '1'), 'the balance is another')
  return { entryCount, findings }
}

/** Accounts that the API has and the log has not. */
export async function findUnknownAccounts(
  { client }: ConnectedTenant,
  books: ExpectedBooks,
  size: number,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for await (const { id, asOfSequence } of client.accounts.list({ limit: PAGE })) {
    if (books.accounts.has(id) || asOfSequence === 0 || asOfSequence > size) continue
    findings.push({ where: 'accounts', leafIndex: asOfSequence - 1, message: `account ${id} is not in the log` })
  }
  return findings
}

const leafIndexOf = (place: string): number => Number.parseInt(place, 10) - 1

function differenceOf(entry: Entry, expected: ExpectedEntry | undefined): string | undefined {
  if (expected === undefined) return 'an entry that the log does not have'
  if (entry.direction !== expected.direction || entry.kind !== expected.kind) return 'another kind of entry'
  if (minor(entry.amount) !== expected.amountMinor) return `the amount is ${entry.amount.amount}`
  if (minor(entry.balanceAfter) !== expected.balanceAfter) return `the balance after it is ${entry.balanceAfter.amount}`
  const isAvailable = minor(entry.availableAfter) === expected.availableAfter
  return isAvailable ? undefined : `what is available after it is ${entry.availableAfter.amount}`
}

const minor = ({ amount, currency }: { readonly amount: string; readonly currency: string }): bigint =>
  parseMinor(amount, currency as Currency)
