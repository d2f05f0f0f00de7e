import { getPublicKey, sign } from '@noble/ed25519'
import { keyIdOf } from '../ed25519.ts'
import type { SigningKey } from '../sign-payload.ts'
import type { VerificationKey } from '../verify-signed.ts'

/** A tenant with a key of its own: the same one for the same seed. */
export interface TestTenant {
  readonly code: string
  readonly signingKey: SigningKey
  readonly publicKey: Uint8Array
}

/** @param seed 0 to 255. */
export function aTenant(code: string, seed: number): TestTenant {
  const secretKey = new Uint8Array(32).fill(seed)
  const publicKey = getPublicKey(secretKey)
  return { code, publicKey, signingKey: { keyId: keyIdOf(publicKey), sign: (bytes) => sign(bytes, secretKey) } }
}

/** A directory of these tenants. */
export function directoryOf(...tenants: readonly TestTenant[]): (keyId: string) => VerificationKey | undefined {
  return (keyId) => {
    const tenant = tenants.find(({ signingKey }) => signingKey.keyId === keyId)
    return tenant && { publicKey: tenant.publicKey, tenantCode: tenant.code }
  }
}
