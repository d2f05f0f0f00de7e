/** Evidence about a merchant who moves: what one tenant knows, signed, for another tenant and for third parties. */
import { decodeBase64, decodeBase64Url } from './base64.ts'
import { canonicalJson } from './canonical-json.ts'
import { openCommitment } from './commitment.ts'
import { MalformedProof } from './errors.ts'
import { parseNote, signNote, verifyNote } from './note.ts'
import { isObject, isText, type Malformed, readNoteObject } from './note-object.ts'
import type { PublishedKey } from './published-key.ts'
import type { HmacSha256 } from './sha256.ts'
import type { Signer } from './signer.ts'

/** A record outside the log, and what shows that the leaf at that place committed to it. */
export interface EvidencedRecord {
  readonly transactionId: string
  /** Of the leaf, from 0, in the log of `origin`. */
  readonly leafIndex: number
  /** Base64, as the leaf has it. */
  readonly commitment: string
  /** Base64, 32 bytes. */
  readonly salt: string
  readonly record: unknown
}

/** What every bundle says; what else it has is its writer's and its reader's affair. */
export interface EvidenceBundle {
  /** Code of the tenant that signed it. */
  readonly issuer: string
  /** Code of the tenant that it is for. */
  readonly audience: string
  readonly livemode: boolean
  /** RFC 3339. */
  readonly issuedAt: string
  /** Of the issuer's log. */
  readonly origin: string
  readonly records: readonly EvidencedRecord[]
}

/** First line: no other text that Pisto signs begins with it. */
const HEADER = 'pisto-evidence-v1'

const nameOf = (issuer: string): string => `${HEADER}/${issuer}`

/**
 * Signs a bundle: a C2SP signed note of two lines, the header and canonical JSON (RFC 8785).
 * @param signer With a key of use `evidence`.
 * @throws {RangeError} the issuer is no name @throws {TypeError} something in it has no JSON text
 * @see https://c2sp.org/signed-note section "Format"
 */
export async function signEvidence(bundle: EvidenceBundle, signer: Signer): Promise<string> {
  return signNote(`${HEADER}\n${canonicalJson(bundle)}\n`, { name: nameOf(bundle.issuer), signer })
}

/**
 * Reads a bundle as the tenant that it names signed it, and opens each commitment that it shows. Needs no network.
 *
 * It shows who said what, and when. That the leaves are in the log shows the log: `origin` and `leafIndex` lead there.
 *
 * @param keys Of a directory that is believed. A key that has ended still shows what it signed.
 * @throws {MalformedProof} `evidence_malformed`, `note_malformed`, `base64_malformed`
 * @throws {ProofRejected} `signature_missing` (by no `evidence` key of that tenant and mode), `signature_invalid`,
 *   `commitment_mismatch`
 */
export async function verifyEvidence<Bundle extends EvidenceBundle = EvidenceBundle>(
  text: string,
  keys: readonly Pick<PublishedKey, 'x' | 'use' | 'tenant' | 'livemode'>[],
  hmac?: HmacSha256,
): Promise<Bundle> {
  const claimed = readBundle<Bundle>(parseNote(text).text)
  const { issuer, livemode, records } = claimed
  const own = keys.filter((key) => key.use === 'evidence' && key.tenant === issuer && key.livemode === livemode)
  await verifyNote(
    text,
    own.map(({ x }) => ({ name: nameOf(issuer), publicKey: decodeBase64Url(x) })),
  )
  for (const { commitment, salt, record } of records) {
    openCommitment({ commitment: decodeBase64(commitment), salt: decodeBase64(salt), record }, hmac)
  }
  return claimed
}

function readBundle<Bundle extends EvidenceBundle>(text: string): Bundle {
  const { json, value } = readNoteObject(text, { header: HEADER, kind: 'a bundle', malformed })
  const { issuer, audience, livemode, issuedAt, origin, records } = value
  if (!isText(issuer) || !isText(audience) || !isText(origin)) throw malformed('whose or for whom is missing')
  if (typeof livemode !== 'boolean' || !isText(issuedAt)) throw malformed('mode or time is missing')
  if (!Array.isArray(records) || !records.every(isRecord)) throw malformed('a record is not one')
  if (canonicalJson(value) !== json) throw malformed('not in canonical form')
  return value as unknown as Bundle
}

const isRecord = (value: unknown): value is EvidencedRecord =>
  isObject(value) &&
  isText(value['transactionId']) &&
  Number.isSafeInteger(value['leafIndex']) &&
  isText(value['commitment']) &&
  isText(value['salt']) &&
  'record' in value

const malformed: Malformed = (what, options = {}) =>
  new MalformedProof('evidence_malformed', `not evidence: ${what}`, options)
