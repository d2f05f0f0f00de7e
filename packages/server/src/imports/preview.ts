import type { ImportPreview, OPERATIONS, OperationInput } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import { findingOf } from '../registrations/findings.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { findTaken } from '../registrations/uniqueness.ts'
import { listsInForce, screenLists } from '../screening/screen-lists.ts'
import { consequenceOf } from '../screening/screening.ts'
import { subjectsOf } from '../screening/subjects.ts'
import { type CheckedPart, checkPart, type Importing } from './check-part.ts'
import { type ImportedRow, openImportFile } from './import-file.ts'

const PREVIEW_ROWS = 20

/**
 * What a file would do: how it is read, what its columns are, and how its first rows would end. Changes nothing, and
 * reads no further than it must.
 *
 * @throws {PistoProblem} `file_refused`, `request_invalid`
 */
export async function previewImport(
  deps: RegistrationDeps,
  { tenantId, tenant }: Call,
  { query, file }: OperationInput<(typeof OPERATIONS)['imports']['previewImport']>,
): Promise<ImportPreview> {
  const { format, encoding, delimiter, columns, missing, kind, rows } = await openImportFile(file, query)
  const importing: Importing = { tenantId, tenant, importId: '', kind }
  const part = checkPart(deps, importing, { number: 1, rows: await firstOf(rows, PREVIEW_ROWS) })
  const outcomes = await outcomesOf(deps, importing, part)
  return {
    format,
    encoding,
    delimiter,
    columns: [...columns],
    missing: [...missing],
    rows: part.rows.map(({ row, cells: { externalId = '' } }) => {
      return { row, externalId, outcome: outcomes.get(row) ?? 'active', registrationId: null }
    }),
  }
}

/** Of the rows that would be refused, or wait for people. */
async function outcomesOf(
  deps: RegistrationDeps,
  { tenantId, kind }: Importing,
  { candidates, refused }: CheckedPart,
): Promise<Map<number, string>> {
  const { db } = deps
  const lists = await listsInForce(db, tenantId, deps.clock.now())
  const keys = candidates.map((candidate) => candidate.keys)
  const taken = await findTaken(db, tenantId, kind.registration.name, keys)
  const documents = new Set(taken.documents)
  const phones = new Set(taken.phones)
  const outcomes = new Map(refused.map(({ row, outcome }) => [row, outcome]))
  for (const { row, form, keys: own } of candidates) {
    if (own.document !== null && documents.has(own.document)) outcomes.set(row.row, 'document_duplicate')
    else if (phones.has(own.phone)) outcomes.set(row.row, 'phone_duplicate')
    else {
      if (own.document !== null) documents.add(own.document)
      phones.add(own.phone)
      const { hits } = await screenLists(deps.listIndexes, db, tenantId, lists, subjectsOf(form, deps))
      const isPossibleMatch = consequenceOf(hits.map((hit) => ({ ...hit, isKnown: false }))) !== undefined
      const finding = findingOf(deps, { ...form, finding: null, flags: [] }, isPossibleMatch)
      if (finding !== null) outcomes.set(row.row, 'inReview')
    }
  }
  return outcomes
}

async function firstOf(rows: AsyncIterable<ImportedRow>, count: number): Promise<ImportedRow[]> {
  const first: ImportedRow[] = []
  for await (const row of rows) {
    first.push(row)
    if (first.length === count) break
  }
  return first
}
