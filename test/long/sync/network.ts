import { setTimeout as delay } from 'node:timers/promises'
import type { JournalOperation, JournalResult, Pisto, SyncRequest, SyncResults } from '@pisto/sdk'
import type { Draws } from '../../seeded.ts'
import type { Oracle, Told } from './oracle.ts'

/** No signal: nobody knows whether it arrived. */
export class NoSignal extends Error {
  override readonly name = 'NoSignal'
}

/** How often, in a thousand pages, what can happen to one happens. */
const FAULTS = { lost: 150, answerLost: 150, doubled: 150, late: 120, cut: 120, shuffled: 300 } as const

/** The server dies in the middle of what it is sent. */
export interface Kill {
  /** Kills it with -9, and starts it again on the same data. */
  server(): Promise<void>
  readonly oneIn: number
  readonly draws: Draws
}

const KILLED_WITHIN_MS = 60

/** A network between devices and a server that loses, doubles, delays, cuts and reorders pages. */
export class Network {
  readonly #client: Pisto
  readonly #oracle: Oracle
  readonly #draws: Draws
  readonly #kill: Kill | undefined
  #late: SyncRequest[] = []
  isFaulty = true
  /** What the server and the model say differently. */
  readonly faults: string[] = []
  readonly counts: Record<keyof typeof FAULTS | 'delivered' | 'killed', number>

  constructor(client: Pisto, oracle: Oracle, draws: Draws, kill?: Kill) {
    this.#client = client
    this.#oracle = oracle
    this.#draws = draws
    this.#kill = kill
    this.counts = { lost: 0, answerLost: 0, doubled: 0, late: 0, cut: 0, shuffled: 0, delivered: 0, killed: 0 }
  }

  readonly sync = { send: (page: SyncRequest): Promise<SyncResults> => this.#send(page) }

  async #send(page: SyncRequest): Promise<SyncResults> {
    if (this.#happens('lost')) throw new NoSignal()
    if (this.#happens('late')) {
      this.#late.push(page) // arrives some time; the device hears nothing
      throw new NoSignal()
    }
    if (this.#happens('cut')) {
      const [first = 0, second = 0] = [this.#draws.below(page.operations.length), this.#draws.below(100)]
      const some = page.operations.slice(first, first + 1 + second)
      await this.#deliver({ ...page, operations: some })
      throw new NoSignal()
    }
    if (this.#happens('doubled')) await this.#deliver(page)
    const results = await this.#deliver(this.#happens('shuffled') ? this.#shuffled(page) : page)
    if (this.#happens('answerLost')) throw new NoSignal()
    return results
  }

  /** Delivers what was held up: after what was sent later. */
  async deliverLate(all: boolean): Promise<void> {
    const arriving = all ? this.#late : this.#late.splice(this.#draws.below(this.#late.length + 1), 1)
    if (all) this.#late = []
    for (const page of arriving) await this.#deliver(page)
  }

  async #deliver(page: SyncRequest): Promise<SyncResults> {
    this.counts.delivered++
    const answer = await this.#answered(page)
    for (const { id, objectId, outcome } of answer.results) if (outcome === 'done') this.#oracle.learn(id, objectId)
    const told = this.#oracle.apply(page.operations, answer.results)
    for (const [index, result] of answer.results.entries()) {
      const operation = page.operations[index] as JournalOperation
      const fault = difference(operation, result, told.get(operation.id) as Told)
      if (fault !== undefined) this.faults.push(fault)
    }
    return answer
  }

  /** What was decided before the server died is answered as it was, and the rest is decided now. */
  async #answered(page: SyncRequest): Promise<SyncResults> {
    if (this.#kill === undefined || !this.#kill.draws.oneIn(this.#kill.oneIn)) return this.#client.sync.send(page)
    this.counts.killed++
    const sending = this.#client.sync.send(page).catch(() => undefined)
    await delay(this.#kill.draws.below(KILLED_WITHIN_MS))
    await this.#kill.server()
    await sending
    return this.#client.sync.send(page)
  }

  #happens(fault: keyof typeof FAULTS): boolean {
    const happens = this.isFaulty && this.#draws.below(1000) < FAULTS[fault]
    if (happens) this.counts[fault]++
    return happens
  }

  #shuffled(page: SyncRequest): SyncRequest {
    const operations = [...page.operations]
    for (let at = operations.length - 1; at > 0; at--) {
      const other = this.#draws.below(at + 1)
      ;[operations[at], operations[other]] = [operations[other], operations[at]] as [JournalOperation, JournalOperation]
    }
    return { ...page, operations }
  }
}

/** @returns What a result says other than the model; undefined: nothing. */
function difference(operation: JournalOperation, result: JournalResult, told: Told): string | undefined {
  const said = {
    outcome: result.outcome,
    code: result.problem?.code,
    kind: result.conflict?.kind,
    theirs: result.conflict?.registrationId,
    choices: result.conflict?.choices.join(),
    objectId: told.objectId === 'new' ? 'new' : (result.objectId ?? undefined),
  }
  const expected = {
    outcome: told.outcome,
    code: told.code,
    kind: told.conflict?.kind,
    theirs: told.conflict?.registrationId,
    choices: told.conflict?.choices.join(),
    objectId: told.objectId,
  }
  const [server, model] = [said, expected].map((each) => JSON.stringify(each))
  return server === model ? undefined : `${operation.kind} ${operation.sequence}: server ${server}, model ${model}`
}
