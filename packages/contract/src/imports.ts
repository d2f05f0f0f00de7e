import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

const Kind = Type.Enum(['merchants', 'consumers'], { description: 'What each row becomes' })

/** What a column of a file can be. */
export const IMPORT_FIELDS = [
  'externalId',
  'country',
  'tradeName',
  'givenNames',
  'familyNames',
  'dateOfBirth',
  'documentType',
  'documentNumber',
  'phone',
  'categoryCode',
  'municipality',
  'locale',
  'consent',
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

export const ImportRow = strictObject(
  {
    row: Type.Integer({ minimum: 1, description: 'In the file, from 1; rows without any text do not count' }),
    externalId: Type.String(),
    outcome: Type.String({
      description: '`active`, `inReview` (a list may have the person), or the code of the first reason it is refused',
    }),
    registrationId: nullable(
      Type.Union([idOf('mer'), idOf('con')], { description: 'Id of the merchant or consumer that it became' }),
    ),
  },
  { title: 'ImportRow' },
)
export interface ImportRow extends Static<typeof ImportRow> {}

export const Import = strictObject(
  {
    id: idOf('imp'),
    livemode: Livemode,
    kind: Kind,
    name: Type.String(),
    externalId: nullable(Type.String()),
    status: Type.Enum(['receiving', 'running', 'completed'], {
      description: '`receiving` while the file comes; `running` while its rows are decided, in the background',
    }),
    rowCount: Type.Integer({ minimum: 0, description: 'Of the file' }),
    acceptedCount: Type.Integer({ minimum: 0, description: 'Grows while it runs' }),
    refusedCount: Type.Integer({ minimum: 0, description: 'Grows while it runs' }),
    createdAt: Timestamp,
  },
  { title: 'Import', description: 'The tenant’s own act: it attests that the phones were confirmed' },
)
export interface Import extends Static<typeof Import> {}

const fileQuery = {
  kind: Kind,
  columns: Type.Optional(
    Type.String({
      maxLength: 4000,
      description: 'JSON object: field by column, `{"Nombre del negocio":"tradeName"}`. Other columns are guessed',
    }),
  ),
  encoding: Type.Optional(
    Type.Enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'], { description: 'Left out: found, or refused' }),
  ),
}

const externalId = Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\x21-\\x7e]+$' })

export const ImportPreview = strictObject(
  {
    format: Type.Enum(['csv', 'jsonl']),
    encoding: Type.String(),
    delimiter: nullable(Type.String({ description: 'Of a CSV file' })),
    columns: Type.Array(
      strictObject({
        column: Type.String(),
        field: nullable(Type.Enum([...IMPORT_FIELDS], { description: 'Null: the column is not used' })),
      }),
    ),
    missing: Type.Array(Type.Enum([...IMPORT_FIELDS]), { description: 'Without a column for these it is refused' }),
    rows: Type.Array(ImportRow, {
      description: 'The first rows, as they would end now. `registrationId` is always null',
    }),
  },
  { title: 'ImportPreview' },
)
export interface ImportPreview extends Static<typeof ImportPreview> {}

export const ImportRowPage = pageOf(ImportRow, 'ImportRowPage')
export const ImportPage = pageOf(Import, 'ImportPage')

const FILES = ['text/csv', 'application/x-ndjson'] as const

export const createImport = operation({
  id: 'createImport',
  method: 'POST',
  path: '/v1/imports',
  summary: 'Send a file of up to 1,000,000 rows; they are decided in the background',
  scope: 'imports:write',
  idempotencyKey: 'accepted',
  query: strictObject({
    ...fileQuery,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'To find it again' })),
    externalId: Type.Optional(externalId),
  }),
  upload: FILES,
  response: Import,
  status: 201,
  problems: ['file_refused'],
})

export const previewImport = operation({
  id: 'previewImport',
  method: 'POST',
  path: '/v1/imports/preview',
  summary: 'What a file would do: its columns and first 20 rows, of as much of it as is sent; nothing is changed',
  scope: 'imports:read',
  query: strictObject(fileQuery),
  upload: FILES,
  response: ImportPreview,
  problems: ['file_refused'],
})

export const listImports = operation({
  id: 'listImports',
  method: 'GET',
  path: '/v1/imports',
  summary: 'Imports, newest first',
  scope: 'imports:read',
  query: strictObject({ ...pageQuery, externalId: Type.Optional(externalId) }),
  response: ImportPage,
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

export const resumeImport = operation({
  id: 'resumeImport',
  method: 'POST',
  path: '/v1/imports/{importId}/resume',
  summary: 'Go on at once with an import that waits after a failure',
  scope: 'imports:write',
  idempotencyKey: 'accepted',
  response: Import,
  problems: ['import_not_found'],
})

export const listImportRows = operation({
  id: 'listImportRows',
  method: 'GET',
  path: '/v1/imports/{importId}/rows',
  summary: 'Outcomes in the order of the file, as far as they are known',
  scope: 'imports:read',
  query: strictObject(pageQuery),
  response: ImportRowPage,
  problems: ['import_not_found'],
})

export const getImportResult = operation({
  id: 'getImportResult',
  method: 'GET',
  path: '/v1/imports/{importId}/result',
  summary: 'The outcomes as a file: `externalId,outcome,id,row`, safe to open in a spreadsheet',
  scope: 'imports:read',
  query: strictObject({ format: Type.Optional(Type.Enum(['csv'])) }),
  response: Type.String(),
  formats: { csv: 'text/csv' },
  problems: ['import_not_found'],
})
