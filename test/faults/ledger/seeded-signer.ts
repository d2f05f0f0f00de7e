import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { CheckpointSigner } from '@pisto/ledger'

/** The frame that makes a PKCS #8 private key of 32 bytes. @see RFC 8410 section 7 */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A signer by Node's own cryptography, which is there at once: the processes of the campaign live for a moment. */
export function seededSigner(name: string, seed: Uint8Array): CheckpointSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  return { name, publicKey: publicBytes(key), sign: (message) => new Uint8Array(sign(null, message, key)) }
}

function publicBytes(key: KeyObject): Uint8Array {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return new Uint8Array(Buffer.from(x, 'base64url'))
}
