import { NotFound, type OPERATIONS } from '@pisto/contract'
import type { Ledger } from '@pisto/ledger'
import type { Handlers } from '../platform/http/handlers.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import { getLogOpenings, type OpeningDeps } from './openings.ts'
import { proofText, requireProof, requireSigning } from './proof-text.ts'

export interface LogDeps extends Pick<OpeningDeps, 'db' | 'keptTexts'> {
  readonly ledger: Ledger
  readonly tenants: Pick<TenantDirectory, 'findByCode'>
}

const LEAVES_DEFAULT = 100

/** The tamper-evident log, as the ledger keeps it: whole for its tenant, hashes and signatures for everybody. */
export const logHandlers = (deps: LogDeps): Handlers<(typeof OPERATIONS)['log']> => ({
  getLogCheckpoint: (_input, { tenantId }) => requireCheckpoint(deps, tenantId),
  getLogTile: ({ tilePath }, { tenantId }) => requireTile(deps, tenantId, tilePath),
  getPublishedCheckpoint: async ({ tenantCode }) => requireCheckpoint(deps, await requireTenant(deps, tenantCode), 1),
  getPublishedTile: async ({ tenantCode, tilePath }) =>
    requireTile(deps, await requireTenant(deps, tenantCode), tilePath, 1),
  getEpochCheckpoint: async ({ tenantCode, epoch }) =>
    requireCheckpoint(deps, await requireTenant(deps, tenantCode), epochOf(epoch)),
  getEpochTile: async ({ tenantCode, epoch, tilePath }) =>
    requireTile(deps, await requireTenant(deps, tenantCode), tilePath, epochOf(epoch)),

  async getLogProof({ transactionId }, { tenantId, mediaType }) {
    const proof = await requireProof(deps.ledger, tenantId, transactionId)
    return mediaType === 'text/plain' ? proofText(proof) : { ...proof, path: [...proof.path] }
  },

  getLogOpenings: ({ transactionId }, call) => getLogOpenings(deps, call, transactionId),

  async getLogConsistency({ query: { from } }, { tenantId }) {
    const proof = await deps.ledger.log.consistencyProof(tenantId, from)
    if (proof === undefined) {
      requireSigning(deps.ledger, tenantId)
      throw new NotFound('proof_not_found')
    }
    return { ...proof, path: [...proof.path] }
  },

  async listLogLeaves({ query: { limit = LEAVES_DEFAULT, after = '0' } }, { tenantId }) {
    const leaves = await deps.ledger.log.leaves(tenantId, { limit: limit + 1, after: Number(after) })
    const data = leaves.slice(0, limit)
    return { data, nextCursor: leaves.length > limit ? String(data.at(-1)?.sequence) : null }
  },
})

/** A log that is not signed at present still gives what was signed before. */
async function requireCheckpoint({ ledger }: LogDeps, tenantId: string, epoch?: number): Promise<string> {
  const note = await ledger.log.checkpoint(tenantId, epoch)
  if (note !== undefined) return note
  requireSigning(ledger, tenantId)
  throw new NotFound('proof_not_found')
}

async function requireTile(
  { ledger }: LogDeps,
  tenantId: string,
  tilePath: string,
  epoch?: number,
): Promise<Uint8Array> {
  const tile = await ledger.log.tile(tenantId, tilePath, epoch)
  if (tile === undefined) throw new NotFound('tile_not_found', { tile: tilePath })
  return tile
}

async function requireTenant({ tenants }: LogDeps, code: string): Promise<string> {
  const tenant = await tenants.findByCode(code)
  if (tenant === undefined) throw new NotFound('log_not_found', { log: code })
  return tenant.id
}

/** The first epoch has no number: one address, one spelling. */
function epochOf(text: string): number {
  if (/^(?:[2-9]|[1-9][0-9]{1,7})$/.test(text)) return Number(text)
  throw new NotFound('log_not_found', { log: text })
}
