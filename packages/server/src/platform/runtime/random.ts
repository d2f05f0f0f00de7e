import { createHmac, randomFillSync } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'

/** To ask the system takes microseconds, however little is wanted: it is asked for many bytes at once. */
const POOL = new Uint8Array(4096)
let taken = POOL.length

/** Nobody can guess it: for keys and secrets always, for everything else unless a seed is given. */
export const systemRandom: RandomBytes = (length) => {
  if (length > POOL.length / 4) return randomFillSync(new Uint8Array(length))
  if (taken + length > POOL.length) {
    randomFillSync(POOL)
    taken = 0
  }
  const drawn = POOL.slice(taken, taken + length)
  POOL.fill(0, taken, taken + length) // whoever reads this memory later finds no secret in it
  taken += length
  return drawn
}

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
