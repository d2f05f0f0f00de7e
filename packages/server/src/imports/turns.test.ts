import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inTurns } from './turns.ts'

interface Row {
  readonly document: string
  readonly phone: string
}
const row = (document: string, phone: string): Row => ({ document, phone })
const itself = (keys: Row): Row => keys

it.each([
  ['nothing in common: all at once', [row('a', '1'), row('b', '2'), row('c', '3')], [3]],
  ['same document: one after another', [row('a', '1'), row('a', '2'), row('b', '3')], [2, 1]],
  ['same phone: one after another', [row('a', '1'), row('b', '1')], [1, 1]],
  ['a chain waits link by link', [row('a', '1'), row('a', '2'), row('b', '2')], [1, 1, 1]],
  ['no rows, no turns', [], []],
])('%s', (_why, rows, sizes) => {
  expect(inTurns(rows, itself).map((turn) => turn.length)).toEqual(sizes)
})

const rowArbitrary = fc.record({ document: fc.constantFrom('a', 'b', 'c', 'd'), phone: fc.constantFrom('1', '2', '3') })

it('never has two rows with something in common in one turn, and never the later one first', () => {
  fc.assert(
    fc.property(fc.array(rowArbitrary, { maxLength: 20 }), (rows) => {
      const turns = inTurns(rows, itself)
      const turnOf = new Map(turns.flatMap((turn, index) => turn.map((each) => [each, index] as const)))
      expect(turns.flat().length).toBe(rows.length)
      for (const [later, b] of rows.entries()) {
        for (const a of rows.slice(0, later)) {
          if (a.document !== b.document && a.phone !== b.phone) continue
          expect(turnOf.get(a)).toBeLessThan(turnOf.get(b) ?? -1)
        }
      }
    }),
  )
})
