import type { UniqueKeys } from '../registrations/uniqueness.ts'

/**
 * Groups rows so that those of one turn have no document and no phone in common: a turn's rows may be decided all at
 * once, and with the turns one after another the earlier row always wins.
 *
 * @returns The turns in order, each in the order of `rows`; most files need one.
 * @example
 * inTurns([a, sameDocumentAsA, b], keysOf) // [[a, b], [sameDocumentAsA]]
 */
export function inTurns<Row>(rows: readonly Row[], keysOf: (row: Row) => UniqueKeys): Row[][] {
  const turns: Row[][] = []
  const lastTurnOf = new Map<string, number>()
  for (const row of rows) {
    const { document, phone } = keysOf(row)
    const keys = [`document ${document}`, `phone ${phone}`]
    const turn = Math.max(...keys.map((key) => lastTurnOf.get(key) ?? -1)) + 1
    for (const key of keys) lastTurnOf.set(key, turn)
    const own = turns[turn]
    if (own) own.push(row)
    else turns[turn] = [row]
  }
  return turns
}
