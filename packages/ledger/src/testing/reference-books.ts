/** Wallets by number. */
interface Parties {
  readonly from: number
  readonly to: number
}

/** What a caller may do next. Holds and transfers are named from the newest back: 0 is the last that was made. */
export type Step = { readonly process: number } & (
  | { readonly do: 'post'; readonly parties: Parties; readonly centavos: bigint; readonly key: number }
  | { readonly do: 'hold'; readonly parties: Parties; readonly centavos: bigint; readonly seconds: number }
  | { readonly do: 'postHold'; readonly hold: number; readonly centavos: bigint }
  | { readonly do: 'voidHold'; readonly hold: number }
  | { readonly do: 'reverse'; readonly transfer: number }
  | { readonly do: 'freeze' | 'unfreeze'; readonly wallet: number }
  | { readonly do: 'limit'; readonly group: number; readonly dayCentavos: bigint }
  | { readonly do: 'merge'; readonly group: number; readonly absorbs: number }
  | { readonly do: 'pass'; readonly seconds: number }
)

interface Hold {
  readonly from: number
  readonly to: number
  readonly centavos: bigint
  readonly expiresAtMs: number
  readonly day: string
  status: 'pending' | 'posted' | 'voided'
}

interface Counted {
  group: number
  readonly direction: 'in' | 'out'
  readonly day: string
  readonly centavos: bigint
}

export interface ReferenceLimits {
  readonly outSingle: bigint
  outDay: bigint
  readonly inMonth: bigint
  readonly balance: bigint
}

export interface ReferenceOptions {
  readonly startCentavos: bigint
  /** The limit group of each wallet. */
  readonly groupOf: readonly number[]
  readonly limits: readonly ReferenceLimits[]
  /** Local day of a moment. */
  readonly dayOf: (ms: number) => string
}

/** The plainest thing that could be right: lists, and sums over all of them. */
export class ReferenceBooks {
  readonly #options: ReferenceOptions
  readonly #posted: bigint[]
  /** The group that each group is part of. */
  readonly #partOf: number[]
  /** By the group that they are part of. */
  readonly #inForce: ReferenceLimits[]
  readonly #frozen = new Set<number>()
  readonly #counted: Counted[] = []
  readonly #transfers: {
    readonly from: number
    readonly to: number
    readonly centavos: bigint
    isReversed: boolean
  }[] = []
  readonly #holds: Hold[] = []

  constructor(options: ReferenceOptions) {
    this.#options = options
    this.#posted = options.groupOf.map(() => options.startCentavos)
    this.#partOf = [...options.limits.keys()]
    this.#inForce = options.limits.map((limits) => ({ ...limits }))
  }

  balances(): { posted: bigint; available: bigint }[] {
    return this.#posted.map((posted, at) => ({ posted, available: this.#available(at) }))
  }

  /** @returns `ok`, or the code of the refusal. */
  apply(step: Step, nowMs: number): string {
    switch (step.do) {
      case 'pass':
        return 'ok'
      case 'freeze':
        this.#frozen.add(step.wallet)
        return 'ok'
      case 'unfreeze':
        this.#frozen.delete(step.wallet)
        return 'ok'
      case 'limit':
        this.#writtenOf(step.group).outDay = step.dayCentavos
        return this.#set(step.group)
      case 'merge':
        this.#set(step.group)
        return this.#merge(this.#partOf[step.absorbs] ?? -1, this.#partOf[step.group] ?? -1)
      case 'post':
      case 'hold':
        return this.#transfer(step, nowMs)
      case 'reverse':
        return this.#reverse(step.transfer)
      default:
        return this.#resolve(step, nowMs)
    }
  }

  #set(group: number): string {
    this.#inForce[this.#partOf[group] ?? -1] = { ...this.#writtenOf(group) }
    return 'ok'
  }

  #merge(from: number, into: number): string {
    for (const [group, whole] of this.#partOf.entries()) if (whole === from) this.#partOf[group] = into
    for (const one of this.#counted) if (one.group === from) one.group = into
    return 'ok'
  }

  #transfer(step: Step & { do: 'post' | 'hold' }, nowMs: number): string {
    const { centavos } = step
    const { from, to } = step.parties
    if (from === to) return 'same_account'
    if (this.#frozen.has(from)) return 'account_frozen'
    const day = this.#options.dayOf(nowMs)
    const limited = this.#limited(from, to, centavos, day)
    if (limited) return limited
    if (this.#available(from) < centavos) return 'insufficient_funds'
    if (this.#groupOf(from) !== this.#groupOf(to)) {
      this.#counted.push({ group: this.#groupOf(from), direction: 'out', day, centavos })
      this.#counted.push({ group: this.#groupOf(to), direction: 'in', day, centavos })
    }
    if (step.do === 'hold') {
      this.#holds.push({ from, to, centavos, day, expiresAtMs: nowMs + step.seconds * 1000, status: 'pending' })
    } else {
      this.#move(from, to, centavos)
      this.#transfers.push({ from, to, centavos, isReversed: false })
    }
    return 'ok'
  }

  #limited(from: number, to: number, centavos: bigint, day: string): string | undefined {
    const [payer, payee] = [this.#groupOf(from), this.#groupOf(to)]
    if (payer === payee) return undefined
    const out = this.#limitsOf(payer)
    if (centavos > out.outSingle) return 'limit_exceeded'
    if (this.#sum(payer, 'out', (counted) => counted === day) + centavos > out.outDay) return 'limit_exceeded'
    const into = this.#limitsOf(payee)
    const isThisMonth = (counted: string) => counted.slice(0, 7) === day.slice(0, 7)
    if (this.#sum(payee, 'in', isThisMonth) + centavos > into.inMonth) return 'receiving_limit_exceeded'
    if (this.#held(payee) + centavos > into.balance) return 'receiving_limit_exceeded'
    return undefined
  }

  #resolve(step: Step & { do: 'postHold' | 'voidHold' }, nowMs: number): string {
    const hold = this.#holds.at(-1 - step.hold)
    if (hold === undefined) return 'hold_not_found'
    if (hold.status !== 'pending') return 'hold_resolved'
    if (step.do === 'postHold') {
      if (nowMs >= hold.expiresAtMs) return 'hold_expired'
      if (step.centavos > hold.centavos) return 'hold_exceeded'
      this.#move(hold.from, hold.to, step.centavos)
    }
    hold.status = step.do === 'postHold' ? 'posted' : 'voided'
    this.#giveBack(hold, hold.centavos - (step.do === 'postHold' ? step.centavos : 0n), this.#options.dayOf(nowMs))
    return 'ok'
  }

  /** Only while the day, or the month, that the hold was counted in is still running. */
  #giveBack({ from, to, day }: Hold, centavos: bigint, today: string): void {
    const [payer, payee] = [this.#groupOf(from), this.#groupOf(to)]
    if (payer === payee || day.slice(0, 7) !== today.slice(0, 7)) return
    this.#counted.push({ group: payer, direction: 'out', day, centavos: -centavos })
    this.#counted.push({ group: payee, direction: 'in', day, centavos: -centavos })
  }

  #reverse(at: number): string {
    const transfer = this.#transfers.at(-1 - at)
    if (transfer === undefined) return 'transaction_not_found'
    if (transfer.isReversed) return 'transaction_reversed'
    const { from, to, centavos } = transfer
    if (this.#frozen.has(to)) return 'account_frozen'
    if (this.#available(to) < centavos) return 'insufficient_funds'
    this.#move(to, from, centavos)
    transfer.isReversed = true
    return 'ok'
  }

  #available(at: number): bigint {
    const held = this.#holds.filter((hold) => hold.status === 'pending' && hold.from === at)
    return held.reduce((rest, hold) => rest - hold.centavos, this.#posted[at] ?? 0n)
  }

  /** What a group has, with what is still coming in. */
  #held(group: number): bigint {
    const wallets = [...this.#options.groupOf.keys()].filter((at) => this.#groupOf(at) === group)
    const coming = this.#holds.filter((hold) => hold.status === 'pending' && wallets.includes(hold.to))
    return wallets.reduce((sum, at) => sum + (this.#posted[at] ?? 0n), 0n) + total(coming)
  }

  #sum(group: number, direction: 'in' | 'out', isOf: (day: string) => boolean): bigint {
    return total(this.#counted.filter((one) => one.group === group && one.direction === direction && isOf(one.day)))
  }

  #move(from: number, to: number, amount: bigint): void {
    this.#posted[from] = (this.#posted[from] ?? 0n) - amount
    this.#posted[to] = (this.#posted[to] ?? 0n) + amount
  }

  #groupOf(wallet: number): number {
    return this.#partOf[this.#options.groupOf[wallet] ?? -1] ?? -1
  }

  #limitsOf(whole: number): ReferenceLimits {
    const limits = this.#inForce[whole]
    if (limits === undefined) throw new Error(`no group ${whole}`)
    return limits
  }

  /** As they were last written for this group, which may be part of another one. */
  #writtenOf(group: number): ReferenceLimits {
    const limits = this.#options.limits[group]
    if (limits === undefined) throw new Error(`no group ${group}`)
    return limits
  }
}

const total = (counted: readonly { readonly centavos: bigint }[]): bigint =>
  counted.reduce((sum, { centavos }) => sum + centavos, 0n)
