import { createHmac, randomBytes } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'

/** Nobody can guess it: for keys and secrets always, for everything else unless a seed is given. */
export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length))

/**
 * Random bytes that a seed repeats: HMAC-SHA-256 of a counter. Only for the sandbox, never for keys and secrets.
 *
 * @param seed Any text; each start of a sandbox has its own.
 */
export function seededRandom(seed: string): RandomBytes {
  let counter = 0
  let block = new Uint8Array()
  return (length) => {
    while (block.length < length) {
      const next = createHmac('sha256', seed).update(String(counter++)).digest()
      block = new Uint8Array([...block, ...next])
    }
    const drawn = block.slice(0, length)
    block = block.slice(length)
    return drawn
  }
}
