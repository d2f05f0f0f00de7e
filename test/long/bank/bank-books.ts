import type { Database } from '@pisto/ledger'
import type { Draws } from '../../seeded.ts'
import { centavos, type LongBooks, openLongBooks } from '../long-books.ts'
import { at, type BankAccount, type BankLimits, type Leg } from './bank-reference.ts'

const WALLETS = 100
const START_MINOR = 1_000_00n
const CURRENCIES = ['GTQ', 'USD'] as const

/** Of every group; some have two wallets. */
const LIMITS: BankLimits = { outSingle: 100_00n, outDay: 150_00n, inMonth: 60_000_00n, balance: 1_100_00n }

/** Moves when told to: the days of a bank pass with its transfers. Ends a month early on. */
class BankClock {
  #nowMs = Date.parse('2026-01-30T12:00:00.000Z')
  now(): Date {
    return new Date(this.#nowMs)
  }
  pass(ms: number): void {
    this.#nowMs += ms
  }
}

/** Guatemala has had UTC-6 without summer time since 2006. */
export const dayOf = (time: Date): string => new Date(time.getTime() - 6 * 3_600_000).toISOString().slice(0, 10)

export interface BankBooks extends LongBooks {
  readonly clock: BankClock
  readonly accounts: readonly BankAccount[]
  readonly limits: readonly BankLimits[]
  /** Id of each account, by its number. */
  readonly accountIds: readonly string[]
  readonly numberOf: ReadonlyMap<string, number>
  /** What each wallet began with, by its sequence. */
  readonly funded: readonly { readonly sequence: number; readonly leg: Leg }[]
}

/** Wallets first, in turns of both currencies; then one cash account for each currency. */
export async function openBankBooks(db: Database): Promise<BankBooks> {
  const clock = new BankClock()
  const books = await openLongBooks(db, clock)
  const groupIds = Array.from({ length: WALLETS / 4 }, () => books.ids.next('lgr'))
  const accounts: BankAccount[] = Array.from({ length: WALLETS }, (_, n) => ({
    currency: at(CURRENCIES, n % 2),
    isCash: false,
    group: n < groupIds.length ? n : n >= WALLETS / 2 && n < WALLETS / 2 + 10 ? n - WALLETS / 2 : undefined,
  }))
  for (const currency of CURRENCIES) accounts.push({ currency, isCash: true, group: undefined })
  const accountIds = accounts.map(() => books.ids.next('acc'))
  const limit = {
    out: { single: centavos(LIMITS.outSingle), day: centavos(LIMITS.outDay) },
    in: { month: centavos(LIMITS.inMonth) },
    balance: centavos(LIMITS.balance),
  }
  await books.ledger.decide(books.request('open'), () => ({
    purpose: 'bank.opened',
    limitGroups: groupIds.map((groupId, n) => ({
      ...{ groupId, ownerId: null, policyVersion: 'bank', limits: limit },
      currency: at(CURRENCIES, n % 2),
    })),
    accounts: accounts.map(({ currency, isCash, group }, n) => ({
      ...{ accountId: at(accountIds, n), ownerId: null, currency, noOverdraft: !isCash },
      purpose: isCash ? 'cash' : 'wallet',
      normalSide: isCash ? 'debit' : 'credit',
      limitGroupIds: group === undefined ? [] : [at(groupIds, group)],
    })),
    answer: null,
  }))
  const funded = []
  for (let to = 0; to < WALLETS; to++) {
    const leg = { from: WALLETS + (to % 2), to, minor: START_MINOR }
    const [debit, credit] = [at(accountIds, leg.from), at(accountIds, to)]
    const amount = { amount: centavos(leg.minor), currency: at(accounts, to).currency }
    const decided = await books.ledger.decide(books.request(`fund-${to}`), () => ({
      purpose: 'bank.funded',
      transfers: [{ kind: 'posted', debit, credit, amount, uncounted: true }],
      answer: ({ sequence }) => ({ sequence }),
    }))
    if (!decided.ok) throw new Error(`a wallet was not funded: ${decided.refusal.code}`)
    funded.push({ sequence: decided.answer.sequence, leg })
  }
  const numberOf = new Map(accountIds.map((id, n) => [id, n]))
  return { ...books, clock, accounts, limits: groupIds.map(() => LIMITS), accountIds, numberOf, funded }
}

/** One payment, or two that happen together; some ask for more than anybody has. */
export function randomLegs(random: Draws): readonly Leg[] {
  const first = randomLeg(random)
  return random.oneIn(8) ? [first, randomLeg(random)] : [first]
}

function randomLeg(random: Draws): Leg {
  const from = random.below(WALLETS)
  const to = (from + 2 * (1 + random.below(WALLETS / 2 - 1))) % WALLETS // another one of the same currency
  return { from, to, minor: BigInt(1 + random.below(random.oneIn(10) ? 200_000 : 5_000)) }
}
