/** What the check reads of a leaf: one transaction as the log has it. */
export interface BooksLeaf {
  readonly sequence: number
  /** `txn_…` */
  readonly id: string
  readonly time: string
  readonly purpose: string
  readonly references: Readonly<Record<string, string>>
  readonly transfers: readonly LeafTransfer[]
  readonly commitments: readonly string[]
}

export interface LeafTransfer {
  readonly kind: string
  readonly debit: string
  readonly credit: string
  readonly amount: string
  readonly currency: string
  readonly hold?: string
}

/** @returns Undefined: nothing that can be read. The check of the log itself says so; here it proves nothing. */
export function readLeaf(sequence: number, text: string): BooksLeaf | undefined {
  const leaf = parse(text)
  if (typeof leaf !== 'object' || leaf === null) return undefined
  const { id, time, purpose, references, transfers, commitments } = leaf as BooksLeaf
  const isLeaf =
    typeof purpose === 'string' &&
    typeof references === 'object' &&
    references !== null &&
    Array.isArray(transfers) &&
    Array.isArray(commitments)
  return isLeaf ? { sequence, id, time, purpose, references, transfers, commitments } : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Names what differs, for people.
 *
 * @param said What the row says, by name.
 * @param proven What the leaf says, by the same names.
 * @example
 * differences({ amount: '1.00' }, { amount: '2.00' }) // ['the amount is 1.00, the log says 2.00']
 */
export function differences(said: Values, proven: Values): string[] {
  return Object.keys(said)
    .filter((name) => said[name] !== proven[name])
    .map((name) => `the ${name} is ${said[name] ?? 'none'}, the log says ${proven[name] ?? 'none'}`)
}

type Values = Readonly<Record<string, string | null | undefined>>

/** A leaf's only transfer; of payments and refunds each transaction has one. */
export function transferOf({ transfers }: BooksLeaf): Partial<LeafTransfer> {
  return transfers.length === 1 ? (transfers[0] ?? {}) : {}
}
