import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { COUNTRIES } from '../countries.ts'
import { DEPARTMENTS } from './departments.ts'
import { municipalitiesOf, municipalityOf } from './municipalities.ts'
import { placeOf } from './place.ts'

const countsOf = (codes: readonly string[]): number[] =>
  [...new Set(codes.map((code) => code.slice(0, 2)))].map(
    (department) => codes.filter((code) => code.startsWith(department)).length,
  )

it.each([
  ['GT', [17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17]],
  ['HN', [8, 10, 21, 23, 12, 16, 19, 28, 6, 17, 4, 19, 28, 16, 23, 28, 9, 11]],
  ['SV', [12, 13, 16, 33, 22, 19, 16, 22, 9, 13, 23, 20, 26, 18]],
] as const)('%s: each department has its number of municipalities', (country, counts) => {
  const codes = municipalitiesOf(country).map(({ code }) => code)

  expect(countsOf(codes)).toEqual(counts)
  expect(counts).toEqual(DEPARTMENTS[country].map(([, count]) => count))
})

it.each(COUNTRIES)('%s: every code is a place that documents may name, in the same department', (country) => {
  for (const { code, department } of municipalitiesOf(country)) {
    expect(placeOf(country, code)).toEqual({ department, municipality: { code } })
  }
})

it.each(COUNTRIES)('%s: names are written well, and none is twice in a department', (country) => {
  const all = municipalitiesOf(country)
  for (const { name } of all) expect(name).toMatch(/^\p{Lu}[\p{L} ]+$/u)
  expect(new Set(all.map(({ department, name }) => `${department.code} ${name}`)).size).toBe(all.length)
})

it.each([
  ['GT', '0101', 'Guatemala'],
  ['GT', '0917', 'Colomba Costa Cuca'],
  ['GT', '1217', 'Ayutla'],
  ['GT', '1326', 'Santa Cruz Barillas'],
  ['GT', '1606', 'San Miguel Tucurú'],
  ['GT', '2217', 'Quesada'],
  ['HN', '0501', 'San Pedro Sula'],
  ['HN', '0801', 'Distrito Central'],
  ['HN', '1811', 'Yorito'],
  ['SV', '0511', 'Santa Tecla'],
  ['SV', '0614', 'San Salvador'],
  ['SV', '1418', 'Yucuaiquín'],
] as const)('%s %s is %s', (country, code, name) => {
  expect(municipalityOf(country, code)).toMatchObject({ code, name })
})

it.each(['0', '0100', '2301', '01011', ''])('"%s" is nowhere', (code) => {
  expect(municipalityOf('GT', code)).toBeUndefined()
})

it('El Salvador’s 262 districts make 44 municipalities, each district in one of its own department', () => {
  const districts = municipalitiesOf('SV')
  const wholes = new Map(districts.map(({ partOf }) => [partOf?.code, partOf?.name]))

  expect(wholes.size).toBe(44)
  expect(new Set(wholes.values()).size).toBe(44)
  for (const { department, partOf } of districts) {
    expect(partOf?.code.slice(0, 2)).toBe(department.code)
    expect(partOf?.name.startsWith(`${department.name} `)).toBe(true)
  }
  expect(municipalitiesOf('GT').filter(({ partOf }) => partOf !== null)).toEqual([])
})

it.each([
  ['Soyapango', '0622', 'San Salvador Este'],
  ['Santa Tecla', '0528', 'La Libertad Sur'],
  ['Acajutla', '0320', 'Sonsonate Oeste'],
  ['Cinquera', '0910', 'Cabañas Oeste'],
  ['Meanguera del Golfo', '1420', 'La Unión Sur'],
])('%s is a district of %s %s', (name, code, whole) => {
  const found = municipalitiesOf('SV').filter((district) => district.name === name)

  expect(found.map(({ partOf }) => partOf)).toEqual([{ code, name: whole }])
})

it('the lists are small enough for a phone', () => {
  const files = ['guatemala.ts', 'honduras.ts', 'el-salvador.ts', 'departments.ts', 'other-names.ts']
  const bytes = files.map((name) => readFileSync(new URL(name, import.meta.url)))

  expect(gzipSync(Buffer.concat(bytes)).length).toBeLessThan(10_000)
})
