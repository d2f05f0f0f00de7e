import type { Queryable } from '@pisto/ledger'
import { BYTE_ORDER_MARK, csvLine } from '../platform/csv.ts'
import type { Download } from '../platform/http/download.ts'
import { listImportRows } from './outcomes.ts'
import type { StoredImport } from './store.ts'

const ROWS_A_READ = 1_000

/** The outcomes as a file that a spreadsheet opens, a row for each that is decided, in the order of the file. */
export const resultOf = (db: Queryable, tenantId: string, found: StoredImport): Download => ({
  format: 'csv',
  fileName: `${found.id.replace('_', '-')}.csv`,
  pieces: linesOf(db, tenantId, found),
})

async function* linesOf(db: Queryable, tenantId: string, found: StoredImport): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(['externalId', 'outcome', 'id', 'row'].map((own) => ({ own })))
  for (let after = 0; ; ) {
    const rows = await listImportRows(db, tenantId, found, { after, limit: ROWS_A_READ })
    const lines = rows.map(({ row, externalId, outcome, registrationId }) =>
      csvLine([{ text: externalId }, { own: outcome }, { own: registrationId ?? '' }, { own: String(row) }]),
    )
    if (rows.length > 0) yield lines.join('')
    if (rows.length < ROWS_A_READ) return
    after = rows.at(-1)?.row ?? after
  }
}
