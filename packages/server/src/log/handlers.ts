import { NotFound, type OPERATIONS } from '@pisto/contract'
import type { Ledger } from '@pisto/ledger'
import type { Handlers } from '../platform/http/handlers.ts'
import { proofText, requireProof } from './proof-text.ts'

export interface LogDeps {
  readonly ledger: Ledger
}

const LEAVES_DEFAULT = 100

/** The tamper-evident log, as the ledger keeps it. */
export const logHandlers = ({ ledger }: LogDeps): Handlers<(typeof OPERATIONS)['log']> => ({
  async getLogCheckpoint(_input, { tenantId }) {
    const note = await ledger.log.checkpoint(tenantId)
    if (note === undefined) throw new NotFound('proof_not_found')
    return note
  },

  async getLogTile({ tilePath }, { tenantId }) {
    const tile = await ledger.log.tile(tenantId, tilePath)
    if (tile === undefined) throw new NotFound('tile_not_found', { tile: tilePath })
    return tile
  },

  async getLogProof({ transactionId }, { tenantId, mediaType }) {
    const proof = await requireProof(ledger, tenantId, transactionId)
    return mediaType === 'text/plain' ? proofText(proof) : { ...proof, path: [...proof.path] }
  },

  async getLogConsistency({ query: { from } }, { tenantId }) {
    const proof = await ledger.log.consistencyProof(tenantId, from)
    if (proof === undefined) throw new NotFound('proof_not_found')
    return { ...proof, path: [...proof.path] }
  },

  async listLogLeaves({ query: { limit = LEAVES_DEFAULT, after = '0' } }, { tenantId }) {
    const leaves = await ledger.log.leaves(tenantId, { limit: limit + 1, after: Number(after) })
    const data = leaves.slice(0, limit)
    return { data, nextCursor: leaves.length > limit ? String(data.at(-1)?.sequence) : null }
  },
})
