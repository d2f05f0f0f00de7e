/** The directory that a wallet trusts codes and receipts by: its tenant's signed list of every tenant's public keys. */
import { decodeBase64Url } from './base64.ts'
import { canonicalJson } from './canonical-json.ts'
import { PUBLIC_KEY_LENGTH } from './ed25519.ts'
import { MalformedProof, ProofRejected } from './errors.ts'
import { keyId } from './key-id.ts'
import { signNote, verifyNote } from './note.ts'
import { isObject, isText, type Malformed, readNoteObject } from './note-object.ts'
import { KEY_USES, type KeyDirectory, type KeyUse, type PublishedKey } from './published-key.ts'
import type { Signer } from './signer.ts'

/** A tenant of a directory. */
export interface DirectoryTenant {
  /** As in merchant codes. */
  readonly code: string
  readonly name: string
}

/** What a directory says. */
export interface SignedDirectory extends KeyDirectory {
  /** Code of the tenant that signed it. */
  readonly issuer: string
  /** Grows with each issue of this issuer. */
  readonly number: number
  /** RFC 3339. */
  readonly issuedAt: string
  readonly tenants: readonly DirectoryTenant[]
  readonly keys: readonly PublishedKey[]
}

/** Whose directories a device believes, and by which keys: given with the app, then taken from each new directory. */
export interface PinnedIssuer {
  readonly issuer: string
  /** Public keys of use `directory`, 32 bytes each in base64url: any one of them will do. */
  readonly keys: readonly string[]
}

/** First line: no other text that Pisto signs begins with it. */
const HEADER = 'pisto-key-directory-v1'

/** What a directory's signatures are called. */
const nameOf = (issuer: string): string => `${HEADER}/${issuer}`

/**
 * Signs a directory: a C2SP signed note of two lines, the header and canonical JSON.
 * @param signers With keys of use `directory`: of a rotation the old and the new one.
 * @throws {RangeError} the number is no positive whole number, the issuer is no name, or nobody signs
 * @see https://c2sp.org/signed-note section "Format"
 */
export async function signDirectory(directory: SignedDirectory, signers: readonly Signer[]): Promise<string> {
  const { issuer, number, issuedAt, tenants, keys } = directory
  if (!isNumber(number)) throw new RangeError(`${number} is no number of a directory`)
  const text = `${HEADER}\n${canonicalJson({ issuer, number, issuedAt, tenants, keys })}\n`
  return signNote(text, ...signers.map((signer) => ({ name: nameOf(issuer), signer })))
}

/**
 * Reads a directory as the pinned issuer signed it, and nothing older than what is known already.
 *
 * Keep the answer. Pin `pinnedBy(answer)` from then on: that is how a device follows when the issuer changes its key.
 *
 * @param text As served, or read from where it was kept.
 * @param previous What this device has: the same number must say the same, a lower one is refused.
 * @throws {MalformedProof} `directory_malformed`, `note_malformed`; `base64_malformed`: a key is not canonical
 * @throws {ProofRejected} `signature_invalid`; `signature_missing` (another issuer, or none of the pinned keys);
 *   `directory_outdated`; `directory_contradicts`
 */
export async function verifyDirectory(
  text: string,
  pinned: PinnedIssuer,
  previous?: SignedDirectory,
): Promise<SignedDirectory> {
  const name = nameOf(pinned.issuer)
  const note = await verifyNote(
    text,
    pinned.keys.map((key) => ({ name, publicKey: decodeBase64Url(key) })),
  )
  const directory = readDirectory(note.text)
  if (directory.issuer !== pinned.issuer) throw malformed('its issuer is not who signed it')
  if (previous?.issuer !== directory.issuer) return directory
  if (directory.number < previous.number) {
    throw new ProofRejected('directory_outdated', `number ${directory.number} is older than ${previous.number}`)
  }
  if (directory.number === previous.number && canonicalJson(directory) !== canonicalJson(previous)) {
    throw new ProofRejected('directory_contradicts', `number ${directory.number} was something else before`)
  }
  return directory
}

/** By whom and by which keys to believe the next directory. */
export function pinnedBy({ issuer, keys }: Pick<SignedDirectory, 'issuer' | 'keys'>): PinnedIssuer {
  const own = keys.filter(({ use, tenant }) => use === 'directory' && tenant === issuer)
  return { issuer, keys: own.map(({ x }) => x) }
}

/**
 * Finds keys for `verifySigned` of `@pisto/qr/signed`: those that sign codes, of one mode. Printed codes outlive their
 * key, so one that has ended is found, too: what may no longer be believed is in no directory.
 * @example
 * await verifySigned(scanned, codeKeysOf(directory, { livemode: true }))
 */
export function codeKeysOf(
  { keys }: Pick<KeyDirectory, 'keys'>,
  { livemode }: { readonly livemode: boolean },
): (keyId: string) => { readonly publicKey: Uint8Array; readonly tenantCode: string } | undefined {
  return (kid) => {
    const key = keys.find((one) => one.kid === kid && one.use === 'qr' && one.livemode === livemode)
    return key && { publicKey: decodeBase64Url(key.x), tenantCode: key.tenant }
  }
}

function readDirectory(text: string): SignedDirectory {
  const { value } = readNoteObject(text, { header: HEADER, kind: 'a directory', malformed })
  const { issuer, number, issuedAt, tenants, keys } = value
  if (!isText(issuer) || !isNumber(number) || !isTime(issuedAt)) throw malformed('whose, which or when is missing')
  if (!Array.isArray(tenants) || !tenants.every(isTenant)) throw malformed('a tenant is not one')
  if (!Array.isArray(keys)) throw malformed('the keys are missing')
  return {
    issuer,
    number,
    issuedAt,
    tenants: tenants.map(({ code, name }) => ({ code, name })),
    keys: keys.flatMap(readKey),
  }
}

/** A key of a use that came later is left out: old apps go on working. */
function readKey(value: unknown): PublishedKey[] {
  if (!isObject(value)) throw malformed('a key is not one')
  const { x, kid, use, tenant, livemode, validFrom, validTo } = value
  if (!isText(x) || !isText(kid) || !isText(use) || !isText(tenant) || typeof livemode !== 'boolean') {
    throw malformed('a key lacks a member')
  }
  if (!isTime(validFrom) || !(validTo === null || isTime(validTo))) throw malformed(`key ${kid} has no dates`)
  if (!isUse(use)) return []
  const publicKey = decodeBase64Url(x)
  if (publicKey.length !== PUBLIC_KEY_LENGTH || keyId(publicKey) !== kid) throw malformed(`key ${kid} has another id`)
  return [{ kty: 'OKP', crv: 'Ed25519', x, kid, use, tenant, livemode, validFrom, validTo }]
}

const isTime = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value))
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0
const isUse = (use: string): use is KeyUse => KEY_USES.some((known) => known === use)
const isTenant = (value: unknown): value is DirectoryTenant =>
  isObject(value) && isText(value['code']) && isText(value['name'])

const malformed: Malformed = (what, options = {}) =>
  new MalformedProof('directory_malformed', `not a directory: ${what}`, options)
