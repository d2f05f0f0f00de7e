import { parseMinor } from '@pisto/money/text'
import type { Money } from '@pisto/sdk'
import express, { type Express, type Response } from 'express'
import type { BankCustomer, CoreRefusal } from '../core-banking/core-banking.ts'

/** A customer with what is on each account, in the same order as `accountNumbers`. */
export interface SimulatedCustomer extends BankCustomer {
  readonly balances: readonly Money[]
}

interface Movement {
  readonly kind: 'debit' | 'credit'
  readonly accountNumber: string
  readonly amount: Money
}

interface Account {
  readonly currency: Money['currency']
  balanceMinor: bigint
}

/**
 * Plays the bank's core system, in memory, to try the service out. It keeps the promises that `core-banking.ts` asks
 * of a real one: a reference is booked once, and never after it was undone, not even if the undoing came first.
 */
export class CoreSimulator {
  readonly #customers: ReadonlyMap<string, SimulatedCustomer>
  readonly #accounts = new Map<string, Account>()
  readonly #movements = new Map<string, Movement>()
  readonly #undone = new Set<string>()

  constructor(customers: readonly SimulatedCustomer[]) {
    this.#customers = new Map(customers.map((customer) => [customer.customerNumber, customer]))
    for (const { accountNumbers, balances } of customers) {
      for (const [index, accountNumber] of accountNumbers.entries()) {
        const balance = balances[index]
        if (balance === undefined) throw new RangeError(`account ${accountNumber} has no balance`)
        const { amount, currency } = balance
        this.#accounts.set(accountNumber, { currency, balanceMinor: parseMinor(amount, currency) })
      }
    }
  }

  /** In minor units. @throws {RangeError} there is no such account */
  balanceOf(accountNumber: string): bigint {
    const account = this.#accounts.get(accountNumber)
    if (account === undefined) throw new RangeError(`no account ${accountNumber}`)
    return account.balanceMinor
  }

  find(customerNumber: string): BankCustomer | undefined {
    return this.#customers.get(customerNumber)
  }

  /** @returns Why nothing is booked; undefined: it is, now or since before. */
  book(reference: string, movement: Movement): CoreRefusal | undefined {
    if (this.#undone.has(reference)) return 'MOVEMENT_UNDONE'
    if (this.#movements.has(reference)) return undefined
    const { accountNumber, amount } = movement
    const account = this.#accounts.get(accountNumber)
    if (account?.currency !== amount.currency) return 'ACCOUNT_NOT_FOUND'
    const balanceMinor = account.balanceMinor + signedMinor(movement)
    if (balanceMinor < 0n) return 'INSUFFICIENT_FUNDS'
    account.balanceMinor = balanceMinor
    this.#movements.set(reference, movement)
    return undefined
  }

  undo(reference: string): void {
    if (this.#undone.has(reference)) return
    this.#undone.add(reference)
    const movement = this.#movements.get(reference)
    const account = movement && this.#accounts.get(movement.accountNumber)
    if (account) account.balanceMinor -= signedMinor(movement)
  }
}

const signedMinor = ({ kind, amount }: Movement): bigint =>
  parseMinor(amount.amount, amount.currency) * (kind === 'debit' ? -1n : 1n)

/** The simulator over HTTP, as `http-core-banking.ts` speaks to it. */
export function coreSimulatorApp(core: CoreSimulator): Express {
  const book = (response: Response, reference: string, movement: Movement) => {
    const refusal = core.book(reference, movement)
    if (refusal === undefined) response.json({ reference, status: 'booked' })
    else response.status(422).json({ code: refusal })
  }
  return express()
    .use(express.json())
    .get('/customers/:customerNumber', ({ params }, response) => {
      const customer = core.find(params.customerNumber)
      if (customer === undefined) response.status(404).json({})
      else response.json(customer)
    })
    .put('/movements/:reference', ({ params, body }, response) => book(response, params.reference, body))
    .post('/movements/:reference/undo', ({ params }, response) => {
      core.undo(params.reference)
      response.json({ reference: params.reference, status: 'undone' })
    })
}
