import type { Import, OPERATIONS, OperationInput } from '@pisto/contract'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { type ImportedRow, openImportFile, requireColumns } from './import-file.ts'
import { insertPart, type Part } from './parts.ts'
import { showImport } from './service.ts'
import { forgetUnreceived, insertImports, type StoredImport, startImports } from './store.ts'

/** What waits is decided and deleted in parts of so many rows: what one transaction of the ledger holds. */
const ROWS_A_PART = 1_000
/** By then a file has come whole, or what came of it is forgotten. */
const RECEIVE_MS = 86_400_000

/**
 * Takes a file while it comes, and has its rows decided in the background. Until it has come to its end nothing of it
 * has an effect; what came of a file that broke off is forgotten. The same key and file give the same import again.
 *
 * @throws {PistoProblem} `file_refused`, `request_invalid`
 */
export async function receiveImport(
  deps: RegistrationDeps,
  call: Call,
  { query, file }: OperationInput<(typeof OPERATIONS)['imports']['createImport']>,
): Promise<Import> {
  const opened = await openImportFile(file, query)
  requireColumns(opened)
  const { kind, name = query.kind, externalId = null } = query
  const id = deps.ids.next('imp')
  const counts = { rowCount: 0, acceptedCount: 0, refusedCount: 0 }
  const begun = { id, kind, name, externalId, status: 'receiving', ...counts } as const
  const { receiving, key } = await beginReceiving(deps, call, begun)
  try {
    const rowCount = await store(deps, key, opened.rows)
    const answer = await perform<Import>(deps.ledger, call, ({ ledgerTime }) => ({
      purpose: 'import.created',
      references: { importId: id },
      events: [{ type: 'import.created', objectId: id, status: 'running' }],
      companions: [
        startImports.row({ id, rowCount }),
        scheduleDue.row({ kind: 'import.execute', reference: id, dueAt: ledgerTime }),
      ],
      answer: showImport({ ...receiving, status: 'running', rowCount }, call.livemode),
    }))
    if (answer.id !== id) await forgetUnreceived(deps.db, call.tenantId, id)
    return answer
  } catch (error) {
    await forgetUnreceived(deps.db, call.tenantId, id).catch(() => undefined) // else `import.forget` does it
    throw error
  }
}

async function beginReceiving(
  { ledger, personalData }: RegistrationDeps,
  { tenantId, clientId, operation, bodyHash }: Call,
  begun: Omit<StoredImport, 'createdAt'>,
): Promise<{ readonly receiving: StoredImport; readonly key: PersonKey }> {
  const request = { tenantId, clientId, operation, key: undefined, bodyHash }
  let planned: { readonly receiving: StoredImport; readonly key: PersonKey } | undefined
  await ledger.decide(request, async ({ ledgerTime: createdAt }) => {
    const { key, companion } = await personalData.newKey({ tenantId, personId: begun.id }, createdAt)
    planned = { receiving: { ...begun, createdAt }, key }
    const dueAt = new Date(createdAt.getTime() + RECEIVE_MS)
    return {
      purpose: 'import.receiving',
      companions: [
        companion,
        insertImports.row(planned.receiving),
        scheduleDue.row({ kind: 'import.forget', reference: begun.id, dueAt }),
      ],
      answer: null,
    }
  })
  if (planned === undefined) throw new Error('the ledger planned nothing')
  return planned
}

/** Keeps the rows as they come, no faster than the database takes them. @returns How many. */
async function store({ db }: RegistrationDeps, key: PersonKey, rows: AsyncIterable<ImportedRow>): Promise<number> {
  let rowCount = 0
  let part: Part & { readonly rows: ImportedRow[] } = { number: 1, rows: [] }
  for await (const row of rows) {
    rowCount++
    part.rows.push(row)
    if (part.rows.length < ROWS_A_PART) continue
    await insertPart(db, key, part)
    part = { number: part.number + 1, rows: [] }
  }
  if (part.rows.length > 0) await insertPart(db, key, part)
  return rowCount
}
