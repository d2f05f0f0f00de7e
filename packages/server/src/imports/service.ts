import { type Import, NotFound } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { scheduleDue } from '../platform/due/due.ts'
import { hastenDue } from '../platform/due/store.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { findImport, type StoredImport } from './store.ts'

/** @throws {NotFound} this tenant has no such import */
export async function getImport(reader: Queryable, tenantId: string, id: string): Promise<StoredImport> {
  const found = await findImport(reader, tenantId, id)
  if (found === undefined) throw new NotFound('import_not_found', { id })
  return found
}

/**
 * Ends the wait of an import that failed and would be tried again later. One that runs, or has completed, is left alone.
 *
 * @throws {NotFound} this tenant has no such import
 */
export async function resumeImport(deps: RegistrationDeps, call: Call, id: string): Promise<Import> {
  const resumed = await perform<Import>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const found = await getImport(reader, call.tenantId, id)
    const again = scheduleDue.row({ kind: 'import.execute', reference: id, dueAt: ledgerTime })
    return {
      purpose: 'import.resumed',
      companions: found.status === 'running' ? [again] : [],
      answer: showImport(found, call.livemode),
    }
  })
  await hastenDue(deps.db, { tenantId: call.tenantId, kind: 'import.execute', reference: id })
  return resumed
}

export const showImport = ({ createdAt, ...found }: StoredImport, livemode: boolean): Import => ({
  ...found,
  livemode,
  createdAt: createdAt.toISOString(),
})
