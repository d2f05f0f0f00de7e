import { type Clock, type IdSource, type RandomBytes, toTypeId } from '@pisto/ledger'

/** `rand_a` and `rand_b` of a UUIDv7: 12 and 62 bits. */
const COUNTER_BITS = 74n
const LOW_BITS = 62n
const LOW_MASK = (1n << LOW_BITS) - 1n

/**
 * New ids: UUIDv7 of business time. Within a process each is greater than the one before, also within a millisecond
 * and when the clock is set back.
 *
 * @see RFC 9562 section 5.7, and 6.2 method 2
 */
export function createIds(clock: Clock, random: RandomBytes): IdSource {
  let lastMs = -1
  let counter = 0n

  const draw = (bits: bigint): bigint => {
    let value = 0n
    for (const byte of random(Number((bits + 7n) / 8n))) value = (value << 8n) | BigInt(byte)
    return value & ((1n << bits) - 1n)
  }

  return {
    next(prefix) {
      const nowMs = clock.now().getTime()
      if (nowMs > lastMs) {
        lastMs = nowMs
        counter = draw(COUNTER_BITS - 1n) // the highest bit is room to count
      } else {
        counter += 1n + draw(32n)
        if (counter >> COUNTER_BITS > 0n) {
          lastMs += 1
          counter = draw(COUNTER_BITS - 1n)
        }
      }
      return toTypeId(prefix, uuidDigits(lastMs, counter))
    },
  }
}

function uuidDigits(timeMs: number, counter: bigint): string {
  const time = timeMs.toString(16).padStart(12, '0')
  const high = (0x7000n | (counter >> LOW_BITS)).toString(16)
  const low = ((0b10n << LOW_BITS) | (counter & LOW_MASK)).toString(16)
  return `${time}${high}${low}`
}
