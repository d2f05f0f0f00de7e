import { PistoError } from '@pisto/sdk'
import { CoreOutcomeUnknown } from '../core-banking/core-banking.ts'
import { BankProblem } from '../http/bank-problem.ts'
import type { Log } from '../platform/log.ts'
import type { Journal } from './journal.ts'
import { type Instruction, isSameInstruction, orderIdOf, type PaymentOrder } from './order.ts'
import { isFinished } from './states.ts'
import { type StepDeps, takeStep } from './steps.ts'

/** After an outage there are many, and what comes back is not to be knocked over. */
const RESUMED_AT_ONCE = 16

export interface PaymentOrderDeps extends StepDeps {
  readonly journal: Journal
  readonly log: Log
  /** Whether a new instruction may be begun. @throws {BankProblem} it may not; nothing has happened */
  readonly admit: (instruction: Instruction) => Promise<void>
}

/**
 * Takes payment orders through their steps: record, act, record. Within this process an order is in one pair of hands
 * only; whoever asks for it meanwhile waits for the same.
 */
export class PaymentOrders {
  readonly #deps: PaymentOrderDeps
  readonly #running = new Map<string, Promise<PaymentOrder>>()
  #isStopping = false

  constructor(deps: PaymentOrderDeps) {
    this.#deps = deps
  }

  /**
   * Pays, or goes on with paying. Repeated with its key it tells how that order stands.
   *
   * @returns The order at its end; or where it stands while an outcome is unknown: it is gone on with later.
   * @throws {BankProblem} the instruction may not be begun; `key_reused`: its key belongs to another one
   */
  async place(instruction: Instruction): Promise<PaymentOrder> {
    const order = await this.#inOnePairOfHands(orderIdOf(instruction), instruction)
    if (!isSameInstruction(order, instruction)) throw new BankProblem('key_reused')
    return order
  }

  /** How an order stands; undefined: this customer has none of that id. */
  async find(customerNumber: string, orderId: string): Promise<PaymentOrder | undefined> {
    const order = await this.#deps.journal.find(orderId)
    return order?.customerNumber === customerNumber ? order : undefined
  }

  /** Goes on with every order that is not finished, some side by side; those whose outcome stays unknown stay. */
  async resume(): Promise<void> {
    const orders = await this.#deps.journal.unfinished()
    for (let at = 0; at < orders.length && !this.#isStopping; at += RESUMED_AT_ONCE) {
      const some = orders.slice(at, at + RESUMED_AT_ONCE)
      await Promise.all(some.map((order) => this.#inOnePairOfHands(order.id, order)))
    }
  }

  /** Begins nothing more; resolves when the steps under way are on record. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.allSettled(this.#running.values())
  }

  #inOnePairOfHands(orderId: string, instruction: Instruction): Promise<PaymentOrder> {
    const running = this.#running.get(orderId)
    if (running !== undefined) return running
    const run = this.#run(orderId, instruction).finally(() => this.#running.delete(orderId))
    this.#running.set(orderId, run)
    return run
  }

  async #run(orderId: string, instruction: Instruction): Promise<PaymentOrder> {
    const found = await this.#deps.journal.find(orderId)
    let order = found ?? (await this.#start(orderId, instruction))
    while (!isFinished(order.status) && !this.#isStopping) {
      const next = await this.#try(order)
      if (next === undefined) break
      await this.#deps.journal.record(next, order.status)
      order = next
    }
    return order
  }

  async #start(id: string, instruction: Instruction): Promise<PaymentOrder> {
    const { admit, journal, clock } = this.#deps
    if (this.#isStopping) throw new BankProblem('unavailable')
    await admit(instruction)
    const { customerNumber, accountNumber, qr, amount, key } = instruction
    const asked = { customerNumber, accountNumber, qr, amount, key }
    const startedAt = clock.now().toISOString()
    const order: PaymentOrder = { id, ...asked, status: 'started', startedAt, paymentId: null, refusal: null }
    await journal.record(order, undefined)
    return order
  }

  /** @returns The order after its next step; undefined: what came of the step is not known. */
  async #try(order: PaymentOrder): Promise<PaymentOrder | undefined> {
    const { log } = this.#deps
    const { id: orderId, status } = order
    try {
      const next = await takeStep(this.#deps, order)
      log.info({ orderId, from: status, to: next.status, refusal: next.refusal }, 'payment order moved')
      return next
    } catch (error) {
      if (passes(error)) log.warn({ orderId, status, error }, 'outcome unknown: will be tried again')
      else log.error({ orderId, status, error }, 'outcome unknown: will be tried again, and needs a person')
      return undefined
    }
  }
}

/** What goes away by itself. Else somebody must mend something: a key, an address, this program. */
const passes = (error: unknown): boolean =>
  error instanceof CoreOutcomeUnknown || (error instanceof PistoError && error.retryable)
