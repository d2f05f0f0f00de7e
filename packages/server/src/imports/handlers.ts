import type * as operations from '@pisto/contract'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { addImportRows, createImport, getImport, showImport } from './service.ts'
import { listImportRows } from './store.ts'

type ImportOperations = Pick<typeof operations, 'createImport' | 'getImport' | 'addImportRows' | 'listImportRows'>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const importHandlers = (deps: RegistrationDeps): Handlers<ImportOperations> => ({
  createImport: ({ body }, call) => createImport(deps, call, body),
  async getImport({ importId }, { tenantId, livemode }) {
    return showImport(await getImport(deps.db, tenantId, importId), livemode)
  },
  async addImportRows({ importId, body }, call) {
    return { data: await addImportRows(deps, call, importId, body.rows) }
  },
  async listImportRows({ importId, query: { limit = LIMIT_DEFAULT, after = '0' } }, { tenantId }) {
    await getImport(deps.db, tenantId, importId)
    requireCursor(after, (text) => /^\d{1,15}$/.test(text))
    const found = await listImportRows(deps.db, tenantId, importId, { after: Number(after), limit: limit + 1 })
    const data = found.slice(0, limit)
    return { data, nextCursor: found.length > limit ? String(data.at(-1)?.row) : null }
  },
})
