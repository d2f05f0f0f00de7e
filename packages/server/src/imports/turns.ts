import type { UniqueKeys } from '../registrations/uniqueness.ts'

/** Documents and phones of rows. */
export type KeysOfRows = Pick<ReadonlySet<string>, 'has'>

export const keysOfRow = ({ document, phone }: UniqueKeys): readonly string[] => [
  `document ${document}`,
  `phone ${phone}`,
]

/**
 * Groups rows so that those of one turn have no document and no phone in common: a turn's rows may be decided all at
 * once, and with the turns one after another the earlier row always wins.
 *
 * @param before Keys of rows that are being decided: whoever has one of them has to wait, so is not in the first turn.
 * @returns The turns in order, each in the order of `rows`; most files need one. The first may be empty.
 * @example
 * inTurns([a, sameDocumentAsA, b], keysOf) // [[a, b], [sameDocumentAsA]]
 */
export function inTurns<Row>(
  rows: readonly Row[],
  keysOf: (row: Row) => UniqueKeys,
  before: KeysOfRows = new Set(),
): Row[][] {
  const turns: Row[][] = []
  const lastTurnOf = new Map<string, number>()
  for (const row of rows) {
    const keys = keysOfRow(keysOf(row))
    const turn = Math.max(...keys.map((key) => lastTurnOf.get(key) ?? (before.has(key) ? 0 : -1))) + 1
    for (const key of keys) lastTurnOf.set(key, turn)
    while (turns.length <= turn) turns.push([])
    turns[turn]?.push(row)
  }
  return turns
}
