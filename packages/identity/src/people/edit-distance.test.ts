import fc from 'fast-check'
import { expect, it } from 'vitest'
import { singleSlip } from './edit-distance.ts'

it.each([
  ['alfarp', 'alfaro', 'substitution', 'another key'],
  ['maynro', 'maynor', 'transposition', 'neighbours swapped'],
  ['castelanos', 'castellanos', 'insertion', 'a letter was left out'],
  ['ochoaa', 'ochoa', 'deletion', 'a letter too many'],
  ['rosa', 'rosa', undefined, 'equal'],
  ['abcd', 'badc', undefined, 'two swaps'],
  ['rosa', 'rocío', undefined, 'far apart'],
] as const)('%s to %s is %s: %s', (a, b, slip, _why) => {
  expect(singleSlip(a, b)).toBe(slip)
})

/** Distance by definition: every slip of `a`, looked up. */
function neighbours(a: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (let at = 0; at <= a.length; at++) {
    for (const letter of 'abc') {
      found.add(a.slice(0, at) + letter + a.slice(at))
      if (at < a.length) found.add(a.slice(0, at) + letter + a.slice(at + 1))
    }
    if (at < a.length) found.add(a.slice(0, at) + a.slice(at + 1))
    if (at + 1 < a.length) found.add(a.slice(0, at) + a[at + 1] + a[at] + a.slice(at + 2))
  }
  found.delete(a)
  return found
}

it('finds exactly the words that one slip reaches', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(singleSlip(a, b) !== undefined).toBe(neighbours(a).has(b))
    }),
    { numRuns: 2000 },
  )
})
