import fc from 'fast-check'
import { expect, it } from 'vitest'
import { COUNTRIES } from '../countries.ts'
import { municipalitiesOf } from './municipalities.ts'
import { searchMunicipalities } from './search-municipalities.ts'

it.each([
  ['GT', 'quetzaltenango', '0901', 'the whole name'],
  ['GT', 'Quesaltenango', '0901', 's for tz: it sounds alike'],
  ['GT', 'xela', '0901', 'what everybody calls it'],
  ['GT', 'santa cruz del quiche', '1401', 'no accents'],
  ['GT', 'Sta. Cruz Barillas', '1326', 'shortened Santa'],
  ['GT', 'S. Juan Sac', '0110', 'shortened San, word begun'],
  ['GT', 'tecun uman', '1217', 'its other name'],
  ['GT', 'la libertad peten', '1705', 'one of two, by its department'],
  ['GT', 'CHICHICASTENANGO', '1406', 'without the saint, in capitals'],
  ['HN', 'Tegucigalpa', '0801', 'a city within it'],
  ['HN', 'sn pedro sula', '0501', 'sn'],
  ['HN', 'guinope', '0705', 'no dieresis'],
  ['HN', 'sta barbara', '1601', 'the head of its department'],
  ['SV', 'Nva. Concepción', '0416', 'shortened Nueva'],
  ['SV', 'sn fco gotera', '1319', 'two shortened words'],
  ['SV', 'soyapango', '0617', 'a district'],
  ['SV', 'yucuaiquin', '1418', 'no accent'],
] as const)('%s “%s” finds %s first: %s', (country, text, code, _why) => {
  const [first] = searchMunicipalities(country, text)

  expect(first?.code).toBe(code)
})

it('finds the districts of one of the 44 by its name and their own', () => {
  expect(searchMunicipalities('SV', 'apopa san salvador oeste')[0]?.code).toBe('0602')
})

it('what names two places gives both, by code', () => {
  const found = searchMunicipalities('GT', 'San Pedro Sacatepéquez')

  expect(found.slice(0, 2).map(({ code }) => code)).toEqual(['0109', '1202'])
})

it.each(['', ' ', '.', '???', 'zzzz', 'dpto'])('“%s” finds nothing', (text) => {
  expect(searchMunicipalities('HN', text)).toEqual([])
})

it('gives as many as are asked for', () => {
  expect(searchMunicipalities('GT', 'san', 3)).toHaveLength(3)
  expect(searchMunicipalities('GT', 'san')).toHaveLength(10)
})

it.each(COUNTRIES)('%s: every place is found by its own name with its department', (country) => {
  for (const { code, name, department } of municipalitiesOf(country)) {
    const found = searchMunicipalities(country, `${name} ${department.name}`, 30).map((place) => place.code)
    expect(found, name).toContain(code)
  }
})

it('whatever is typed, it answers with places of the country', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COUNTRIES), fc.string({ unit: 'grapheme', maxLength: 300 }), (country, text) => {
      const all = municipalitiesOf(country)
      expect(all).toEqual(expect.arrayContaining([...searchMunicipalities(country, text)]))
    }),
  )
})
