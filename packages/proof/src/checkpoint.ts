import { decodeBase64, encodeBase64 } from './base64.ts'
import { MalformedProof, ProofRejected } from './errors.ts'
import { type NoteVerifier, signNote, verifyNote } from './note.ts'
import { HASH_LENGTH } from './sha256.ts'
import type { Signer } from './signer.ts'
import { isTreeSize, parseTreeSize } from './tree-size.ts'

/** The head of a log at one size. */
export interface Checkpoint {
  /** Names the log, for example `bank.example/log/2026`. */
  readonly origin: string
  /** Number of leaves. */
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/**
 * The text of a checkpoint, ready to be signed: origin, size, root, each on a line.
 * @throws {RangeError} the origin is empty or has more than one line, the size is none, the root is not a hash
 * @see https://c2sp.org/tlog-checkpoint section "Note text"
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === '' || origin.includes('\n')) throw new RangeError('the origin is one line')
  if (!isTreeSize(size)) throw new RangeError(`${size} is not the size of a tree`)
  if (root.length !== HASH_LENGTH) throw new RangeError(`a root has ${HASH_LENGTH} bytes, not ${root.length}`)
  return `${origin}\n${size}\n${encodeBase64(root)}\n`
}

/**
 * Reads the text of a checkpoint. Further lines ("extensions") may follow and are not given: nothing may rest on them.
 * @param text A note's text, not yet the note: see `parseNote`, or `openCheckpoint` for both with signatures verified.
 * @throws {MalformedProof} `checkpoint_malformed`
 * @see https://c2sp.org/tlog-checkpoint section "Note text"
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  const closed = lines.pop() === ''
  const [origin, decimal, base64] = lines
  const size = parseTreeSize(decimal ?? '')
  const root = parseRoot(base64 ?? '')
  if (!closed || lines.includes('') || origin === undefined || size === undefined || root === undefined) {
    throw new MalformedProof('checkpoint_malformed', 'not the text of a checkpoint')
  }
  return { origin, size, root }
}

/**
 * Signs a log's head under the log's own name, its origin.
 * @returns A signed note.
 * @throws {RangeError} the origin cannot name a key: it has spaces or a plus
 * @example
 * const note = await signCheckpoint({ origin: 'bank.example/log', size: frontier.size, root: frontier.root() }, signer)
 */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): Promise<string> {
  return signNote(formatCheckpoint(checkpoint), { name: checkpoint.origin, signer })
}

/**
 * Reads a signed checkpoint of a known log.
 * @param log Its origin, and the keys it signs with; more than one while keys change.
 * @throws {MalformedProof} `note_malformed`, `checkpoint_malformed`
 * @throws {ProofRejected} `signature_invalid`, `signature_missing`, `origin_mismatch`
 * @see https://c2sp.org/tlog-checkpoint section "Signatures"
 */
export async function openCheckpoint(
  note: string,
  log: { readonly origin: string; readonly publicKeys: readonly Uint8Array[] },
): Promise<Checkpoint> {
  const verifiers: NoteVerifier[] = log.publicKeys.map((publicKey) => ({ name: log.origin, publicKey }))
  const checkpoint = parseCheckpoint((await verifyNote(note, verifiers)).text)
  if (checkpoint.origin !== log.origin) throw new ProofRejected('origin_mismatch', `not a checkpoint of ${log.origin}`)
  return checkpoint
}

function parseRoot(base64: string): Uint8Array | undefined {
  try {
    const root = decodeBase64(base64)
    return root.length === HASH_LENGTH ? root : undefined
  } catch {
    return undefined
  }
}
