import { expect, it } from 'vitest'
import { mapColumns } from './columns.ts'
import { IMPORT_KINDS } from './kinds.ts'

const { merchants, consumers } = IMPORT_KINDS

it.each([
  ['Teléfono', 'phone'],
  ['TELEFONO', 'phone'],
  ['Número de Documento', 'documentNumber'],
  ['No. de documento', 'documentNumber'],
  ['DPI', 'documentNumber'],
  ['Fecha de nacimiento', 'dateOfBirth'],
  ['País', 'country'],
  ['Código', 'externalId'],
  ['Apellidos', 'familyNames'],
  ['first_name', 'givenNames'],
  ['Nombre del negocio', 'tradeName'],
  ['Autorización', 'consent'],
  ['birth-date', 'dateOfBirth'],
  ['observaciones', null],
  ['__proto__', null],
  ['ñ', null],
] as const)('guesses that the column %s is %s', (column, field) => {
  expect(mapColumns([column], merchants).columns).toEqual([{ column, field }])
})

it('two columns for one field: its own name is it, else the first', () => {
  const fieldsOf = (...columns: string[]) => mapColumns(columns, merchants).columns.map(({ field }) => field)

  expect(fieldsOf('celular', 'phone')).toEqual([null, 'phone'])
  expect(fieldsOf('celular', 'teléfono')).toEqual(['phone', null])
})

it('what is told goes before what is guessed', () => {
  const told = new Map([['celular 2', 'phone'] as const])

  expect(mapColumns(['phone', 'celular 2'], merchants, told).columns.map(({ field }) => field)).toEqual([null, 'phone'])
})

it('names the required fields that no column is; consumers have no shop', () => {
  expect(mapColumns(['nombres'], merchants).missing).toEqual([
    ...['tradeName', 'familyNames', 'dateOfBirth', 'documentNumber', 'phone', 'consent', 'categoryCode'],
  ])
  expect(mapColumns(['negocio', 'nombres'], consumers)).toMatchObject({
    columns: [{ field: null }, { field: 'givenNames' }],
    missing: ['familyNames', 'dateOfBirth', 'documentNumber', 'phone', 'consent'],
  })
})
