import nock from 'nock'
import type { BankCustomer, CoreRefusal } from '../src/core-banking/core-banking.ts'

export const CORE_URL = 'http://core.bank.test'

/** What becomes of one request to the core system, beside being booked or not. */
export type Fault =
  | 'bookedThenLost' // it is booked, and the connection breaks before the answer
  | 'bookedThenSilent' // it is booked, and no answer ever comes
  | 'lost' // the connection breaks before it is booked
  | 'failing' // 500, and nothing is booked

interface Movement {
  readonly kind: 'debit' | 'credit'
  readonly accountNumber: string
  readonly amount: { readonly amount: string }
}

type Reply = [status: number, body: nock.ReplyBody]

/** A part of the path, counted from 1. */
const partOf = ({ url }: Request, index: number): string => new URL(url).pathname.split('/')[index] ?? ''

/**
 * The bank's core system as nock plays it: it keeps the promises of `core-banking.ts` (a reference is booked once, an
 * undone one never), counts what really moves, and fails on command.
 */
export class CoreStub {
  readonly customers = new Map<string, BankCustomer>()
  /** Every request that moves money, in order: `PUT PISTO-…`, `undo PISTO-…`. */
  readonly calls: string[] = []
  /** What really happened to money, in order: `debit 002-1 30.10`, `undo 002-1 30.10`. */
  readonly booked: string[] = []
  /** Taken in order, one for each request. */
  readonly faults: Fault[] = []
  /** Refuses debits while it is set. */
  refusal: CoreRefusal | undefined
  /** Called after a debit was booked, before its answer. */
  afterDebit: (() => Promise<void>) | undefined
  readonly #movements = new Map<string, Movement | undefined>()
  readonly #undone = new Set<string>()

  /** Answers under `CORE_URL` until `nock.cleanAll()`. */
  install(): this {
    const scope = nock(CORE_URL).persist()
    scope.get(/^\/customers\/[^/]+$/).reply((request: Request): Reply => {
      const customer = this.customers.get(partOf(request, 2))
      return customer === undefined ? [404, {}] : [200, { ...customer }]
    })
    scope.put(/^\/movements\/[^/]+$/).reply(async (request: Request) => {
      const [reference, movement] = [partOf(request, 2), (await request.json()) as Movement]
      this.calls.push(`PUT ${reference}`)
      return this.#answer(() => this.#book(reference, movement))
    })
    scope.post(/^\/movements\/[^/]+\/undo$/).reply(async (request: Request) => {
      const reference = partOf(request, 2)
      this.calls.push(`undo ${reference}`)
      return this.#answer(async () => this.#undo(reference))
    })
    return this
  }

  /** As new, but for what was booked. */
  reset(): void {
    this.refusal = undefined
    this.afterDebit = undefined
    for (const list of [this.calls, this.booked, this.faults]) list.length = 0
  }

  async #answer(act: () => Promise<Reply>): Promise<Reply> {
    const fault = this.faults.shift()
    if (fault === 'lost') throw new Error('ECONNRESET')
    if (fault === 'failing') return [500, { message: 'ORA-00060: deadlock detected' }]
    const reply = await act()
    if (fault === 'bookedThenLost') throw new Error('ECONNRESET')
    if (fault === 'bookedThenSilent') await new Promise(() => {})
    return reply
  }

  async #book(reference: string, movement: Movement): Promise<Reply> {
    if (this.#undone.has(reference)) return [422, { code: 'MOVEMENT_UNDONE' }]
    if (this.#movements.has(reference)) return [200, { reference, status: 'booked' }]
    if (this.refusal !== undefined) return [422, { code: this.refusal }]
    this.#movements.set(reference, movement)
    this.booked.push(`${movement.kind} ${movement.accountNumber} ${movement.amount.amount}`)
    if (movement.kind === 'debit') await this.afterDebit?.()
    return [201, { reference, status: 'booked' }]
  }

  #undo(reference: string): Reply {
    const movement = this.#movements.get(reference)
    if (movement !== undefined && !this.#undone.has(reference))
      this.booked.push(`undo ${movement.accountNumber} ${movement.amount.amount}`)
    this.#undone.add(reference)
    return [200, { reference, status: 'undone' }]
  }
}
