import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ageOn, birthdayOf, checkBirthDate } from './birth-date.ts'

const TODAY = '2026-11-24'

it.each([
  // text, code, why
  ['1987-02-30', 'date', 'February never has 30 days'],
  ['1900-02-29', 'date', '1900 was no leap year'],
  ['1987-13-01', 'date', 'no thirteenth month'],
  ['1987-00-10', 'date', 'months count from 1'],
  ['1987-01-00', 'date', 'days count from 1'],
  ['2026-11-25', 'future', 'tomorrow'],
  ['2027-01-01', 'future', 'next year'],
  ['1899-12-31', 'year', 'before 1900'],
  ['30/01/1987', 'format', 'another order'],
  ['1987-1-30', 'format', 'two digits each'],
  ['１987-01-30', 'format', 'ASCII digits only'],
  ['', 'format', 'nothing'],
] as const)('refuses "%s" as %s: %s', (text, code, _why) => {
  expect(checkBirthDate(text, TODAY)).toMatchObject({ valid: false, code })
})

it.each([
  ['2000-02-29', '2000-02-29', '2000 was a leap year'],
  ['1900-01-01', '1900-01-01', 'the first day accepted'],
  [TODAY, TODAY, 'born today'],
  [' 1987-01-30 ', '1987-01-30', 'spaces around it'],
] as const)('accepts "%s" as %s: %s', (text, canonical, _why) => {
  expect(checkBirthDate(text, TODAY)).toEqual({ valid: true, canonical })
})

it.each([
  // born, on, age, why
  ['2008-11-24', '2026-11-24', 18, 'on the birthday'],
  ['2008-11-25', '2026-11-24', 17, 'a day before it'],
  ['2008-12-01', '2026-11-24', 17, 'a month before it'],
  ['2008-02-29', '2026-02-28', 17, 'a leap day is not yet reached'],
  ['2008-02-29', '2026-03-01', 18, 'a leap day is past'],
  ['2008-02-29', '2028-02-29', 20, 'a leap day comes'],
  [TODAY, TODAY, 0, 'born today'],
] as const)('born %s, on %s: %i, %s', (born, on, age, _why) => {
  expect(ageOn(born, on)).toBe(age)
})

it('agrees with the calendar of JavaScript on every day that is written right', () => {
  const part = (max: number) => fc.nat(max).map((n) => String(n).padStart(2, '0'))

  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2025 }), part(13), part(32), (year, month, day) => {
      const text = `${year}-${month}-${day}`
      const date = new Date(`${text}T00:00:00Z`)
      const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
      expect(checkBirthDate(text, TODAY).valid).toBe(real)
    }),
    { numRuns: 2000 },
  )
})

it('age never falls as days go by', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  const iso = (date: Date) => date.toISOString().slice(0, 10)

  fc.assert(
    fc.property(fc.array(day, { minLength: 3, maxLength: 3 }), (days) => {
      const [born = '', then = '', later = ''] = days.map(iso).sort()
      expect(ageOn(born, then)).toBeLessThanOrEqual(ageOn(born, later))
    }),
  )
})

it('the birthday is the first day of that age', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 40 }), (date, years) => {
      const born = date.toISOString().slice(0, 10)
      const birthday = birthdayOf(born, years)
      const dayBefore = new Date(Date.parse(birthday) - 86_400_000).toISOString().slice(0, 10)
      expect([ageOn(born, dayBefore), ageOn(born, birthday)]).toEqual([years - 1, years])
    }),
  )
  expect([birthdayOf('2008-02-29', 18), birthdayOf('2008-11-25', 18)]).toEqual(['2026-03-01', '2026-11-25'])
})

it.each([
  ['1990-02-30', TODAY, 'no such birth date'],
  ['1990-02-28', 'today', 'no such day'],
  ['2026-11-25', TODAY, 'not born yet'],
] as const)('ageOn(%s, %s) throws: %s', (born, on, _why) => {
  expect(() => ageOn(born, on)).toThrow(RangeError)
})

it('checkBirthDate throws when the caller has no real day', () => {
  expect(() => checkBirthDate('1990-01-01', '2026-02-30')).toThrow(RangeError)
})
