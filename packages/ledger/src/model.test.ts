import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimOnce, findClaims } from './claims.ts'
import type { Database } from './database/index.ts'
import type { Ledger } from './ledger.ts'
import { localDay } from './limits/local-day.ts'
import { type Decided, KeyReused, type Plan, type PlanContext, Refused, type TransferPlan } from './model.ts'
import {
  aRequest,
  aWallet,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
  transferPlan,
} from './testing/books.ts'
import { ReferenceBooks, type ReferenceLimits, type Step } from './testing/reference-books.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const RUNS = 15
const START_CENTAVOS = 500n
/** The first two wallets are one person's; so may the last one turn out to be. */
const GROUP_OF = [0, 0, 1, 2]
const MAY_BE_ONE = [0, 2] as const
const WALLETS = GROUP_OF.length
const DAY_SECONDS = 86_400

const startLimits = (): ReferenceLimits[] => [
  { outSingle: 350n, outDay: 600n, inMonth: 900n, balance: 1_300n },
  { outSingle: 400n, outDay: 700n, inMonth: 1_200n, balance: 1_000n },
  { outSingle: 300n, outDay: 500n, inMonth: 800n, balance: 1_500n },
]

const wallet = fc.nat({ max: WALLETS - 1 })
const centavos = fc.bigInt(1n, 400n)
const process = fc.nat({ max: 1 })
const weighed = <T extends Record<string, unknown>>(weight: number, model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => ({
  weight,
  arbitrary: fc.record({ ...model, process }) as fc.Arbitrary<T & { process: number }>,
})
const is = <const S extends string>(name: S) => fc.constant(name)
const seconds = fc.oneof(
  fc.integer({ min: 1, max: 90 }),
  fc.integer({ min: 1, max: 40 }).map((days) => days * DAY_SECONDS),
)
/** Mostly two different wallets. */
const parties = fc
  .tuple(wallet, fc.constantFrom(0, 1, 1, 1, 2, 2, 2, 3))
  .map(([from, on]) => ({ from, to: (from + on) % WALLETS }))
const step: fc.Arbitrary<Step> = fc.oneof(
  weighed(5, { do: is('post'), parties, centavos, key: fc.nat({ max: 60 }) }),
  weighed(4, { do: is('hold'), parties, centavos, seconds }),
  weighed(2, { do: is('postHold'), hold: fc.nat({ max: 3 }), centavos }),
  weighed(2, { do: is('voidHold'), hold: fc.nat({ max: 3 }) }),
  weighed(1, { do: is('reverse'), transfer: fc.nat({ max: 3 }) }),
  weighed(1, { do: fc.constantFrom('freeze' as const, 'unfreeze' as const), wallet }),
  weighed(1, { do: is('limit'), group: fc.nat({ max: 2 }), dayCentavos: fc.bigInt(0n, 900n) }),
  weighed(1, { do: is('merge'), group: fc.constantFrom(...MAY_BE_ONE), absorbs: fc.constantFrom(...MAY_BE_ONE) }),
  weighed(2, { do: is('pass'), seconds }),
)

const text = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`
const claimReversal = claimOnce('reversal', 'transaction_reversed')

/** The ledger itself, through two processes. */
class Subject {
  readonly #books: TestBooks
  readonly #ledgers: readonly Ledger[]
  readonly #wallets: readonly string[]
  readonly #groups: readonly string[]
  readonly #limits = startLimits()
  readonly #holds: string[] = []
  readonly #transfers: {
    readonly debit: string
    readonly credit: string
    readonly centavos: bigint
    readonly reference: string
  }[] = []

  private constructor(books: TestBooks, groups: readonly string[], wallets: readonly string[]) {
    this.#books = books
    this.#ledgers = [books.ledger, books.another()]
    this.#groups = groups
    this.#wallets = wallets
  }

  static async open(books: TestBooks): Promise<Subject> {
    const groups = startLimits().map(() => randomIds.next('lgr'))
    const subject = new Subject(books, groups, [])
    for (const group of groups.keys()) {
      await books.ledger.decide(aRequest(books.tenantId), () => subject.#limit(group))
    }
    const start = text(START_CENTAVOS)
    const wallets = await Promise.all(GROUP_OF.map((group) => aWallet(books, start, [groups[group] ?? ''])))
    return new Subject(books, groups, wallets)
  }

  async apply(step: Step): Promise<string> {
    if (step.do === 'pass') {
      this.#books.clock.advance(step.seconds)
      return 'ok'
    }
    if (step.do === 'reverse' && this.#transfers.at(-1 - step.transfer) === undefined) return 'transaction_not_found'
    const ledger = this.#ledgers[step.process] ?? this.#books.ledger
    const key = step.do === 'post' ? `key-${step.key}` : undefined
    const request = { ...aRequest(this.#books.tenantId, key), bodyHash: new TextEncoder().encode(bodyOf(step)) }
    const holdId = randomIds.next('hld')
    try {
      const decided = await ledger.decide(request, (context) => this.#plan(step, holdId, context))
      if (decided.ok && !decided.replayed) this.#note(step, holdId)
      return outcomeOf(decided)
    } catch (error) {
      if (error instanceof KeyReused) return 'key_reused'
      throw error
    }
  }

  async balances(): Promise<{ posted: string; available: string }[]> {
    const views = await Promise.all(this.#wallets.map((id) => this.#books.ledger.findAccount(this.#books.tenantId, id)))
    return views.map((view) => ({ posted: view?.posted.amount ?? '', available: view?.available.amount ?? '' }))
  }

  #note(step: Step, holdId: string): void {
    if (step.do === 'hold') this.#holds.push(holdId)
    if (step.do === 'post') this.#transfers.push({ ...this.#parties(step), centavos: step.centavos, reference: holdId })
  }

  async #plan(step: Exclude<Step, { do: 'pass' }>, holdId: string, context: PlanContext): Promise<Plan<unknown>> {
    switch (step.do) {
      case 'freeze':
      case 'unfreeze': {
        const status = step.do === 'freeze' ? 'frozen' : 'open'
        const accountId = this.#wallets[step.wallet] ?? ''
        return { purpose: 'test.changed', changes: [{ accountId, status }], answer: null }
      }
      case 'limit': {
        const limits = this.#limits[step.group]
        if (limits) limits.outDay = step.dayCentavos
        return this.#limit(step.group)
      }
      case 'merge':
        return this.#limit(step.group, this.#groups[step.absorbs])
      case 'reverse':
        return this.#reverse(step.transfer, context)
      default:
        return transferPlan(this.#transfer(step, holdId))
    }
  }

  async #reverse(at: number, { reader }: PlanContext): Promise<Plan<unknown>> {
    const transfer = this.#transfers.at(-1 - at)
    if (transfer === undefined) throw new Error('nothing to reverse')
    const { debit, credit, centavos, reference } = transfer
    const claims = await findClaims(reader, this.#books.tenantId, 'reversal', [reference])
    if (claims.size > 0) throw new Refused('transaction_reversed')
    const back = { kind: 'posted', debit: credit, credit: debit, amount: quetzales(text(centavos)) } as const
    return { ...transferPlan({ ...back, uncounted: true }), companions: [claimReversal.row({ reference })] }
  }

  #limit(group: number, absorbs?: string): Plan<unknown> {
    const { outSingle = 0n, outDay = 0n, inMonth = 0n, balance = 0n } = this.#limits[group] ?? {}
    const limits = {
      out: { single: text(outSingle), day: text(outDay) },
      in: { month: text(inMonth) },
      balance: text(balance),
    }
    const groupId = this.#groups[group] ?? ''
    const plan = { groupId, ownerId: null, currency: 'GTQ', policyVersion: 'test-1', limits, absorbs }
    return { purpose: 'test.limited', limitGroups: [plan], answer: null }
  }

  #transfer(step: Step & { do: 'post' | 'hold' | 'postHold' | 'voidHold' }, newHoldId: string): TransferPlan {
    if (step.do === 'post' || step.do === 'hold') {
      const transfer = { ...this.#parties(step), amount: quetzales(text(step.centavos)) }
      if (step.do === 'post') return { kind: 'posted', ...transfer }
      const expiresAt = new Date(this.#books.clock.now().getTime() + step.seconds * 1000)
      return { kind: 'pending', holdId: newHoldId, ...transfer, expiresAt }
    }
    const holdId = this.#holds.at(-1 - step.hold) ?? newHoldId
    if (step.do === 'voidHold') return { kind: 'voidPending', holdId }
    return { kind: 'postPending', holdId, amount: quetzales(text(step.centavos)) }
  }

  #parties({ parties: { from, to } }: Pick<Step & { do: 'post' }, 'parties'>): { debit: string; credit: string } {
    return { debit: this.#wallets[from] ?? '', credit: this.#wallets[to] ?? '' }
  }
}

const bodyOf = (step: Step): string =>
  JSON.stringify(step, (name, value) =>
    name === 'process' ? undefined : typeof value === 'bigint' ? String(value) : value,
  )

const outcomeOf = (decided: Decided<unknown>): string => (decided.ok ? 'ok' : decided.refusal.code)

/** What keys were first used for, and how that ended. */
class Keys {
  readonly #first = new Map<number, { readonly body: string; readonly outcome: string }>()

  /** The reference's outcome; a key that was decided gives its first one, or says that it was reused. */
  expected(reference: ReferenceBooks, step: Step, nowMs: number): string {
    if (step.do !== 'post') return reference.apply(step, nowMs)
    const known = this.#first.get(step.key)
    if (known) return known.body === bodyOf(step) ? known.outcome : 'key_reused'
    const outcome = reference.apply(step, nowMs)
    this.#first.set(step.key, { body: bodyOf(step), outcome })
    return outcome
  }
}

it('two processes agree with the plainest thing that could be right, step by step', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }), async (steps) => {
      const books = await openTestBooks(db)
      const subject = await Subject.open(books)
      const reference = new ReferenceBooks({
        startCentavos: START_CENTAVOS,
        groupOf: GROUP_OF,
        limits: startLimits(),
        dayOf: (ms) => localDay(new Date(ms), 'America/Guatemala'),
      })
      const keys = new Keys()

      for (const one of steps) {
        const expected = keys.expected(reference, one, books.clock.now().getTime())
        seen.add(expected)
        expect(await subject.apply(one), bodyOf(one)).toBe(expected)
      }

      expect(await subject.balances()).toEqual(
        reference.balances().map(({ posted, available }) => ({ posted: text(posted), available: text(available) })),
      )
      expect((await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })).findings).toEqual([])
    }),
    { numRuns: RUNS },
  )
  // the steps lead where they should: else nothing was compared
  for (const code of ['ok', 'limit_exceeded', 'receiving_limit_exceeded', 'insufficient_funds', 'account_frozen']) {
    expect(seen).toContain(code)
  }
}, 120_000)
