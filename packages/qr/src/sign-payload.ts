import { build, type CodeFields } from './build.ts'
import { KEY_ID_LENGTH, SIGNATURE_BYTES } from './ed25519.ts'
import { DEFAULT_GUID, type GuidOption, pistoTemplate, requireGuid } from './pisto-template.ts'
import { type SignatureHead, signedBytes, toExpiry, writeSignature } from './signature-templates.ts'

/** A key of a tenant, as the signer sees it: the private part may live in an HSM. */
export interface SigningKey {
  /** See `keyIdOf`. */
  readonly keyId: string
  /** An Ed25519 signature (RFC 8032) of the bytes: 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array
}

/** Characters of `6304` and the CRC, which end every code. */
const CRC_OBJECT = 8

/**
 * Writes a code and signs it: templates `80` and `81` are added to what `build` writes. Readers that
 * know nothing of signatures ignore them and still pay.
 *
 * @param fields With Pisto's template among the accounts: see `withPistoTemplate`.
 * @param options.expiresAt For dynamic codes; kept in whole minutes, rounded up.
 * @param options.guid Default `org.pisto`.
 * @returns The payload of the QR code.
 * @throws {InvalidCode} The fields do not make a code that follows the specification.
 * @throws {RangeError} The fields lack Pisto's template or have 80 or 81 already, or the key does
 *   not give an id of 8 characters or a signature of 64 bytes.
 * @example
 * const key = { keyId: keyIdOf(publicKey), sign: (bytes) => ed25519.sign(bytes, secretKey) }
 * const merchantAccounts = withPistoTemplate({}, { tenantCode: 'gtbank', alias: '123456789012' })
 * await signPayload({ ...fields, merchantAccounts }, key)
 */
export async function signPayload(
  fields: CodeFields,
  key: SigningKey,
  { guid = DEFAULT_GUID, expiresAt }: GuidOption & { readonly expiresAt?: Date } = {},
): Promise<string> {
  requireGuid(guid)
  if (pistoTemplate(fields, { guid }) === undefined) throw new RangeError(`no account has the template of ${guid}`)
  if (key.keyId.length !== KEY_ID_LENGTH) throw new RangeError(`not a key id: "${key.keyId}"`)
  const { unreserved = {} } = fields
  if (Object.hasOwn(unreserved, '80') || Object.hasOwn(unreserved, '81')) throw new RangeError('80 and 81 are taken')

  const head: SignatureHead = { guid, keyId: key.keyId, ...(expiresAt && { expiry: toExpiry(expiresAt) }) }
  const signature = await key.sign(signedBytes(build(fields).slice(0, -CRC_OBJECT), head))
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError(`a signature has 64 bytes, not ${signature.length}`)

  return build({ ...fields, unreserved: { ...unreserved, ...writeSignature({ ...head, signature }) } })
}
