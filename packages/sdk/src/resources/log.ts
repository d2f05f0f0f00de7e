import type { ConsistencyProof, InclusionProof, Leaf, Openings } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions } from '../options.ts'

export interface LeafFilter extends Query<'listLogLeaves'> {}

/** The tamper-evident log of every transaction (RFC 9162, C2SP tlog-tiles). */
export interface Log {
  /** The newest signed checkpoint: a note of origin, size and root. */
  checkpoint(options?: CallOptions): Promise<string>
  /** The proof that a transaction is in the log; check it with `verifyProof`. */
  proof(transactionId: string, options?: CallOptions): Promise<InclusionProof>
  /** The same proof as C2SP tlog-proof, to keep or to hand on; check it with `verifyProofText`, with no network. */
  proofText(transactionId: string, options?: CallOptions): Promise<string>
  /** What opens the transaction's commitments, whatever it is of; each checks with `verifyOpening`. */
  openings(transactionId: string, options?: CallOptions): Promise<Openings>
  /** The proof that the log only grew since the size `from`. */
  consistency(since: Query<'getLogConsistency'>, options?: CallOptions): Promise<ConsistencyProof>
  /** The leaves themselves, oldest first. */
  leaves(filter?: LeafFilter, options?: CallOptions): List<Leaf>
  /** @param tilePath Level, index and width, e.g. `0/x001/234.p/12`. */
  tile(tilePath: string, options?: CallOptions): Promise<Uint8Array>
  /** The same for any tenant, with no key: what the public reads. */
  publishedCheckpoint(tenantCode: string, options?: CallOptions): Promise<string>
  publishedTile(tenantCode: string, tilePath: string, options?: CallOptions): Promise<Uint8Array>
  /** The same for an epoch that began after a restore. @param epoch From 2. */
  epochCheckpoint(tenantCode: string, epoch: string, options?: CallOptions): Promise<string>
  epochTile(tenantCode: string, epoch: string, tilePath: string, options?: CallOptions): Promise<Uint8Array>
}

export function log(http: Http): Log {
  return {
    checkpoint: (options) => http.send('getLogCheckpoint', {}, options),
    proof: (transactionId, options) => http.send('getLogProof', { transactionId }, options),
    proofText: (transactionId, options) => http.text('getLogProof', { transactionId }, options),
    openings: (transactionId, options) => http.send('getLogOpenings', { transactionId }, options),
    consistency: (query, options) => http.send('getLogConsistency', { query }, options),
    leaves: (query = {}, options) => http.list('listLogLeaves', { query }, options),
    tile: (tilePath, options) => http.send('getLogTile', { tilePath }, options),
    publishedCheckpoint: (tenantCode, options) => http.send('getPublishedCheckpoint', { tenantCode }, options),
    publishedTile: (tenantCode, tilePath, options) => http.send('getPublishedTile', { tenantCode, tilePath }, options),
    epochCheckpoint: (tenantCode, epoch, options) => http.send('getEpochCheckpoint', { tenantCode, epoch }, options),
    epochTile: (tenantCode, epoch, tilePath, options) =>
      http.send('getEpochTile', { tenantCode, epoch, tilePath }, options),
  }
}
