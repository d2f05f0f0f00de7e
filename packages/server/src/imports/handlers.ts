import type { OPERATIONS } from '@pisto/contract'
import { isTypeId } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import { listImportRows } from './outcomes.ts'
import { previewImport } from './preview.ts'
import { receiveImport } from './receive.ts'
import { resultOf } from './result.ts'
import { getImport, resumeImport, showImport } from './service.ts'
import { findImports } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const importHandlers = (deps: RegistrationDeps): Handlers<(typeof OPERATIONS)['imports']> => ({
  createImport: (input, call) => receiveImport(deps, call, input),
  previewImport: (input, call) => previewImport(deps, call, input),
  async listImports({ query: { limit = LIMIT_DEFAULT, after: before, externalId } }, { tenantId, livemode }) {
    requireCursor(before, (text) => isTypeId(text, 'imp'))
    const found = await findImports(deps.db, tenantId, { externalId, before, limit: limit + 1 })
    const data = found.slice(0, limit).map((each) => showImport(each, livemode))
    return { data, nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null }
  },
  async getImport({ importId }, { tenantId, livemode }) {
    return showImport(await getImport(deps.db, tenantId, importId), livemode)
  },
  resumeImport: ({ importId }, call) => resumeImport(deps, call, importId),
  async listImportRows({ importId, query: { limit = LIMIT_DEFAULT, after = '0' } }, { tenantId }) {
    const found = await getImport(deps.db, tenantId, importId)
    requireCursor(after, (text) => /^\d{1,15}$/.test(text))
    const rows = await listImportRows(deps.db, tenantId, found, { after: Number(after), limit: limit + 1 })
    const data = rows.slice(0, limit)
    return { data, nextCursor: rows.length > limit ? String(data.at(-1)?.row) : null }
  },
  async getImportResult({ importId }, { tenantId }) {
    return resultOf(deps.db, tenantId, await getImport(deps.db, tenantId, importId))
  },
})
