import type { CreateImport, Import, ImportRow, ImportRows, MerchantRows } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface ImportRowFilter extends Query<'listImportRows'> {}

/** Many registrations at once, row by row. */
export interface Imports {
  /** Begins an import; with the file's hash as `idempotencyKey`, goes on with the one begun before. */
  create(import_: CreateImport, options?: WriteOptions): Promise<Import>
  /** How far it is. */
  get(importId: string, options?: CallOptions): Promise<Import>
  /** Imports up to 100 rows; a row that was imported before keeps its outcome. */
  addRows(importId: string, rows: MerchantRows, options?: WriteOptions): Promise<ImportRows>
  /** Outcomes in the order of the file. */
  rows(importId: string, filter?: ImportRowFilter, options?: CallOptions): List<ImportRow>
}

export function imports(http: Http): Imports {
  return {
    create: (body, options) => http.send('createImport', { body }, options),
    get: (importId, options) => http.send('getImport', { importId }, options),
    addRows: (importId, body, options) => http.send('addImportRows', { importId, body }, options),
    rows: (importId, query = {}, options) => http.list('listImportRows', { importId, query }, options),
  }
}
