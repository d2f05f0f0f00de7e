import type { Currency } from '@pisto/money/currencies'
import { parseMinor } from '@pisto/money/text'

/** A leaf as it is read from the log: the parts that move money, and say where it stands. */
export interface BooksLeaf {
  readonly sequence: number
  readonly tenant: string
  readonly time: string
  readonly purpose: string
  readonly references: Readonly<Record<string, string>>
  readonly accounts: readonly {
    readonly id: string
    readonly currency: string
    readonly normalSide: string
    readonly noOverdraft: boolean
  }[]
  readonly transfers: readonly BooksTransfer[]
}

export interface BooksTransfer {
  readonly kind: 'posted' | 'pending' | 'postPending' | 'voidPending'
  readonly debit: string
  readonly credit: string
  readonly amount: string
  readonly currency: string
  readonly hold?: string
  readonly expiresAt?: string
}

/** An entry as it follows from the leaves. Balances in minor units, positive on the account's normal side. */
export interface ExpectedEntry {
  readonly direction: 'debit' | 'credit'
  readonly kind: string
  readonly amountMinor: bigint
  readonly balanceAfter: bigint
  readonly availableAfter: bigint
}

export interface ExpectedAccount {
  readonly currency: string
  readonly normalSide: string
  readonly noOverdraft: boolean
  posted: bigint
  /** What holds keep back. */
  heldBack: bigint
  entryCount: number
}

/** Gets each entry as the leaves are applied. @param place `sequence.index` */
export type OnEntry = (accountId: string, place: string, entry: ExpectedEntry) => void

interface OpenHold {
  readonly amountMinor: bigint
  readonly debit: string
  readonly credit: string
  readonly expiresAt: string
}

/** @throws {SyntaxError} it is no leaf of money */
export function readLeaf(text: string): BooksLeaf {
  const leaf = JSON.parse(text) as Partial<BooksLeaf> | null
  if (!Array.isArray(leaf?.accounts) || !Array.isArray(leaf.transfers)) throw new SyntaxError('this is no leaf')
  return leaf as BooksLeaf
}

/**
 * The books as they follow from the leaves alone, by whoever has nothing but the leaves: a bank's auditor.
 * It shares no code with the ledger, on purpose.
 */
export class ExpectedBooks {
  readonly accounts = new Map<string, ExpectedAccount>()
  readonly #holds = new Map<string, OpenHold>()
  readonly #onEntry: OnEntry

  /** @param onEntry Left out: entries are counted, and not kept. */
  constructor(onEntry: OnEntry = () => undefined) {
    this.#onEntry = onEntry
  }

  /** @returns What contradicts the leaves before it. */
  apply({ sequence, time, accounts, transfers }: BooksLeaf): string[] {
    const contradictions: string[] = []
    for (const { id, currency, normalSide, noOverdraft } of accounts) {
      if (this.accounts.has(id)) contradictions.push(`account ${id} is opened a second time`)
      this.accounts.set(id, { currency, normalSide, noOverdraft, posted: 0n, heldBack: 0n, entryCount: 0 })
    }
    for (const [index, transfer] of transfers.entries()) {
      const change = this.#changeOf(transfer, time, contradictions)
      for (const direction of ['debit', 'credit'] as const) {
        const id = transfer[direction]
        const account = this.accounts.get(id)
        if (account === undefined) contradictions.push(`account ${id} was never opened`)
        else {
          const wrong = move(account, direction, change)
          this.#onEntry(id, `${sequence}.${index}`, entryOf(account, direction, transfer.kind, change.amountMinor))
          if (account.currency !== transfer.currency) contradictions.push(`${transfer.currency} in another account`)
          if (wrong) contradictions.push(`account ${id} is below zero`)
        }
      }
    }
    return contradictions
  }

  /** Debits less credits of all accounts, by currency: nothing, in books that are right. */
  sums(): ReadonlyMap<string, bigint> {
    const sums = new Map<string, bigint>()
    for (const { currency, normalSide, posted } of this.accounts.values()) {
      sums.set(currency, (sums.get(currency) ?? 0n) + (normalSide === 'debit' ? posted : -posted))
    }
    return sums
  }

  #changeOf(transfer: BooksTransfer, time: string, contradictions: string[]): Change {
    const { kind, amount, currency, debit, credit, hold: id = '', expiresAt = '' } = transfer
    const amountMinor = parseMinor(amount, currency as Currency)
    if (amountMinor <= 0n) contradictions.push(`an amount is ${amount}`)
    if (kind === 'posted') return { amountMinor, posted: amountMinor, held: 0n }
    if (kind === 'pending') {
      if (this.#holds.has(id)) contradictions.push(`hold ${id} is made a second time`)
      this.#holds.set(id, { amountMinor, debit, credit, expiresAt })
      return { amountMinor, posted: 0n, held: amountMinor }
    }
    const hold = this.#holds.get(id)
    if (hold === undefined) {
      contradictions.push(`hold ${id} is not open`)
      return { amountMinor, posted: kind === 'postPending' ? amountMinor : 0n, held: 0n }
    }
    this.#holds.delete(id)
    if (hold.debit !== debit || hold.credit !== credit) contradictions.push(`hold ${id} is between other accounts`)
    if (amountMinor > hold.amountMinor) contradictions.push(`hold ${id} is of less than is posted`)
    if (kind === 'postPending' && time >= hold.expiresAt) contradictions.push(`hold ${id} is posted after its expiry`)
    return { amountMinor, posted: kind === 'postPending' ? amountMinor : 0n, held: -hold.amountMinor }
  }
}

interface Change {
  readonly amountMinor: bigint
  readonly posted: bigint
  readonly held: bigint
}

/** @returns Whether an account that must not be overdrawn is. */
function move(account: ExpectedAccount, direction: 'debit' | 'credit', { posted, held }: Change): boolean {
  const isNormal = account.normalSide === direction
  account.posted += isNormal ? posted : -posted
  account.entryCount++
  if (!isNormal) account.heldBack += held
  return account.noOverdraft && !isNormal && account.posted - account.heldBack < 0n
}

const entryOf = (
  { posted, heldBack }: ExpectedAccount,
  direction: 'debit' | 'credit',
  kind: string,
  amountMinor: bigint,
): ExpectedEntry => ({ direction, kind, amountMinor, balanceAfter: posted, availableAfter: posted - heldBack })
