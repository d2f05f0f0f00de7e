import type { AccountPlan, TransferKind, TransferPlan } from '@pisto/ledger'
import type { OrderStatus } from './orders.ts'
import { centavos } from './quetzales.ts'
import type { CrashRequest } from './requests.ts'

export interface Balances {
  readonly posted: bigint
  readonly pending: bigint
  readonly available: bigint
}

export interface ReferenceHold {
  readonly debit: string
  readonly credit: string
  readonly minor: bigint
  status: 'pending' | 'posted' | 'voided'
}

/** A transfer as the books must have it. */
export interface Leg {
  readonly kind: TransferKind
  readonly debit: string
  readonly credit: string
  readonly minor: bigint
  readonly hold: string | undefined
}

interface Sums {
  readonly account: AccountPlan
  posted: bigint
  heldOut: bigint
  heldIn: bigint
}

/** Books as a child would keep them: what was asked for, added up in the order in which it happened. */
export class Reference {
  readonly #sums = new Map<string, Sums>()
  readonly holds = new Map<string, ReferenceHold>()
  readonly orders = new Map<string, OrderStatus>()

  get balances(): Map<string, Balances> {
    return new Map(
      [...this.#sums].map(([id, { posted, heldOut, heldIn }]) => [
        id,
        { posted, pending: posted - heldOut + heldIn, available: posted - heldOut },
      ]),
    )
  }

  /**
   * Does what a request asks for.
   * @returns Its transfers.
   * @throws {RangeError} it should have been refused
   */
  apply({ accounts, transfers, order, isDeclined }: CrashRequest): Leg[] {
    if (isDeclined) throw new RangeError('it declines itself')
    for (const account of accounts) {
      this.#sums.set(account.accountId, { account, posted: 0n, heldOut: 0n, heldIn: 0n })
    }
    const legs = transfers.map((transfer) => this.#transfer(transfer))
    if (order) {
      const expected = order.to === 'paid' ? 'open' : undefined
      if (this.orders.get(order.orderId) !== expected) throw new RangeError(`order ${order.orderId} is not ${expected}`)
      this.orders.set(order.orderId, order.to)
    }
    return legs
  }

  #transfer(transfer: TransferPlan): Leg {
    const leg = this.#legOf(transfer)
    const { kind, debit, credit, minor } = leg
    if (kind === 'posted') this.#move(debit, credit, minor, 0n)
    else if (kind === 'pending') this.#move(debit, credit, 0n, minor)
    else this.#resolve(leg)
    for (const id of [debit, credit]) {
      const { account, posted, heldOut } = this.#of(id)
      if (account.noOverdraft && posted < heldOut) throw new RangeError(`account ${id} is drawn below zero`)
    }
    return leg
  }

  #legOf(transfer: TransferPlan): Leg {
    if (transfer.kind === 'posted' || transfer.kind === 'pending') {
      const { kind, debit, credit, amount } = transfer
      const minor = centavos(amount)
      if (kind === 'posted') return { kind, debit, credit, minor, hold: undefined }
      this.holds.set(transfer.holdId, { debit, credit, minor, status: 'pending' })
      return { kind, debit, credit, minor, hold: transfer.holdId }
    }
    const held = this.holds.get(transfer.holdId)
    if (held?.status !== 'pending') throw new RangeError(`hold ${transfer.holdId} is not pending`)
    const { debit, credit } = held
    const minor = transfer.kind === 'postPending' && transfer.amount ? centavos(transfer.amount) : held.minor
    if (minor > held.minor) throw new RangeError(`hold ${transfer.holdId} is less than ${minor}`)
    return { kind: transfer.kind, debit, credit, minor, hold: transfer.holdId }
  }

  #resolve({ kind, debit, credit, minor, hold }: Leg): void {
    const held = this.holds.get(hold ?? '')
    if (held === undefined) return
    this.#move(debit, credit, kind === 'postPending' ? minor : 0n, -held.minor)
    held.status = kind === 'postPending' ? 'posted' : 'voided'
  }

  #move(debit: string, credit: string, posted: bigint, held: bigint): void {
    for (const [id, side] of [
      [debit, 'debit'],
      [credit, 'credit'],
    ] as const) {
      const sums = this.#of(id)
      const isIn = sums.account.normalSide === side
      sums.posted += isIn ? posted : -posted
      if (isIn) sums.heldIn += held
      else sums.heldOut += held
    }
  }

  #of(id: string): Sums {
    const sums = this.#sums.get(id)
    if (sums === undefined) throw new RangeError(`account ${id} was never opened`)
    return sums
  }
}
