import { decodeBase64, encodeBase64 } from './base64.ts'
import { concatBytes, equalBytes, utf8 } from './bytes.ts'
import { SIGNATURE_LENGTH, verifyEd25519 } from './ed25519.ts'
import { MalformedProof, ProofRejected } from './errors.ts'
import { portableSha256 } from './sha256.ts'
import type { Signer } from './signer.ts'

/** Signature type of plain Ed25519. @see https://c2sp.org/signed-note section "Signature types" */
export const ED25519_TYPE = 0x01
const KEY_HASH_LENGTH = 4
const MOST_SIGNATURES = 100
const MOST_CHARACTERS = 1_000_000

/** A signer under the name that its notes show. */
export interface NoteSigner {
  /** Not empty, without Unicode spaces and `+`; a URL without scheme is recommended. */
  readonly name: string
  readonly signer: Signer
}

/** A key that notes are believed from. */
export interface NoteVerifier {
  readonly name: string
  readonly publicKey: Uint8Array
}

/** One signature line. What `signature` is depends on the key's type, which its hash covers. */
export interface NoteSignature {
  readonly name: string
  readonly keyHash: Uint8Array
  readonly signature: Uint8Array
}

/** A note taken apart; nothing is verified yet. */
export interface Note {
  /** Ends in a line feed; the signatures are over its UTF-8 bytes. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/**
 * What identifies a key in a note together with its name.
 * @returns First 4 bytes of the SHA-256 of name, line feed, 0x01, public key.
 * @see https://c2sp.org/signed-note section "Ed25519 signatures"
 */
export function noteKeyHash(name: string, publicKey: Uint8Array): Uint8Array {
  const key = concatBytes(utf8(`${name}\n`), Uint8Array.of(ED25519_TYPE), publicKey)
  return portableSha256(key).slice(0, KEY_HASH_LENGTH)
}

/** Whether a key may have that name. @see https://c2sp.org/signed-note section "Format" */
export function isNoteName(name: string): boolean {
  return name !== '' && isNoteText(name) && !/[\p{White_Space}+]/u.test(name)
}

/**
 * Signs a text.
 * @param text Ends in a line feed; no other control characters.
 * @returns The text, an empty line, one signature line for each signer.
 * @throws {RangeError} the text or a name cannot be in a note, or nobody signs
 * @see https://c2sp.org/signed-note section "Format"
 */
export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith('\n') || !isNoteText(text)) throw new RangeError('a note is text that ends in a line feed')
  if (signers.length === 0) throw new RangeError('a note has at least one signer')
  const lines = await Promise.all(signers.map((signer) => signatureLine(text, signer)))
  return `${text}\n${lines.join('')}`
}

/**
 * Takes a note apart, strictly: one spelling for each note, at most 100 signatures and a million characters.
 * @throws {MalformedProof} `note_malformed`
 * @see https://c2sp.org/signed-note section "Format"
 */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf('\n\n')
  const lines = note.slice(split + 2).split('\n')
  const wellFormed = note.length <= MOST_CHARACTERS && isNoteText(note) && split >= 0
  // A note ends in a line feed: what follows the last one is empty.
  if (!wellFormed || lines.pop() !== '' || lines.length < 1 || lines.length > MOST_SIGNATURES) {
    throw new MalformedProof('note_malformed', 'not a signed note')
  }
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) }
}

/**
 * Gives the text of a note that at least one known key has signed. Signatures of unknown keys are ignored; a wrong
 * one of a known key makes the whole note worthless.
 * @returns The text, and the verifiers whose signatures it has.
 * @throws {MalformedProof} `note_malformed`
 * @throws {ProofRejected} `signature_invalid`, `signature_missing`
 * @see https://c2sp.org/signed-note section "Signatures"
 */
export async function verifyNote(
  note: string,
  verifiers: readonly NoteVerifier[],
): Promise<{ readonly text: string; readonly signedBy: readonly NoteVerifier[] }> {
  const { text, signatures } = parseNote(note)
  const message = utf8(text)
  const signedBy: NoteVerifier[] = []
  for (const verifier of verifiers) {
    const keyHash = noteKeyHash(verifier.name, verifier.publicKey)
    const own = signatures.filter((line) => line.name === verifier.name && equalBytes(line.keyHash, keyHash))
    for (const { signature } of own) {
      if (!(await verifyEd25519(verifier.publicKey, message, signature))) {
        throw new ProofRejected('signature_invalid', `the signature of ${verifier.name} is wrong`)
      }
    }
    if (own.length > 0) signedBy.push(verifier)
  }
  if (signedBy.length === 0) throw new ProofRejected('signature_missing', 'no known key has signed the note')
  return { text, signedBy }
}

async function signatureLine(text: string, { name, signer }: NoteSigner): Promise<string> {
  if (!isNoteName(name)) throw new RangeError('a key name is not empty and has no spaces and no plus')
  const signature = await signer.sign(utf8(text))
  if (signature.length !== SIGNATURE_LENGTH) throw new RangeError(`a signature has ${SIGNATURE_LENGTH} bytes`)
  return `— ${name} ${encodeBase64(concatBytes(noteKeyHash(name, signer.publicKey), signature))}\n`
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name = '', base64 = '', ...more] = line.split(' ')
  const bytes = more.length === 0 ? decodeSignature(base64) : undefined
  if (dash !== '—' || !isNoteName(name) || bytes === undefined || bytes.length <= KEY_HASH_LENGTH) {
    throw new MalformedProof('note_malformed', 'not a signature line')
  }
  return { name, keyHash: bytes.slice(0, KEY_HASH_LENGTH), signature: bytes.slice(KEY_HASH_LENGTH) }
}

function decodeSignature(base64: string): Uint8Array | undefined {
  try {
    return decodeBase64(base64)
  } catch {
    return undefined
  }
}

/** Valid Unicode without control characters other than the line feed. */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.isWellFormed() && !/[\x00-\x09\x0b-\x1f]/.test(text)
}
