import { type CreateImport, type Import, type ImportRow, type MerchantRow, NotFound } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { decideRows } from './import-rows.ts'
import { type CountedImport, findImport, insertImports } from './store.ts'

/** Begins an import; the same key and body (the file's hash is a good key) give the same import again. */
export async function createImport(deps: RegistrationDeps, call: Call, { kind, name }: CreateImport): Promise<Import> {
  const id = deps.ids.next('imp')
  return perform<Import>(deps.ledger, call, ({ ledgerTime: createdAt }) => {
    const begun = { id, kind, name, createdAt }
    return {
      purpose: 'import.created',
      companions: [insertImports.row(begun)],
      answer: showImport({ ...begun, acceptedCount: 0, refusedCount: 0 }, call.livemode),
    }
  })
}

/**
 * Imports some rows of a file. A row that was imported before keeps its outcome, whatever the request's key; a
 * request that was cut short is completed by sending it again.
 *
 * @returns The outcomes in the order of the request.
 * @throws {NotFound} this tenant has no such import
 */
export async function addImportRows(
  deps: RegistrationDeps,
  call: Call,
  importId: string,
  rows: readonly MerchantRow[],
): Promise<ImportRow[]> {
  await acceptRequest(deps, call, importId)
  const outcomes = await decideRows(deps, call, importId, rows)
  return rows.map(({ row }) => {
    const outcome = outcomes.get(row)
    if (outcome === undefined) throw new Error(`row ${row} of ${importId} has no outcome`)
    return outcome
  })
}

/** @throws {NotFound} this tenant has no such import */
export async function getImport(reader: Queryable, tenantId: string, id: string): Promise<CountedImport> {
  const found = await findImport(reader, tenantId, id)
  if (found === undefined) throw new NotFound('import_not_found', { id })
  return found
}

export const showImport = ({ createdAt, ...found }: CountedImport, livemode: boolean): Import => ({
  ...found,
  livemode,
  createdAt: createdAt.toISOString(),
})

/** Takes the request's key before any row is decided: used with another body, it is refused with nothing done. */
async function acceptRequest(deps: RegistrationDeps, call: Call, importId: string): Promise<void> {
  if (call.idempotencyKey === undefined) {
    await getImport(deps.db, call.tenantId, importId)
    return
  }
  await perform(deps.ledger, call, async ({ reader }) => {
    await getImport(reader, call.tenantId, importId)
    return { purpose: 'import.rowsAccepted', answer: { importId } }
  })
}
