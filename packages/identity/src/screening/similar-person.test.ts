import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DescribedPerson, likenessKeys, personResemblance } from './screening.ts'

const ROSA: DescribedPerson = { givenNames: 'Rosa Elvira', familyNames: 'Umaña Pérez', dateOfBirth: '1985-03-12' }

it.each<[change: Partial<DescribedPerson>, how: string | undefined, why: string]>([
  [{}, 'same', 'the same letters'],
  [{ familyNames: 'UMANA PEREZ' }, 'same', 'capitals and accents say nothing'],
  [{ familyNames: 'Umaña Péres' }, 'alike', 's for z'],
  [{ givenNames: 'Rosa' }, 'alike', 'a given name left out, on the same day'],
  [{ familyNames: 'Umaña' }, 'alike', 'a surname left out, on the same day'],
  [{ dateOfBirth: '1985-12-03' }, 'near', 'day and month swapped'],
  [{ dateOfBirth: '1985-03-17' }, 'near', 'one digit of the day'],
  [{ dateOfBirth: '1985-08-12' }, 'near', 'one digit of the month'],
  [{ dateOfBirth: '1955-03-12' }, 'near', 'one digit of the year'],
  [{ dateOfBirth: '1958-03-12' }, 'near', 'two digits of the year swapped'],
  [{ dateOfBirth: '1991-07-25' }, undefined, 'another date: a namesake'],
  [{ givenNames: 'Marta Julia' }, undefined, 'a twin'],
  [{ givenNames: 'Rosa Amalia' }, undefined, 'a twin who shares the first name'],
  [{ familyNames: 'Umaña López' }, undefined, 'another mother'],
])('%j: %s, for %s', (change, how) => {
  const other = { ...ROSA, ...change }
  expect(personResemblance(ROSA, other)).toBe(how)
  expect(personResemblance(other, ROSA)).toBe(how)
  const [a, b] = [likenessKeys(ROSA), likenessKeys(other)]
  const isFound = a.date === b.date || a.year === b.year || a.day === b.day
  if (how !== undefined) expect(isFound).toBe(true)
})

it('every date one digit away is found by one of the keys', () => {
  const digits = fc.record({ at: fc.constantFrom(0, 1, 2, 3, 5, 6, 8, 9), digit: fc.integer({ min: 0, max: 9 }) })
  fc.assert(
    fc.property(digits, ({ at, digit }) => {
      const { dateOfBirth } = ROSA
      const other = { ...ROSA, dateOfBirth: dateOfBirth.slice(0, at) + digit + dateOfBirth.slice(at + 1) }
      const [a, b] = [likenessKeys(ROSA), likenessKeys(other)]
      expect(a.year === b.year || a.day === b.day).toBe(true)
    }),
  )
})
