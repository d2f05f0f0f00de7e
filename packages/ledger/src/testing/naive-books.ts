import type { Currency } from '@pisto/money/currencies'
import { formatMinor, parseMinor } from '@pisto/money/text'
import { type Leaf, parseLeaf } from '../leaf.ts'
import type { Ledger } from '../ledger.ts'
import type { Side, TransferKind } from '../model.ts'

/** An entry as it follows from the leaves. */
interface NaiveEntry {
  readonly sequence: number
  readonly index: number
  readonly kind: TransferKind
  readonly direction: Side
  readonly amount: string
  readonly balanceAfter: string
  readonly availableAfter: string
  readonly purpose: string
  readonly time: Date
}

export interface NaiveAccount {
  readonly id: string
  readonly purpose: string
  readonly normalSide: string
  readonly entries: NaiveEntry[]
  debits: bigint
  credits: bigint
  debitsHeld: bigint
  creditsHeld: bigint
}

/** Everything, read leaf by leaf and added up in the plainest way: what quicker reads are held against. */
export interface NaiveBooks {
  /** Oldest first. */
  readonly leaves: readonly Leaf[]
  readonly accounts: ReadonlyMap<string, NaiveAccount>
}

/** @param through Sequence of the last leaf that is read. */
export async function readNaively(
  { ledger, tenantId }: { readonly ledger: Ledger; readonly tenantId: string },
  through = Number.MAX_SAFE_INTEGER,
): Promise<NaiveBooks> {
  const all = await ledger.log.leaves(tenantId, { limit: 1_000_000, after: 0 })
  const leaves = all.filter(({ sequence }) => sequence <= through).map(({ leaf }) => parseLeaf(leaf))
  const accounts = new Map<string, NaiveAccount>()
  const holds = new Map<string, bigint>()
  for (const leaf of leaves) {
    for (const { id, purpose, normalSide } of leaf.accounts) {
      accounts.set(id, {
        ...{ id, purpose, normalSide, entries: [] },
        ...{ debits: 0n, credits: 0n, debitsHeld: 0n, creditsHeld: 0n },
      })
    }
    for (const [index, { kind, debit, credit, amount, currency, hold = '' }] of leaf.transfers.entries()) {
      const minor = parseMinor(amount, currency as Currency)
      const posted = kind === 'posted' || kind === 'postPending' ? minor : 0n
      const held = kind === 'pending' ? minor : kind === 'posted' ? 0n : -(holds.get(hold) ?? 0n)
      if (kind === 'pending') holds.set(hold, minor)
      for (const [id, direction] of [[debit, 'debit'] as const, [credit, 'credit'] as const]) {
        const account = accounts.get(id)
        if (account === undefined) throw new Error(`${id} was never opened`)
        account[`${direction}s`] += posted
        account[`${direction}sHeld`] += held
        const { sequence, purpose, time } = leaf
        account.entries.push({
          ...{ sequence, index, kind, direction, amount, purpose, time: new Date(time) },
          ...balancesOf(account, currency as Currency),
        })
      }
    }
  }
  return { leaves, accounts }
}

function balancesOf({ normalSide, debits, credits, debitsHeld, creditsHeld }: NaiveAccount, currency: Currency) {
  const isCredit = normalSide === 'credit'
  const balance = isCredit ? credits - debits : debits - credits
  const available = balance - (isCredit ? debitsHeld : creditsHeld)
  return { balanceAfter: formatMinor(balance, currency), availableAfter: formatMinor(available, currency) }
}
