import type { Currency } from '@pisto/money/currencies'
import { parseMinor } from '@pisto/money/text'

/** A leaf as it is read from the log: the parts that move money. */
export interface BooksLeaf {
  readonly sequence: number
  readonly tenant: string
  readonly accounts: readonly {
    readonly id: string
    readonly currency: string
    readonly normalSide: string
    readonly noOverdraft: boolean
  }[]
  readonly transfers: readonly {
    readonly kind: 'posted' | 'pending' | 'postPending' | 'voidPending'
    readonly debit: string
    readonly credit: string
    readonly amount: string
    readonly currency: string
    readonly hold?: string
  }[]
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
  /** By `sequence.index`. */
  readonly entries: Map<string, ExpectedEntry>
  posted: bigint
  /** What holds keep back. */
  heldBack: bigint
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
  readonly #holds = new Map<string, bigint>()

  /** @returns What contradicts the leaves before it. */
  apply({ sequence, accounts, transfers }: BooksLeaf): string[] {
    const contradictions: string[] = []
    for (const { id, currency, normalSide, noOverdraft } of accounts) {
      if (this.accounts.has(id)) contradictions.push(`account ${id} is opened a second time`)
      this.accounts.set(id, { currency, normalSide, noOverdraft, entries: new Map(), posted: 0n, heldBack: 0n })
    }
    for (const [index, transfer] of transfers.entries()) {
      const change = this.#changeOf(transfer, contradictions)
      for (const direction of ['debit', 'credit'] as const) {
        const account = this.accounts.get(transfer[direction])
        if (account === undefined) contradictions.push(`account ${transfer[direction]} was never opened`)
        else {
          const wrong = move(account, direction, change)
          account.entries.set(`${sequence}.${index}`, entryOf(account, direction, transfer.kind, change.amountMinor))
          if (account.currency !== transfer.currency) contradictions.push(`${transfer.currency} in another account`)
          if (wrong) contradictions.push(`account ${transfer[direction]} is below zero`)
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

  #changeOf({ kind, amount, currency, hold = '' }: BooksLeaf['transfers'][number], contradictions: string[]): Change {
    const amountMinor = parseMinor(amount, currency as Currency)
    if (kind === 'posted') return { amountMinor, posted: amountMinor, held: 0n }
    if (kind === 'pending') {
      this.#holds.set(hold, amountMinor)
      return { amountMinor, posted: 0n, held: amountMinor }
    }
    const heldMinor = this.#holds.get(hold)
    if (heldMinor === undefined) contradictions.push(`hold ${hold} is not open`)
    this.#holds.delete(hold)
    return { amountMinor, posted: kind === 'postPending' ? amountMinor : 0n, held: -(heldMinor ?? 0n) }
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
  if (!isNormal) account.heldBack += held
  return account.noOverdraft && !isNormal && account.posted - account.heldBack < 0n
}

const entryOf = (
  { posted, heldBack }: ExpectedAccount,
  direction: 'debit' | 'credit',
  kind: string,
  amountMinor: bigint,
): ExpectedEntry => ({ direction, kind, amountMinor, balanceAfter: posted, availableAfter: posted - heldBack })
