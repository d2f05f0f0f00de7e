import type { PublishedKey } from '@pisto/contract'
import type { VerifyingKey } from './keys.ts'

/** A key as a JWK. @see RFC 8037 section 2 */
export const showKey = (key: VerifyingKey): PublishedKey => ({
  kid: key.keyId,
  kty: 'OKP',
  crv: 'Ed25519',
  x: Buffer.from(key.publicKey).toString('base64url'),
  use: key.use,
  tenantId: key.tenantId,
  tenantCode: key.tenantCode,
  livemode: key.livemode,
  validFrom: key.validFrom.toISOString(),
  validTo: key.validTo?.toISOString() ?? null,
})
