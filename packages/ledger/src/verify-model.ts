import type { Currency } from '@pisto/money/currencies'
import { parseMinor } from '@pisto/money/text'
import type { Leaf, LeafTransfer } from './leaf.ts'
import type { AccountStatus, Side, TransferKind } from './model.ts'
import { type CountedMove, LimitModel } from './verify-limits.ts'

/** An entry as the log says it must be. */
export interface ExpectedEntry {
  readonly accountId: string
  readonly sequence: number
  readonly position: number
  readonly kind: TransferKind
  readonly side: Side
  readonly amountMinor: bigint
  readonly debitsPosted: bigint
  readonly creditsPosted: bigint
  readonly debitsPending: bigint
  readonly creditsPending: bigint
}

export interface ModelAccount {
  readonly purpose: string
  readonly currency: string
  readonly normalSide: string
  readonly noOverdraft: boolean
  readonly limitGroups: readonly string[]
  readonly openedSequence: number
  status: AccountStatus
  entryCount: number
  debitsPosted: bigint
  creditsPosted: bigint
  debitsPending: bigint
  creditsPending: bigint
}

export interface ModelHold {
  readonly debit: string
  readonly credit: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly expiresAt: string
  /** Local day whose limits it counts against; null: none. */
  readonly countedDay: string | null
  status: 'pending' | 'posted' | 'voided'
  postedMinor: bigint | null
  resolvedSequence: number | null
}

/**
 * The books as they follow from the log alone: a second, plain implementation of the ledger's arithmetic, on purpose
 * not the one that decides (`decide.ts`).
 */
export class BooksModel {
  readonly accounts = new Map<string, ModelAccount>()
  readonly holds = new Map<string, ModelHold>()
  readonly limits: LimitModel

  /** @param timeZone The tenant's: where its days begin. */
  constructor(timeZone: string) {
    this.limits = new LimitModel(timeZone)
  }

  /** Applies one leaf. @returns The entries it must have, or why it contradicts the leaves before it. */
  apply(leaf: Leaf): { entries: ExpectedEntry[]; contradictions: string[] } {
    const entries: ExpectedEntry[] = []
    const contradictions = this.limits.begin(leaf)
    for (const { id, limitGroups = [], ...account } of leaf.accounts) {
      if (this.accounts.has(id)) contradictions.push(`account ${id} is opened a second time`)
      const fresh = { openedSequence: leaf.sequence, entryCount: 0, status: 'open', ...NOTHING } as const
      this.accounts.set(id, { ...account, limitGroups, ...fresh })
    }
    for (const { id, status } of leaf.changes ?? []) contradictions.push(...this.#change(id, status))
    for (const [position, transfer] of leaf.transfers.entries()) {
      const amountMinor = parseMinor(transfer.amount, transfer.currency as Currency)
      contradictions.push(...this.#limit(transfer, amountMinor), ...this.#refusedBy(transfer))
      const change = this.#changeOf(transfer, amountMinor, leaf.sequence, contradictions)
      for (const side of ['debit', 'credit'] as const) {
        const accountId = transfer[side]
        const account = this.accounts.get(accountId)
        if (account === undefined) {
          contradictions.push(`account ${accountId} was never opened`)
          continue
        }
        if (account.currency !== transfer.currency)
          contradictions.push(`${accountId} does not hold ${transfer.currency}`)
        move(account, side, change)
        if (isOverdrawn(account, side)) contradictions.push(`account ${accountId} is below zero`)
        const { debitsPosted, creditsPosted, debitsPending, creditsPending } = account
        const sums = { debitsPosted, creditsPosted, debitsPending, creditsPending }
        entries.push({ accountId, sequence: leaf.sequence, position, kind: transfer.kind, side, amountMinor, ...sums })
      }
    }
    return { entries, contradictions }
  }

  #change(id: string, status: AccountStatus): string[] {
    const account = this.accounts.get(id)
    if (account === undefined) return [`account ${id} was never opened`]
    const wasClosed = account.status === 'closed'
    account.status = status
    if (wasClosed) return [`account ${id} was closed`]
    const { debitsPosted, creditsPosted, debitsPending, creditsPending } = account
    const isEmpty = debitsPosted === creditsPosted && debitsPending === 0n && creditsPending === 0n
    return status === 'closed' && !isEmpty ? [`account ${id} is closed with money in it`] : []
  }

  /** A transfer that the status of an account should have refused. */
  #refusedBy({ kind, debit, credit }: LeafTransfer): string[] {
    if (kind === 'postPending' || kind === 'voidPending') return []
    return (
      [
        ['debit', debit],
        ['credit', credit],
      ] as const
    ).flatMap(([side, id]) => {
      const account = this.accounts.get(id)
      if (account?.status === 'closed') return [`account ${id} was closed`]
      return account?.status === 'frozen' && account.normalSide !== side ? [`account ${id} was frozen`] : []
    })
  }

  #limit({ kind, debit, credit, hold: id = '', uncounted }: LeafTransfer, amountMinor: bigint): string[] {
    const hold = this.holds.get(id)
    const resolved = { heldMinor: hold?.amountMinor ?? 0n, countedDay: hold?.countedDay ?? null }
    const move: CountedMove = { kind, amountMinor, uncounted: uncounted ?? false, ...resolved }
    const sides = (
      [
        ['debit', debit],
        ['credit', credit],
      ] as const
    ).flatMap(([side, accountId]) => {
      const account = this.accounts.get(accountId)
      return account ? [{ side, normalSide: account.normalSide, limitGroups: account.limitGroups }] : []
    })
    return this.limits.move(sides, move)
  }

  #changeOf(transfer: LeafTransfer, amountMinor: bigint, sequence: number, contradictions: string[]): Change {
    const { kind, hold: id = '', debit, credit, currency } = transfer
    if (kind === 'posted') return { posted: amountMinor, pending: 0n }
    if (kind === 'pending') {
      const open = { status: 'pending', postedMinor: null, resolvedSequence: null } as const
      if (this.holds.has(id)) contradictions.push(`hold ${id} is made a second time`)
      const countedDay = transfer.uncounted ? null : this.limits.day
      const expiresAt = transfer.expiresAt ?? ''
      this.holds.set(id, { debit, credit, currency, amountMinor, expiresAt, countedDay, ...open })
      return { posted: 0n, pending: amountMinor }
    }
    const hold = this.holds.get(id)
    if (hold?.status !== 'pending') {
      contradictions.push(`hold ${id} is not pending`)
      return { posted: 0n, pending: 0n }
    }
    if (amountMinor > hold.amountMinor) contradictions.push(`hold ${id} is exceeded`)
    const posted = kind === 'postPending' ? amountMinor : 0n
    hold.status = kind === 'postPending' ? 'posted' : 'voided'
    hold.postedMinor = posted
    hold.resolvedSequence = sequence
    return { posted, pending: -hold.amountMinor }
  }
}

interface Change {
  readonly posted: bigint
  readonly pending: bigint
}

const NOTHING = { debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n }

function move(account: ModelAccount, side: Side, { posted, pending }: Change): void {
  if (side === 'debit') {
    account.debitsPosted += posted
    account.debitsPending += pending
  } else {
    account.creditsPosted += posted
    account.creditsPending += pending
  }
  account.entryCount++
}

/** Guarded accounts may not be drawn below zero, holds on their way out included. */
function isOverdrawn(account: ModelAccount, side: Side): boolean {
  if (!account.noOverdraft || side === account.normalSide) return false
  return account.normalSide === 'credit'
    ? account.creditsPosted < account.debitsPosted + account.debitsPending
    : account.debitsPosted < account.creditsPosted + account.creditsPending
}
