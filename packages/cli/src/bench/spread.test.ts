import { expect, it } from 'vitest'
import { spreadOf } from './spread.ts'

it.each([
  // values, spread, why
  [[3], { min: 3, median: 3, max: 3 }, 'one is all three'],
  [[3, 1, 2], { min: 1, median: 2, max: 3 }, 'the one in the middle'],
  [[4, 1, 2, 10], { min: 1, median: 3, max: 10 }, 'between the two in the middle, sorted by size, not as text'],
])('%j: %j (%s)', (values, spread, _why) => {
  expect(spreadOf(values)).toEqual(spread)
})

it('refuses nothing', () => {
  expect(() => spreadOf([])).toThrow(RangeError)
})
