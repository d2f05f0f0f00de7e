import { SCREENING_ALGORITHM } from '@pisto/identity/screening'
import { expect, it } from 'vitest'
import type { ScreeningList } from '../lists/list.ts'
import { comparedWith } from './compared-with.ts'

const day = (date: number): Date => new Date(Date.UTC(2026, 0, date))

/** @param days In force from one to the other; none: it was not ended. @param asked The day on which everybody was. */
function version(
  id: string,
  [from, to]: readonly [number, number?],
  asked?: number,
  more: Partial<ScreeningList> = {},
) {
  return {
    ...{ id, name: 'national', version: id, consequence: 'block', legalBasis: 'x', source: 'x' },
    ...{ status: to === undefined ? 'active' : 'superseded', entryCount: 1, hash: new Uint8Array() },
    ...{ validFrom: day(from), validTo: null, createdAt: day(1), activatedAt: day(from) },
    endedAt: to === undefined ? null : day(to),
    ...(asked === undefined
      ? { rescreenedAt: null, rescreenedBy: null }
      : { rescreenedAt: day(asked), rescreenedBy: SCREENING_ALGORITHM }),
    ...more,
  } satisfies ScreeningList as ScreeningList
}

const NEW = version('new', [20])

it.each<[string, readonly ScreeningList[], readonly string[]]>([
  ['the first version', [], []],
  ['one that everybody was asked about', [version('a', [1, 20], 2)], ['a']],
  ['one that was replaced before', [version('a', [1, 20])], []],
  [
    'one that was replaced before, after one that was not',
    [version('a', [1, 10], 2), version('b', [10, 20])],
    ['b', 'a'],
  ],
  ['a later one, where everybody was asked about both', [version('a', [1, 10], 2), version('b', [10, 20], 11)], ['b']],
  ['one that everybody was asked about by other rules', [version('a', [1, 20], 2, { rescreenedBy: 'older' })], []],
  ['one that everybody was asked about by unknown rules', [version('a', [1, 20], 2, { rescreenedBy: null })], []],
  ['withdrawn, and nothing in its place for days', [version('a', [1, 15], 2)], []],
  ['a gap before the one that was asked about', [version('a', [1, 8], 2), version('b', [10, 20])], []],
  ['its window had ended', [version('a', [1, 20], 2, { validTo: day(19) })], []],
  ['its window ended as the new one began', [version('a', [1, 25], 2, { validTo: day(20) })], ['a']],
  ['never opened', [version('a', [1, 20], 2), version('b', [18, 15])], ['a']],
  ['its window opened later than it was activated', [version('a', [1, 20], 2, { activatedAt: day(1) })], ['a']],
  ['another consequence', [version('a', [1, 20], 2, { consequence: 'review' })], []],
  [
    'another consequence in between',
    [version('a', [1, 9], 2), version('b', [9, 20], undefined, { consequence: 'review' })],
    [],
  ],
  ['ended before that was kept', [version('a', [1], 2, { status: 'superseded' })], []],
  [
    'two that came at one moment',
    [version('a', [9, 9], 9), version('b', [9, 20]), version('c', [1, 9], 2)],
    ['a', 'b'],
  ],
])('%s', (_what, versions, expected) => {
  const found = comparedWith(NEW, [NEW, ...versions]).map(({ id }) => id)
  expect(found.sort()).toEqual([...expected].sort())
})

it('a list that everybody was asked about by unknown rules is compared with nothing', () => {
  const asked = version('new', [20], 21, { rescreenedBy: null })
  expect(comparedWith(asked, [asked, version('a', [1, 20], 2)])).toEqual([])
})
