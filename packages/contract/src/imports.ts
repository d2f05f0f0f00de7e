import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

const cell = Type.String({ maxLength: 1000 })

/** One registration as a spreadsheet holds it: text, checked row by row, never refused as a whole. */
export const MerchantRow = strictObject(
  {
    row: Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'Number of the row in the file, from 1' }),
    externalId: cell,
    country: cell,
    tradeName: cell,
    givenNames: cell,
    familyNames: cell,
    dateOfBirth: cell,
    documentType: cell,
    documentNumber: cell,
    phone: cell,
    categoryCode: cell,
    locale: cell,
    consent: cell,
  },
  { title: 'MerchantRow' },
)
export interface MerchantRow extends Static<typeof MerchantRow> {}

export const ImportRow = strictObject(
  {
    row: Type.Integer({ minimum: 1 }),
    externalId: Type.String(),
    outcome: Type.String({ description: '`active`, or the code of the first reason it is refused' }),
    merchantId: nullable(idOf('mer')),
  },
  { title: 'ImportRow' },
)
export interface ImportRow extends Static<typeof ImportRow> {}

export const Import = strictObject(
  {
    id: idOf('imp'),
    livemode: Livemode,
    kind: Type.Enum(['merchants']),
    name: Type.String(),
    acceptedCount: Type.Integer({ minimum: 0 }),
    refusedCount: Type.Integer({ minimum: 0 }),
    createdAt: Timestamp,
  },
  { title: 'Import', description: 'The tenant’s own act: it attests that the phones were confirmed' },
)
export interface Import extends Static<typeof Import> {}

export const CreateImport = strictObject(
  { kind: Type.Enum(['merchants']), name: Type.String({ minLength: 1, maxLength: 200 }) },
  { title: 'CreateImport' },
)
export interface CreateImport extends Static<typeof CreateImport> {}

export const MerchantRows = strictObject(
  { rows: Type.Array(MerchantRow, { minItems: 1, maxItems: 100 }) },
  { title: 'MerchantRows' },
)
export interface MerchantRows extends Static<typeof MerchantRows> {}

export const ImportRows = strictObject({ data: Type.Array(ImportRow) }, { title: 'ImportRows' })
export interface ImportRows extends Static<typeof ImportRows> {}

export const ImportRowPage = pageOf(ImportRow, 'ImportRowPage')

export const createImport = operation({
  id: 'createImport',
  method: 'POST',
  path: '/v1/imports',
  summary: 'Begin an import; the same key (the file’s hash) goes on with the same import',
  scope: 'imports:write',
  idempotencyKey: 'accepted',
  body: CreateImport,
  response: Import,
  status: 201,
  problems: [],
})

export const getImport = operation({
  id: 'getImport',
  method: 'GET',
  path: '/v1/imports/{importId}',
  summary: 'How far an import is',
  scope: 'imports:read',
  response: Import,
  problems: ['import_not_found'],
})

export const addImportRows = operation({
  id: 'addImportRows',
  method: 'POST',
  path: '/v1/imports/{importId}/rows',
  summary: 'Import some rows; a row that was imported before keeps its outcome',
  scope: 'imports:write',
  idempotencyKey: 'accepted',
  body: MerchantRows,
  response: ImportRows,
  problems: ['import_not_found'],
})

export const listImportRows = operation({
  id: 'listImportRows',
  method: 'GET',
  path: '/v1/imports/{importId}/rows',
  summary: 'Outcomes in the order of the file',
  scope: 'imports:read',
  query: strictObject(pageQuery),
  response: ImportRowPage,
  problems: ['import_not_found'],
})
