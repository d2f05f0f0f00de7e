import { expect, it } from 'vitest'
import { COUNTRIES } from '../countries.ts'
import { DEPARTMENTS } from './departments.ts'
import { placeOf } from './place.ts'

it.each([
  // country departments municipalities
  ['GT', 22, 340],
  ['HN', 18, 298],
  ['SV', 14, 262],
] as const)('%s has %i departments and %i municipalities', (country, departments, municipalities) => {
  const counts = DEPARTMENTS[country].map(([, count]) => count)

  expect(counts.length).toBe(departments)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(municipalities)
})

it.each(COUNTRIES)('%s: every code up to the count is a place, and no other', (country) => {
  const codes = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'))

  const places = codes.filter((code) => typeof placeOf(country, code) !== 'string')

  expect(places).toEqual(
    DEPARTMENTS[country].flatMap(([, count], index) =>
      Array.from({ length: count }, (_, n) => String((index + 1) * 100 + n + 1).padStart(4, '0')),
    ),
  )
})

it.each([
  ['GT', '0101', 'Guatemala'],
  ['GT', '2217', 'Jutiapa'],
  ['HN', '0801', 'Francisco Morazán'],
  ['HN', '1811', 'Yoro'],
  ['SV', '0614', 'San Salvador'],
  ['SV', '1418', 'La Unión'],
] as const)('%s %s is in %s', (country, code, name) => {
  expect(placeOf(country, code)).toEqual({ department: { code: code.slice(0, 2), name }, municipality: { code } })
})
