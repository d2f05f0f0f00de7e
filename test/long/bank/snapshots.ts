import { toTypeId, toUuid } from '@pisto/ledger'
import type { BankBooks } from './bank-books.ts'
import { at } from './bank-reference.ts'

/** Balances of all accounts at one moment, by their number. */
export interface Snapshot {
  /** The newest that it has. */
  readonly sequence: number
  readonly source: 'sql' | 'asOf'
  readonly balances: readonly bigint[]
}

/** The newest entry of each account, in one statement: one moment of the database. */
export async function readByStatement({ db, tenantId, numberOf, accounts }: BankBooks): Promise<Snapshot> {
  const rows = await db.query<{ account_id: string; sequence: bigint; debits: bigint; credits: bigint }>(
    `select a.account_id, e.sequence, e.debits_posted as debits, e.credits_posted as credits
     from accounts a cross join lateral (
       select * from entries where tenant_id = $1 and account_id = a.account_id
       order by sequence desc, position desc limit 1
     ) e where a.tenant_id = $1`,
    [toUuid(tenantId, 'ten')],
  )
  const balances = accounts.map(() => 0n)
  for (const { account_id, debits, credits } of rows) {
    const account = numberOf.get(toTypeId('acc', account_id))
    if (account === undefined) throw new Error(`an account that nobody opened: ${account_id}`)
    balances[account] = at(accounts, account).isCash ? debits - credits : credits - debits
  }
  return { sequence: Math.max(...rows.map(({ sequence }) => Number(sequence))), source: 'sql', balances }
}

/** The same through the ledger's own reads: one account after another, all as of one sequence. */
export async function readAsOf({ ledger, tenantId, accountIds }: BankBooks, sequence: number): Promise<Snapshot> {
  const balances: bigint[] = []
  for (const id of accountIds) {
    const view = await ledger.findAccount(tenantId, id, sequence)
    if (view === undefined) throw new Error(`there is no account ${id} as of ${sequence}`)
    balances.push(BigInt(view.posted.amount.replace('.', '')))
  }
  return { sequence, source: 'asOf', balances }
}

/** What is wrong with a snapshot by itself: money made or lost, a guarded account below zero. */
export function faultsOf(
  { accounts }: Pick<BankBooks, 'accounts'>,
  { sequence, source, balances }: Snapshot,
): string[] {
  const faults: string[] = []
  const sums = new Map<string, bigint>()
  for (const [account, { currency, isCash }] of accounts.entries()) {
    const balance = at(balances, account)
    sums.set(currency, (sums.get(currency) ?? 0n) + (isCash ? balance : -balance))
    if (!isCash && balance < 0n) faults.push(`${source} ${sequence}: wallet ${account} has ${balance}`)
  }
  for (const [currency, sum] of sums) if (sum !== 0n) faults.push(`${source} ${sequence}: ${currency} sums to ${sum}`)
  return faults
}
