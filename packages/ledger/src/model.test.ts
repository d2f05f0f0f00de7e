import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import type { Ledger } from './ledger.ts'
import { type Decided, KeyReused, type TransferPlan } from './model.ts'
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
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const WALLETS = 3
const START_CENTAVOS = 500n

/** What a caller may do next. Wallets, holds and keys are named by number. */
type Step = { readonly process: number } & (
  | { readonly do: 'post'; readonly from: number; readonly to: number; readonly centavos: bigint; readonly key: number }
  | {
      readonly do: 'hold'
      readonly from: number
      readonly to: number
      readonly centavos: bigint
      readonly seconds: number
    }
  | { readonly do: 'postHold'; readonly hold: number; readonly centavos: bigint }
  | { readonly do: 'voidHold'; readonly hold: number }
  | { readonly do: 'pass'; readonly seconds: number }
)

const wallet = fc.nat({ max: WALLETS - 1 })
const centavos = fc.bigInt(1n, 400n)
const process = fc.nat({ max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      process,
      from: wallet,
      to: wallet,
      centavos,
      key: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      process,
      from: wallet,
      to: wallet,
      centavos,
      seconds: fc.integer({ min: 1, max: 90 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('postHold' as const), process, hold: fc.nat({ max: 6 }), centavos }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('voidHold' as const), process, hold: fc.nat({ max: 6 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pass' as const), process, seconds: fc.integer({ min: 1, max: 60 }) }),
  },
)

interface ModelHold {
  readonly from: number
  readonly to: number
  readonly centavos: bigint
  readonly expiresAtMs: number
  status: 'pending' | 'posted' | 'voided'
}

/** The plainest thing that could be right. */
class Reference {
  readonly posted = Array.from({ length: WALLETS }, () => START_CENTAVOS)
  readonly holds: ModelHold[] = []
  readonly byKey = new Map<number, { readonly body: string; readonly outcome: string }>()

  available(at: number): bigint {
    const held = this.holds.filter((hold) => hold.status === 'pending' && hold.from === at)
    return held.reduce((rest, hold) => rest - hold.centavos, this.posted[at] ?? 0n)
  }

  /** @returns `ok`, or the code of the refusal. */
  apply(step: Step, nowMs: number): string {
    if (step.do === 'pass') return 'ok'
    if (step.do === 'post' || step.do === 'hold') {
      if (step.from === step.to) return 'same_account'
      if (this.available(step.from) < step.centavos) return 'insufficient_funds'
      if (step.do === 'post') this.#move(step.from, step.to, step.centavos)
      else this.holds.push({ ...step, expiresAtMs: nowMs + step.seconds * 1000, status: 'pending' })
      return 'ok'
    }
    const hold = this.holds[step.hold]
    if (hold === undefined) return 'hold_not_found'
    if (hold.status !== 'pending') return 'hold_resolved'
    if (step.do === 'voidHold') {
      hold.status = 'voided'
      return 'ok'
    }
    if (nowMs >= hold.expiresAtMs) return 'hold_expired'
    if (step.centavos > hold.centavos) return 'hold_exceeded'
    hold.status = 'posted'
    this.#move(hold.from, hold.to, step.centavos)
    return 'ok'
  }

  #move(from: number, to: number, amount: bigint): void {
    this.posted[from] = (this.posted[from] ?? 0n) - amount
    this.posted[to] = (this.posted[to] ?? 0n) + amount
  }
}

const text = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`

class Subject {
  readonly #books: TestBooks
  readonly #ledgers: readonly Ledger[]
  readonly #wallets: readonly string[]
  readonly #holds: string[] = []

  constructor(books: TestBooks, wallets: readonly string[]) {
    this.#books = books
    this.#ledgers = [books.ledger, books.another()]
    this.#wallets = wallets
  }

  async apply(step: Step): Promise<string> {
    if (step.do === 'pass') {
      this.#books.clock.advance(step.seconds)
      return 'ok'
    }
    const transfer = this.#transfer(step)
    const ledger = this.#ledgers[step.process] ?? this.#books.ledger
    const key = step.do === 'post' ? `key-${step.key}` : undefined
    const request = { ...aRequest(this.#books.tenantId, key), bodyHash: new TextEncoder().encode(bodyOf(step)) }
    try {
      const outcome = outcomeOf(await ledger.decide(request, () => transferPlan(transfer)))
      if (step.do === 'hold' && outcome === 'ok' && transfer.kind === 'pending') this.#holds.push(transfer.holdId)
      return outcome
    } catch (error) {
      if (error instanceof KeyReused) return 'key_reused'
      throw error
    }
  }

  async balances(): Promise<{ posted: string; available: string }[]> {
    const views = await Promise.all(this.#wallets.map((id) => this.#books.ledger.findAccount(this.#books.tenantId, id)))
    return views.map((view) => ({ posted: view?.posted.amount ?? '', available: view?.available.amount ?? '' }))
  }

  #transfer(step: Exclude<Step, { do: 'pass' }>): TransferPlan {
    if (step.do === 'post' || step.do === 'hold') {
      const [debit = '', credit = ''] = [this.#wallets[step.from], this.#wallets[step.to]]
      const amount = quetzales(text(step.centavos))
      if (step.do === 'post') return { kind: 'posted', debit, credit, amount }
      const expiresAt = new Date(this.#books.clock.now().getTime() + step.seconds * 1000)
      return { kind: 'pending', holdId: randomIds.next('hld'), debit, credit, amount, expiresAt }
    }
    const holdId = this.#holds[step.hold] ?? randomIds.next('hld')
    if (step.do === 'voidHold') return { kind: 'voidPending', holdId }
    return { kind: 'postPending', holdId, amount: quetzales(text(step.centavos)) }
  }
}

const bodyOf = (step: Step): string =>
  JSON.stringify(step, (name, value) =>
    name === 'process' ? undefined : typeof value === 'bigint' ? String(value) : value,
  )

const outcomeOf = (decided: Decided<unknown>): string => (decided.ok ? 'ok' : decided.refusal.code)

/** The reference's outcome; a key that was decided gives its first one, or says that it was reused. */
function expectedOf(reference: Reference, one: Step, nowMs: number): string {
  if (one.do !== 'post') return reference.apply(one, nowMs)
  const known = reference.byKey.get(one.key)
  if (known) return known.body === bodyOf(one) ? known.outcome : 'key_reused'
  const outcome = reference.apply(one, nowMs)
  reference.byKey.set(one.key, { body: bodyOf(one), outcome })
  return outcome
}

it('two processes agree with the plainest thing that could be right, step by step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const books = await openTestBooks(db)
      const wallets = await Promise.all(Array.from({ length: WALLETS }, () => aWallet(books, text(START_CENTAVOS))))
      const subject = new Subject(books, wallets)
      const reference = new Reference()

      for (const one of steps) {
        const expected = expectedOf(reference, one, books.clock.now().getTime())
        expect(await subject.apply(one), JSON.stringify(bodyOf(one))).toBe(expected)
      }

      expect(await subject.balances()).toEqual(
        reference.posted.map((posted, at) => ({ posted: text(posted), available: text(reference.available(at)) })),
      )
      expect((await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })).findings).toEqual([])
    }),
    { numRuns: 25 },
  )
}, 120_000)
