import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { keyId } from '@pisto/proof'
import type { SigningKey } from './keys.ts'

/** PKCS #8 around a bare seed. @see RFC 8410 section 7 */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** @param seed 32 bytes: RFC 8032's private key. */
export const pkcs8Of = (seed: Uint8Array): Buffer => Buffer.concat([PKCS8_PREFIX, seed])

/** @param seed 32 bytes: RFC 8032's private key. */
export function signingKeyOf(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: pkcs8Of(seed), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const publicKey = new Uint8Array(Buffer.from(x, 'base64url'))
  return {
    keyId: keyId(publicKey),
    publicKey,
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}
