import type { Import, ImportPreview, ImportRow } from '@pisto/contract'
import type { Download } from '../http/download.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { FileUpload } from '../http/upload.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

/** What a file's rows become, and how it is read. */
export interface ImportFileOptions extends Query<'previewImport'> {}
export interface CreateImport extends Query<'createImport'> {}
export interface ImportFilter extends Query<'listImports'> {}
export interface ImportRowFilter extends Query<'listImportRows'> {}

/** Many registrations at once: a file, row by row. */
export interface Imports {
  /** Sends a file; its rows are decided in the background. The same `idempotencyKey` and file: the same import. */
  create(file: FileUpload, import_: CreateImport, options?: WriteOptions): Promise<Import>
  /** What a file, or the beginning of it, would do. */
  preview(file: FileUpload, options_: ImportFileOptions, options?: CallOptions): Promise<ImportPreview>
  /** Newest first. */
  list(filter?: ImportFilter, options?: CallOptions): List<Import>
  /** How far it is. */
  get(importId: string, options?: CallOptions): Promise<Import>
  /** Goes on at once with one that waits after a failure. */
  resume(importId: string, options?: WriteOptions): Promise<Import>
  /** Outcomes in the order of the file. */
  rows(importId: string, filter?: ImportRowFilter, options?: CallOptions): List<ImportRow>
  /** The outcomes as CSV, piece by piece. */
  result(importId: string, options?: CallOptions): Promise<Download>
}

export function imports(http: Http): Imports {
  return {
    create: (file, query, options) => http.send('createImport', { file, query }, options),
    preview: (file, query, options) => http.send('previewImport', { file, query }, options),
    list: (query = {}, options) => http.list('listImports', { query }, options),
    get: (importId, options) => http.send('getImport', { importId }, options),
    resume: (importId, options) => http.send('resumeImport', { importId }, options),
    rows: (importId, query = {}, options) => http.list('listImportRows', { importId, query }, options),
    result: (importId, options) => http.download('getImportResult', 'csv', { importId, query: {} }, options),
  }
}
