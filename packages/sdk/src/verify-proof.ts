import type { InclusionProof, PublishedKey, Tenant } from '@pisto/contract'
import {
  decodeBase64,
  decodeBase64Url,
  leafHash,
  MalformedProof,
  openCheckpoint,
  ProofRejected,
  verifyInclusion,
} from '@pisto/proof'

/** What a proof has shown to be in the log. */
export interface ProvenLeaf {
  /** Canonical JSON (RFC 8785) of the transaction, as it was hashed. Only what is in it is proven. */
  readonly leaf: string
  /** Its place in the tenant's history. */
  readonly sequence: number
}

/**
 * Checks with no trust in the server that a leaf is in a tenant's log: the leaf has the hash, the hash is under the
 * root, and one of the tenant's checkpoint keys signed the root. That the leaf tells of the transaction that was asked
 * for is to be seen in the leaf.
 *
 * @param tenant From `pisto.tenant.get()`, known from before: fetched together with the proof, it is the server's word.
 * @param keys From `pisto.service.keys()`, known from before as well; those of other tenants and uses do not count.
 * @throws {ProofRejected} the proof does not hold
 * @throws {MalformedProof} the proof, its checkpoint or a key cannot be read
 * @see RFC 9162 section 2.1.3.2, https://c2sp.org/tlog-checkpoint
 * @example
 * const { leaf } = await verifyProof(await pisto.log.proof(payment.transactionId), tenant, keys)
 */
export async function verifyProof(
  proof: InclusionProof,
  tenant: Pick<Tenant, 'id' | 'logOrigin'>,
  keys: readonly PublishedKey[],
): Promise<ProvenLeaf> {
  const publicKeys = keys
    .filter((key) => key.use === 'checkpoint' && key.tenantId === tenant.id)
    .map((key) => decodeBase64Url(key.x))
  const checkpoint = await openCheckpoint(proof.checkpoint, { origin: tenant.logOrigin, publicKeys })
  if (proof.treeSize !== checkpoint.size) {
    throw new ProofRejected('size_out_of_range', 'the proof is for another tree than the checkpoint')
  }
  const { leafIndex, sequence, path } = proof
  if (sequence !== leafIndex + 1) throw new ProofRejected('index_out_of_range', 'a sequence is its leaf’s index plus 1')

  const leaf = decodeBase64(proof.leaf) // hashed here: the hash that the server gives beside it proves nothing
  verifyInclusion({
    leafIndex,
    treeSize: checkpoint.size,
    leafHash: leafHash(leaf),
    path: path.map(decodeBase64),
    root: checkpoint.root,
  })
  return { leaf: textOf(leaf), sequence }
}

function textOf(leaf: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(leaf)
  } catch (cause) {
    throw new MalformedProof('tlog_proof_malformed', 'the leaf is not text', { cause })
  }
}
