import type { InclusionProof, Opening, PublishedKey, Tenant } from '@pisto/contract'
import {
  commitment,
  decodeBase64,
  decodeBase64Url,
  encodeBase64,
  epochNamed,
  leafHash,
  MalformedProof,
  openCheckpoint,
  ProofRejected,
  parseTlogProof,
  SALT_LENGTH,
  verifyInclusion,
  verifyTlogProof,
} from '@pisto/proof'

/** What a proof has shown to be in the log. */
export interface ProvenTransaction {
  readonly transactionId: string
  /** Its place in the tenant's history. */
  readonly sequence: number
  /** Canonical JSON (RFC 8785) of the transaction, as it was hashed. Only what is in it is proven. */
  readonly leaf: string
}

/**
 * Checks with no trust in the server that a transaction is in a tenant's log: the leaf tells of it, the leaf's hash is
 * under the root, and one of the tenant's checkpoint keys signed the root. That it is the transaction which was asked
 * for is the caller's to compare.
 *
 * @param tenant From `pisto.tenant.get()`, known from before: fetched together with the proof, it is the server's word.
 * @param keys From `pisto.service.keys()`, known from before as well; those of other tenants and uses do not count.
 * @throws {ProofRejected} the proof does not hold
 * @throws {MalformedProof} the proof, its checkpoint or a key cannot be read
 * @see RFC 9162 section 2.1.3.2, https://c2sp.org/tlog-checkpoint
 * @example
 * const { transactionId } = await verifyProof(await pisto.log.proof(payment.transactionId), tenant, keys)
 * if (transactionId !== payment.transactionId) throw new Error('the proof is of another transaction')
 */
export async function verifyProof(
  proof: InclusionProof,
  tenant: Pick<Tenant, 'id' | 'logOrigin'>,
  keys: readonly PublishedKey[],
): Promise<ProvenTransaction> {
  const checkpoint = await openCheckpoint(proof.checkpoint, logOf(proof.checkpoint, tenant, keys))
  if (proof.treeSize !== checkpoint.size) {
    throw new ProofRejected('size_out_of_range', 'the proof is for another tree than the checkpoint')
  }
  const leaf = decodeBase64(proof.leaf) // hashed here: the hash that the server gives beside it proves nothing
  verifyInclusion({
    leafIndex: proof.leafIndex,
    treeSize: checkpoint.size,
    leafHash: leafHash(leaf),
    path: proof.path.map((hash) => decodeBase64(hash)),
    root: checkpoint.root,
  })
  const proven = transactionOf(leaf, proof.leafIndex, tenant)
  if (proven.transactionId !== proof.transactionId) throw new ProofRejected('leaf_missing', OTHER)
  return proven
}

/**
 * Checks a proof in text, as `pisto.log.proofText()` and `pisto.payments.receiptProof()` give it: with no network, by
 * what was known before.
 *
 * @param text C2SP tlog-proof with the leaf as its extra data.
 * @param tenant As for `verifyProof`.
 * @param keys As for `verifyProof`.
 * @throws {ProofRejected} the proof does not hold
 * @throws {MalformedProof} the text, its checkpoint or a key cannot be read
 * @see https://c2sp.org/tlog-proof
 * @example
 * const { transactionId, leaf } = await verifyProofText(await file.text(), tenant, keys)
 */
export async function verifyProofText(
  text: string,
  tenant: Pick<Tenant, 'id' | 'logOrigin'>,
  keys: readonly PublishedKey[],
): Promise<ProvenTransaction> {
  const { leaf, index } = await verifyTlogProof(text, logOf(parseTlogProof(text).checkpoint, tenant, keys))
  return transactionOf(leaf, index, tenant)
}

/**
 * Checks that a text is the one which a proven transaction was made with: the log has only a commitment to it, and an
 * opening opens that: a receipt's, or one of `pisto.log.openings()`.
 *
 * @param leaf Of what `verifyProof` or `verifyProofText` gave.
 * @throws {ProofRejected} `commitment_mismatch`: the transaction has no commitment to this text
 * @throws {MalformedProof} the salt is not base64, or the leaf not a transaction
 * @example
 * const { data } = await pisto.log.openings(transactionId)
 * for (const opening of data) verifyOpening(leaf, opening) // opening.record.reference is what somebody wrote
 */
export function verifyOpening(leaf: string, { salt, record }: Opening): void {
  const { commitments } = parseLeaf(new TextEncoder().encode(leaf))
  if (!commitments.includes(encodeBase64(commitment(decodeSalt(salt), record)))) {
    throw new ProofRejected('commitment_mismatch', 'the transaction has no commitment to this text')
  }
}

function decodeSalt(salt: string): Uint8Array {
  const bytes = decodeBase64(salt)
  if (bytes.length === SALT_LENGTH) return bytes
  throw new MalformedProof('base64_malformed', `a salt has ${SALT_LENGTH} bytes`)
}

const OTHER = 'the leaf that is proven tells of another transaction'

/** Whose signature counts: the tenant's keys for checkpoints, under its log's own name, in whatever epoch. */
function logOf(note: string, { id, logOrigin }: Pick<Tenant, 'id' | 'logOrigin'>, keys: readonly PublishedKey[]) {
  const own = keys.filter(({ use, tenantId }) => use === 'checkpoint' && tenantId === id)
  return { origin: epochNamed(note, logOrigin), publicKeys: own.map(({ x }) => decodeBase64Url(x)) }
}

function transactionOf(leaf: Uint8Array, index: number, tenant: Pick<Tenant, 'id'>): ProvenTransaction {
  const told = parseLeaf(leaf)
  if (told.tenant !== tenant.id || told.sequence !== index + 1) throw new ProofRejected('leaf_missing', OTHER)
  return { transactionId: told.id, sequence: told.sequence, leaf: told.text }
}

interface LeafSays {
  readonly text: string
  readonly tenant: unknown
  readonly id: string
  readonly sequence: number
  readonly commitments: readonly unknown[]
}

/** What of a leaf says whose it is. @throws {MalformedProof} it is not the JSON of a transaction */
function parseLeaf(bytes: Uint8Array): LeafSays {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const { tenant, id, sequence, commitments } = JSON.parse(text)
    return { text, tenant, id, sequence, commitments: Array.isArray(commitments) ? commitments : [] }
  } catch (cause) {
    throw new MalformedProof('tlog_proof_malformed', 'the leaf is not a transaction', { cause })
  }
}
