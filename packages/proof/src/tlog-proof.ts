import { decodeBase64, encodeBase64 } from './base64.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { MalformedProof, ProofRejected } from './errors.ts'
import { HASH_LENGTH } from './sha256.ts'
import { leafHash } from './tree-hash.ts'
import { isTreeSize, parseTreeSize } from './tree-size.ts'
import { verifyInclusion } from './verify-proof.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'
const LONGEST_PATH = 53

/** That a leaf is in a log, in a form that can be kept and verified without the log. */
export interface TlogProof {
  /** From 0. */
  readonly index: number
  /** From the leaf's sibling to the root's child, as `inclusionProof` gives it. */
  readonly path: readonly Uint8Array[]
  /** The signed note. */
  readonly checkpoint: string
  /** The leaf's content; in the text it is the "extra data". Left out, whoever verifies must have it. */
  readonly leaf?: Uint8Array
}

/** What a verified proof shows. */
export interface ProvenLeaf {
  readonly leaf: Uint8Array
  readonly index: number
  readonly checkpoint: Checkpoint
}

/**
 * Writes a proof as text.
 * @throws {RangeError} the index is none or a hash has not 32 bytes
 * @see https://c2sp.org/tlog-proof section "Format"
 */
export function formatTlogProof({ index, path, checkpoint, leaf }: TlogProof): string {
  if (!isTreeSize(index)) throw new RangeError(`${index} is not the index of a leaf`)
  if (path.some((hash) => hash.length !== HASH_LENGTH)) throw new RangeError(`each hash has ${HASH_LENGTH} bytes`)
  const extra = leaf === undefined ? [] : [`extra ${encodeBase64(leaf)}`]
  const lines = [HEADER, ...extra, `index ${index}`, ...path.map(encodeBase64)]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/**
 * Reads a proof's text; nothing is verified yet.
 * @throws {MalformedProof} `tlog_proof_malformed`
 * @see https://c2sp.org/tlog-proof section "Format"
 */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(split, 0)).split('\n')
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined
  const index = parseTreeSize(/^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '')
  if (header !== HEADER || index === undefined || lines.length > LONGEST_PATH) {
    throw new MalformedProof('tlog_proof_malformed', 'not a proof of C2SP tlog-proof')
  }
  const path = lines.map(decode)
  if (path.some((hash) => hash.length !== HASH_LENGTH)) {
    throw new MalformedProof('tlog_proof_malformed', `each hash has ${HASH_LENGTH} bytes`)
  }
  const proof = { index, path, checkpoint: text.slice(split + 2) }
  return extra === undefined ? proof : { ...proof, leaf: decode(extra) }
}

/**
 * Gives the leaf that the log, by its signature, has at that index.
 * @param trusted The log's origin and keys; and the leaf, when it is known already: then it must be that one.
 * @throws {MalformedProof} the text or its checkpoint cannot be read
 * @throws {ProofRejected} `leaf_missing`, or as `openCheckpoint` and `verifyInclusion`
 * @see https://c2sp.org/tlog-proof section "Verifying a tlog proof"
 */
export async function verifyTlogProof(
  text: string,
  trusted: { readonly origin: string; readonly publicKeys: readonly Uint8Array[]; readonly leaf?: Uint8Array },
): Promise<ProvenLeaf> {
  const proof = parseTlogProof(text)
  const leaf = trusted.leaf ?? proof.leaf
  if (leaf === undefined) throw new ProofRejected('leaf_missing', 'neither the proof nor the caller has the leaf')
  const checkpoint = await openCheckpoint(proof.checkpoint, trusted)
  const { size: treeSize, root } = checkpoint
  verifyInclusion({ leafIndex: proof.index, treeSize, leafHash: leafHash(leaf), path: proof.path, root })
  return { leaf, index: proof.index, checkpoint }
}

function decode(base64: string): Uint8Array {
  try {
    return decodeBase64(base64)
  } catch (cause) {
    throw new MalformedProof('tlog_proof_malformed', 'a line is not base64', { cause })
  }
}
