import { Frontier } from '@pisto/proof'
import type { CompanionDefinition, CompanionRow, Placed } from './companion.ts'
import type { Row, Statement } from './database/database.ts'
import { type BatchTime, decideEffects, type StateView } from './decide.ts'
import { type Decision, doneDecision, refusedDecision } from './decisions.ts'
import { hashLeaf, leafText, sha256 } from './leaf.ts'
import type { LimitGroupState } from './limits/limit-group.ts'
import { localDay } from './limits/local-day.ts'
import type { LedgerRequest, Plan, Posted, Refusal } from './model.ts'
import type { AccountState, Head, HoldState } from './state.ts'
import { toUuid } from './type-id.ts'
import { batchStatements, type PlacedTransaction } from './write.ts'

/** A request whose plan is known: what it wants, or that it wants nothing. */
export interface Planned {
  readonly request: LedgerRequest
  readonly decisionId: string
  readonly transactionId: string
  readonly wanted: { readonly plan: Plan<unknown> } | { readonly refusal: Refusal }
}

/** How a request ended within the batch. */
export type Ending =
  | { readonly kind: 'decided'; readonly decision: Decision; readonly answer: unknown }
  /** Waits for the next batch: a companion row with the same key travels in this one. */
  | { readonly kind: 'deferred' }
  /** The plan itself is broken: nothing of it is written. */
  | { readonly kind: 'failed'; readonly error: unknown }

/** As canonical JSON has them: the leaf is written quicker then. */
const inOrder = (references: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(references).sort(([a], [b]) => (a < b ? -1 : 1)))

interface CompanionGroup {
  readonly definition: CompanionDefinition<unknown>
  readonly rows: Placed<unknown>[]
  /** Decision id of each row's request. */
  readonly owners: string[]
}

/**
 * Decides planned requests in order on the states at the head and gathers what is to be written. Nothing happens
 * until `statements` are committed; then `head`, `accounts` and `holds` are the new truth.
 */
export class Batch {
  readonly #tenantId: string
  readonly #previous: Head
  readonly #base: StateView
  readonly #time: BatchTime
  readonly #frontier: Frontier
  readonly #accounts = new Map<string, AccountState>()
  readonly #holds = new Map<string, HoldState>()
  readonly #limitGroups = new Map<string, LimitGroupState>()
  readonly #transactions: PlacedTransaction[] = []
  readonly #decisions: Decision[] = []
  #decisionCount = 0
  readonly #companions = new Map<CompanionDefinition<unknown>, CompanionGroup>()
  readonly #keys = new Map<CompanionDefinition<unknown>, Set<string>>()

  constructor(tenantId: string, previous: Head, base: StateView & { readonly timeZone: string }, ledgerTime: Date) {
    this.#tenantId = tenantId
    this.#previous = previous
    this.#base = base
    this.#time = { ledgerTime, day: localDay(ledgerTime, base.timeZone) }
    this.#frontier = Frontier.decode(previous.frontier, sha256)
  }

  get isEmpty(): boolean {
    return this.#decisionCount === 0
  }

  get decisionCount(): number {
    return this.#decisionCount
  }

  get transactionCount(): number {
    return this.#frontier.size - this.#previous.lastSequence // one leaf each
  }

  /** The head that it was decided on. */
  get previous(): Head {
    return this.#previous
  }

  get head(): Head {
    return {
      batchNumber: this.#previous.batchNumber + 1n,
      lastSequence: this.#frontier.size,
      ledgerTime: this.#time.ledgerTime,
      frontier: this.#frontier.encode(),
    }
  }

  get accounts(): ReadonlyMap<string, AccountState> {
    return this.#accounts
  }

  get holds(): ReadonlyMap<string, HoldState> {
    return this.#holds
  }

  get limitGroups(): ReadonlyMap<string, LimitGroupState> {
    return this.#limitGroups
  }

  /** Whether some companion must be asked which rows it took before the commit. */
  get isGuarded(): boolean {
    return [...this.#companions.keys()].some(({ refusal }) => refusal !== undefined)
  }

  decide(planned: Planned): Ending {
    if ('refusal' in planned.wanted) return this.#refuse(planned, planned.wanted.refusal)
    const { plan } = planned.wanted
    const companions = plan.companions ?? []
    if (companions.some((row) => this.#isTaken(row))) return { kind: 'deferred' }
    try {
      const decided = decideEffects(this.#view, plan, this.#time)
      return decided.ok ? this.#post(planned, plan, decided.effects) : this.#refuse(planned, decided.refusal)
    } catch (error) {
      return { kind: 'failed', error }
    }
  }

  /** What is to be written, asked for once: what it was made of is forgotten, long before it is written. */
  statements(): Statement[] {
    const tenant = toUuid(this.#tenantId, 'ten')
    return [
      ...batchStatements({
        tenant,
        previous: this.#previous,
        head: this.head,
        decisions: this.#decisions.splice(0),
        transactions: this.#transactions.splice(0),
        limitGroups: this.#limitGroups,
      }),
      ...[...this.#companions.values()].map(({ definition, rows }) => ({
        sql: definition.sql,
        parameters: [tenant, ...definition.columns(rows)],
      })),
    ]
  }

  /** Requests of which a guard took not all rows, with the guard's code. @param answers Rows of `statements()`. */
  notTaken(answers: readonly Row[][]): Map<string, string> {
    const refused = new Map<string, string>()
    const groups = [...this.#companions.values()]
    for (const [index, { definition, rows, owners }] of groups.entries()) {
      const { refusal, idOf } = definition
      if (refusal === undefined) continue
      const answer = answers[answers.length - groups.length + index] ?? []
      const taken = new Set(answer.map((row) => (idOf ? row['id'] : Number(row['n']))))
      for (const [at, owner] of owners.entries()) {
        const name = idOf ? idOf(rows[at]?.row) : at + 1
        if (!taken.has(name)) refused.set(owner, refusal)
      }
    }
    return refused
  }

  readonly #view: StateView = {
    account: (id) => this.#accounts.get(id) ?? this.#base.account(id),
    hold: (id) => this.#holds.get(id) ?? this.#base.hold(id),
    limitGroup: (id) => this.#limitGroups.get(id) ?? this.#base.limitGroup(id),
  }

  #refuse({ decisionId, request }: Planned, refusal: Refusal): Ending {
    const decision = refusedDecision(decisionId, request.bodyHash, refusal)
    this.#decisions.push(decision)
    this.#decisionCount++
    return { kind: 'decided', decision, answer: refusal }
  }

  #post(planned: Planned, plan: Plan<unknown>, effects: PlacedTransaction['effects']): Ending {
    const { transactionId, decisionId, request } = planned
    const { transfers, opened, changed, limitsSet } = effects
    const told = [transfers, opened, changed, limitsSet, plan.events ?? [], plan.commitments ?? []]
    const takesSequence = told.some((part) => part.length > 0)
    const sequence = takesSequence ? this.#frontier.size + 1 : 0
    const posted: Posted = { transactionId, sequence, ledgerTime: this.#time.ledgerTime }
    const answer =
      typeof plan.answer === 'function' ? (plan.answer as (posted: Posted) => unknown)(posted) : plan.answer
    const decision = doneDecision(decisionId, request.bodyHash, answer)
    if (takesSequence) this.#place(plan, posted, effects)

    for (const [id, state] of effects.accounts) this.#accounts.set(id, state)
    for (const [id, state] of effects.holds) this.#holds.set(id, state)
    for (const [id, state] of effects.limitGroups) this.#limitGroups.set(id, state)
    for (const row of plan.companions ?? []) this.#accompany(row, posted, decisionId)
    this.#decisions.push(decision)
    this.#decisionCount++
    return { kind: 'decided', decision, answer }
  }

  #place(plan: Plan<unknown>, { transactionId, sequence }: Posted, effects: PlacedTransaction['effects']): void {
    const leaf = leafText({
      accounts: effects.opened,
      ...(effects.changed.length > 0 && { changes: effects.changed }),
      commitments: plan.commitments ?? [],
      events: (plan.events ?? []).map(({ objectId, status, type }) => ({ objectId, status, type })),
      id: transactionId,
      ...(effects.limitsSet.length > 0 && { limitGroups: effects.limitsSet }),
      purpose: plan.purpose,
      references: inOrder(plan.references ?? {}),
      sequence,
      tenant: this.#tenantId,
      time: this.#time.ledgerTime.toISOString(),
      transfers: effects.transfers,
      v: 1,
    })
    const leafHash = hashLeaf(leaf)
    this.#frontier.append(leafHash)
    this.#transactions.push({ transactionId, sequence, leaf, leafHash, accountPlans: plan.accounts ?? [], effects })
  }

  #isTaken({ companion, row }: CompanionRow): boolean {
    return companion.key !== undefined && (this.#keys.get(companion)?.has(companion.key(row)) ?? false)
  }

  #accompany({ companion, row }: CompanionRow, posted: Posted, owner: string): void {
    const group = this.#companions.get(companion) ?? { definition: companion, rows: [], owners: [] }
    this.#companions.set(companion, group)
    group.rows.push({ row, posted })
    group.owners.push(owner)
    if (companion.key === undefined) return
    const keys = this.#keys.get(companion) ?? new Set()
    this.#keys.set(companion, keys.add(companion.key(row)))
  }
}
