import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import { aRow } from '../testing/import-people.ts'
import { bytesOf, importFile, jsonLines, sendFile } from '../testing/importing.ts'
import { aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const SPANISH =
  'Código;Nombre del negocio;Nombres;Apellidos;Fecha de nacimiento;DPI;Teléfono;Rubro;Consentimiento;Notas'

function spanishFile(rows: readonly ReturnType<typeof aRow>[]): string {
  const lines = rows.map((row) =>
    [row.externalId, row.tradeName, row.givenNames, row.familyNames, row.dateOfBirth, row.documentNumber]
      .concat([row.phone, row.categoryCode, 'Sí', 'x'])
      .join(';'),
  )
  return `\ufeff${[SPANISH, ...lines].join('\r\n')}\r\n`
}

type Query = Parameters<ReturnType<typeof importHandlers>['previewImport']>[0]['query']

async function preview(content: string | Uint8Array, query: Partial<Query> = {}, tenant = aTenant(world)) {
  const file = { mediaType: 'text/csv', bytes: bytesOf(content) } as const
  const call = aCall(await tenant, 'previewImport')
  return importHandlers(world).previewImport({ query: { kind: 'merchants', ...query }, file }, call)
}

it('shows how a Spanish spreadsheet is read and how its rows would end, and changes nothing', async () => {
  const tenant = await aTenant(world)
  const [known, twice, fresh] = [aRow(), aRow(), aRow()]
  await importFile(world, tenant, jsonLines([known]))
  const rows = [known, twice, fresh, { ...aRow(), phone: twice.phone }, aRow({ dateOfBirth: '31/12/1990' })]
  const { columns, ...shown } = await preview(spanishFile(rows), {}, Promise.resolve(tenant))

  expect(columns.map(({ column, field }) => `${column}=${field}`)).toEqual([
    ...['Código=externalId', 'Nombre del negocio=tradeName', 'Nombres=givenNames', 'Apellidos=familyNames'],
    ...['Fecha de nacimiento=dateOfBirth', 'DPI=documentNumber', 'Teléfono=phone', 'Rubro=categoryCode'],
    ...['Consentimiento=consent', 'Notas=null'],
  ])
  expect(shown).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ';', missing: [] })
  expect(shown.rows.map(({ outcome }) => outcome)).toEqual([
    ...['document_duplicate', 'active', 'active', 'phone_duplicate', 'birth_date_invalid'],
  ])
  const stored = await world.db.query('select 1 from registrations where tenant_id = $1', [toUuid(tenant.id)])
  expect(stored).toHaveLength(1)
})

it('what is shown is what happens, also of whom a list may have, and of cards that the registry knows otherwise', async () => {
  const tenant = await aTenant(world)
  const numbered = (serialEnd: string) => ({ documentNumber: aPerson('GT', serialEnd).person.document.number })
  const listed = { givenNames: 'Eufrasia', familyNames: 'Uxmatzul Bolomkej' }
  const people = [{}, listed, numbered('1111'), numbered('2222'), numbered('9999')]
  const file = spanishFile(people.map((change) => aRow(change)))

  const shown = await preview(file, {}, Promise.resolve(tenant))
  const { rows } = await importFile(world, tenant, file, { mediaType: 'text/csv' })

  const expected = ['active', 'inReview', 'inReview', 'inReview', 'inReview']
  for (const found of [shown.rows, rows]) expect(found.map(({ outcome }) => outcome)).toEqual(expected)
  const merchants = merchantHandlers(world)
  const reasons = rows.map(async ({ registrationId }) => {
    const call = aCall(tenant, 'getMerchant')
    return (await merchants.getMerchant({ merchantId: registrationId ?? '' }, call)).review?.reasons ?? []
  })
  expect((await Promise.all(reasons)).flat()).toEqual([
    ...['possibleMatch', 'documentMismatch', 'documentImageNeeded', 'possibleMatch'],
  ])
})

it('reads no further than it shows', async () => {
  async function* endless() {
    for (;;) yield Buffer.from(jsonLines([aRow({ phone: '1' })]))
  }
  const file = { mediaType: 'application/x-ndjson', bytes: endless() } as const
  const query = { kind: 'merchants' } as const
  const { rows } = await importHandlers(world).previewImport({ query, file }, aCall(await aTenant(world), 'x'))

  expect(rows).toHaveLength(20)
})

it('names what is missing; an import of it is refused, until it is told which column it is', async () => {
  const tenant = await aTenant(world)
  const file = spanishFile([aRow()]).replace('Teléfono', 'Contacto')
  const mediaType = 'text/csv'

  expect(await preview(file)).toMatchObject({ missing: ['phone'] })
  await expect(sendFile(world, tenant, file, { mediaType })).rejects.toMatchObject({
    code: 'file_refused',
    facts: { columns: 'phone' },
    errors: [{ code: 'columns_missing' }],
  })
  const columns = '{"Contacto":"phone"}'
  expect((await importFile(world, tenant, file, { mediaType, columns })).rows).toMatchObject([{ outcome: 'active' }])
})

it.each([
  ['{', 'no JSON'],
  ['["phone"]', 'no object'],
  ['{"Teléfono":"telephone"}', 'no such field'],
  ['{"Teléfono":{}}', 'no text'],
  ['{"Other":"phone"}', 'the file has no such column'],
])('refuses columns told as %s: %s', async (columns, _why) => {
  await expect(preview(spanishFile([aRow()]), { columns })).rejects.toMatchObject({
    code: 'request_invalid',
    errors: [{ pointer: '/columns', code: 'columns_invalid' }],
  })
})

it('refuses a hostile file by name, in both languages', async () => {
  await expect(preview('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>')).rejects.toMatchObject({
    code: 'file_refused',
    errors: [{ pointer: '', code: 'file_xml', messageEs: expect.stringContaining('XML') }],
  })
})

it('the rest of a file that turns out hostile has no effect', async () => {
  const tenant = await aTenant(world)
  const file = Buffer.concat([Buffer.from(spanishFile(Array.from({ length: 1_500 }, () => aRow()))), Buffer.from([0])])

  await expect(sendFile(world, tenant, file, { mediaType: 'text/csv' })).rejects.toMatchObject({
    code: 'file_refused',
    errors: [{ code: 'file_binary' }],
  })
  expect(await world.db.query('select 1 from import_parts where tenant_id = $1', [toUuid(tenant.id)])).toEqual([])
})
