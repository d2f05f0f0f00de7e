import { encodeBase64Url } from './base64.ts'
import { keyId } from './key-id.ts'
import type { PublishedKey } from './published-key.ts'

/**
 * A directory's entry for a public key.
 * @param publicKey 32 bytes.
 * @throws {RangeError} not 32 bytes
 * @see RFC 8037 section 2
 */
export function publishKey(
  publicKey: Uint8Array,
  about: Pick<PublishedKey, 'use' | 'tenant' | 'livemode' | 'validFrom' | 'validTo'>,
): PublishedKey {
  const { use, tenant, livemode, validFrom, validTo } = about
  const kid = keyId(publicKey)
  return { kty: 'OKP', crv: 'Ed25519', x: encodeBase64Url(publicKey), kid, use, tenant, livemode, validFrom, validTo }
}
