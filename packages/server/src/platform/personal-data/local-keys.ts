import { createHash } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'
import type { KeyProvider } from './key-provider.ts'
import { open, seal } from './sealed-box.ts'

const KEY_BYTES = 32

/** A text that holds no wrapping keys. Its message never has any of the text. */
export class KeysInvalid extends Error {
  override readonly name = 'KeysInvalid'
}

/**
 * Wrapping keys of this process's own memory. The first wraps; the others only unwrap, until nothing is left that they
 * wrapped.
 *
 * @param keys 32 bytes each, at least one.
 * @param random Nobody may guess it: never the seeded one.
 */
export function localKeys(keys: readonly Uint8Array[], random: RandomBytes): KeyProvider {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]))
  const [current] = byId
  if (current === undefined) throw new KeysInvalid('there is no wrapping key')
  const [currentKeyId, currentKey] = current
  return {
    currentKeyId,
    wrap: async (key, context) => ({ providerKeyId: currentKeyId, wrapped: seal(currentKey, context, key, random) }),
    async unwrap({ wrapped, providerKeyId }, context) {
      const key = byId.get(providerKeyId)
      if (key === undefined) throw new KeysInvalid(`the wrapping key ${providerKeyId} is not there`)
      return open(key, context, wrapped)
    },
  }
}

/** @returns A name that tells nothing of the key. */
const keyIdOf = (key: Uint8Array): string =>
  `local-${createHash('sha256').update('pisto wrapping key\n').update(key).digest('hex').slice(0, 16)}`

/**
 * Reads wrapping keys as a file or the environment has them: 32 bytes each in base64, with commas or white space
 * between, the newest first. `openssl rand -base64 32` makes one.
 *
 * @throws {KeysInvalid}
 */
export function parseKeys(text: string): Uint8Array[] {
  const keys = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => new Uint8Array(Buffer.from(word, 'base64')))
  if (keys.length === 0) throw new KeysInvalid('there is no wrapping key')
  if (keys.some((key) => key.length !== KEY_BYTES)) throw new KeysInvalid('a wrapping key is 32 bytes in base64')
  return keys
}

export const formatKeys = (keys: readonly Uint8Array[]): string =>
  keys.map((key) => `${Buffer.from(key).toString('base64')}\n`).join('')
