/** Of one wallet's owner, in minor units. */
export interface BankLimits {
  readonly outSingle: bigint
  readonly outDay: bigint
  readonly inMonth: bigint
  readonly balance: bigint
}

/** A wallet by its number; the bank's cash accounts, one a currency, have no group and may lend without end. */
export interface BankAccount {
  readonly currency: string
  readonly isCash: boolean
  /** Number of the owner's group; undefined: not limited. */
  readonly group: number | undefined
}

export interface Leg {
  readonly from: number
  readonly to: number
  readonly minor: bigint
}

/** An account's running sums. */
export interface Sums {
  debits: bigint
  credits: bigint
}

export interface ReferenceEntry extends Readonly<Sums> {
  readonly account: number
  readonly position: number
  readonly side: 'debit' | 'credit'
  readonly minor: bigint
}

export interface ReferenceRefusal {
  readonly code: string
  readonly facts: Readonly<Record<string, string>>
}

type Flows = Map<string, bigint>

/**
 * The bank's books in the plainest way that a million transfers allow: sums by account, and by group for each day and
 * month. It shares nothing with the ledger.
 */
export class BankReference {
  readonly #accounts: readonly BankAccount[]
  readonly #limits: readonly BankLimits[]
  readonly #text: (minor: bigint) => string
  readonly sums: readonly Sums[]
  readonly #out: readonly Flows[]
  readonly #in: readonly Flows[]

  constructor(accounts: readonly BankAccount[], limits: readonly BankLimits[], text: (minor: bigint) => string) {
    this.#accounts = accounts
    this.#limits = limits
    this.#text = text
    this.sums = accounts.map(() => ({ debits: 0n, credits: 0n }))
    this.#out = limits.map(() => new Map())
    this.#in = limits.map(() => new Map())
  }

  balance(account: number): bigint {
    const { debits, credits } = at(this.sums, account)
    return at(this.#accounts, account).isCash ? debits - credits : credits - debits
  }

  /** Moves money that no limit counts: what the wallets begin with. */
  fund(leg: Leg): readonly ReferenceEntry[] {
    return this.#move(leg, 0)
  }

  /** All legs or none. @returns The entries, or why nothing happens; then nothing has changed. */
  apply(legs: readonly Leg[], day: string): readonly ReferenceEntry[] | ReferenceRefusal {
    const entries: ReferenceEntry[] = []
    const done: Leg[] = []
    for (const [position, leg] of legs.entries()) {
      const refusal = this.#refusal(leg, day)
      if (refusal) {
        this.#undo(done, day)
        return refusal
      }
      entries.push(...this.#move(leg, position))
      this.#count(leg, day)
      done.push(leg)
    }
    return entries
  }

  /** Why the legs would be refused now; undefined: they would happen. Changes nothing. */
  refusalOf(legs: readonly Leg[], day: string): ReferenceRefusal | undefined {
    const outcome = this.apply(legs, day)
    if ('code' in outcome) return outcome
    this.#undo(legs, day)
    return undefined
  }

  #undo(legs: readonly Leg[], day: string): void {
    for (const { from, to, minor } of legs) {
      at(this.sums, from).debits -= minor
      at(this.sums, to).credits -= minor
      this.#count({ from, to, minor: -minor }, day)
    }
  }

  #refusal({ from, to, minor }: Leg, day: string): ReferenceRefusal | undefined {
    const { group: payer, currency } = at(this.#accounts, from)
    const { group: payee } = at(this.#accounts, to)
    const common = { currency, policyVersion: 'bank' }
    if (payer !== undefined && payer !== payee) {
      const limits = at(this.#limits, payer)
      const used = at(this.#out, payer).get(day) ?? 0n
      for (const [limit, allowed, before, period] of [
        ['single', limits.outSingle, 0n, {}],
        ['day', limits.outDay, used, { period: day }],
      ] as const) {
        if (before + minor <= allowed) continue
        const left = allowed > before ? allowed - before : 0n
        const facts = { limit, ...common, allowed: this.#text(allowed), remaining: this.#text(left), ...period }
        return { code: 'limit_exceeded', facts }
      }
    }
    if (payee !== undefined && payer !== payee) {
      const limits = at(this.#limits, payee)
      const code = 'receiving_limit_exceeded'
      const received = at(this.#in, payee).get(day.slice(0, 7)) ?? 0n
      if (received + minor > limits.inMonth) return { code, facts: { limit: 'month', ...common } }
      if (this.#held(payee) + minor > limits.balance) return { code, facts: { limit: 'balance', ...common } }
    }
    const available = this.balance(from)
    if (at(this.#accounts, from).isCash || available >= minor) return undefined
    return { code: 'insufficient_funds', facts: { account: String(from), available: this.#text(available), currency } }
  }

  /** What the accounts of a group hold together. */
  #held(group: number): bigint {
    return this.#accounts.reduce((sum, account, n) => (account.group === group ? sum + this.balance(n) : sum), 0n)
  }

  #count({ from, to, minor }: Leg, day: string): void {
    const [payer, payee] = [at(this.#accounts, from).group, at(this.#accounts, to).group]
    if (payer === payee) return
    if (payer !== undefined) add(at(this.#out, payer), day, minor)
    if (payee !== undefined) add(at(this.#in, payee), day.slice(0, 7), minor)
  }

  #move({ from, to, minor }: Leg, position: number): readonly ReferenceEntry[] {
    const [payer, payee] = [at(this.sums, from), at(this.sums, to)]
    payer.debits += minor
    payee.credits += minor
    return [
      { account: from, position, side: 'debit', minor, ...payer },
      { account: to, position, side: 'credit', minor, ...payee },
    ]
  }
}

const add = (flows: Flows, period: string, minor: bigint): void => {
  flows.set(period, (flows.get(period) ?? 0n) + minor)
}

/** @throws {RangeError} there is none */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`there is no number ${index} of ${items.length}`)
  return item
}
