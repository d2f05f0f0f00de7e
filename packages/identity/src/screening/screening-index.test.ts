import fc from 'fast-check'
import { expect, it } from 'vitest'
import { screen } from './screen.ts'
import { ScreeningIndex } from './screening-index.ts'
import type { ScreeningSubject } from './subject.ts'

const WORDS = [
  ...[
    'José',
    'Jose',
    'Chepe',
    'Juan',
    'Carlos',
    'Juancarlos',
    'Zenaida',
    'Senaida',
    'Zenadia',
    'J.',
    'Z.',
    'Gpe.',
    'Lupe',
  ],
  ...[
    'Guadalupe',
    'López',
    'Lopes',
    'Xicay',
    'Shicay',
    'Uxpantay',
    'Uxpantai',
    'Uxpanaty',
    'de',
    'de la',
    'Cruz',
    'Delacruz',
  ],
  ...['hijo', 'Tienda', 'S.A.', 'Lupita', 'No. 2', 'Quetzalillo', 'Quetzalilo', 'de León', 'vda. de', ','],
]
const name = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
const subject = fc.record(
  {
    name,
    aliases: fc.array(fc.oneof(name, fc.constant('El Chino')), { maxLength: 2 }),
    dob: fc.constantFrom('1975', '1975-02-11', '1975-11-02', '1957-02-11', '1975-00-11', '1990-01-01'),
    country: fc.constantFrom('GT', 'HN'),
    ids: fc.array(fc.constantFrom('A:1', 'A:2', 'B:1'), { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
)

/** By comparing with each entry. */
function searchAll(query: ScreeningSubject, entries: readonly ScreeningSubject[]): readonly ScreeningSubject[] {
  return entries.filter((entry) => screen(query, entry).match)
}

it('finds exactly what comparing with each entry finds', () => {
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 30 }), fc.array(subject, { maxLength: 5 }), (entries, queries) => {
      const index = new ScreeningIndex(entries)
      for (const query of queries) {
        const found = index.search(query)
        expect(new Set(found.map(({ entry }) => entry)), JSON.stringify(query)).toEqual(
          new Set(searchAll(query, entries)),
        )
        for (const { entry, answer } of found) expect(answer).toEqual(screen(query, entry))
      }
    }),
    { numRuns: 200 },
  )
})

it('puts the best first', () => {
  const index = new ScreeningIndex([{ name: 'Zenaida Uxpantay Cruz' }, { name: 'Zenaida Uxpantay' }])
  expect(index.search({ name: 'Zenaida Uxpantay' }).map(({ entry }) => entry.name)).toEqual([
    'Zenaida Uxpantay',
    'Zenaida Uxpantay Cruz',
  ])
  expect(index.size).toBe(2)
})

it('after a list change, what was found less what was removed, and what the added entries find, is a full rescreen', () => {
  const lists = fc.record({
    kept: fc.array(subject, { maxLength: 10 }),
    removed: fc.array(subject, { maxLength: 5 }),
    added: fc.array(subject, { maxLength: 5 }),
    people: fc.array(subject, { maxLength: 20 }),
  })
  fc.assert(
    fc.property(lists, ({ kept, removed, added, people }) => {
      const [before, change, after] = [[...removed, ...kept], added, [...kept, ...added]].map(
        (entries) => new ScreeningIndex(entries),
      )
      for (const person of people) {
        const earlier = before?.search(person).map(({ entry }) => entry) ?? []
        const news = change?.search(person).map(({ entry }) => entry) ?? []
        const full = after?.search(person).map(({ entry }) => entry) ?? []
        expect(new Set([...earlier.filter((entry) => !removed.includes(entry)), ...news])).toEqual(new Set(full))
      }
    }),
    { numRuns: 20 },
  )
})
