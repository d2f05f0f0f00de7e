import { type Clock, type IdSource, type RandomBytes, typeIdOf } from '@pisto/ledger'

/** Of the counter's 74 bits, `rand_a` and `rand_b` of a UUIDv7: the highest 12, the next 30, the lowest 32. */
const HIGH = 2 ** 12
const MIDDLE = 2 ** 30
const LOW = 2 ** 32

/**
 * New ids: UUIDv7 of business time. Within a process each is greater than the one before, also within a millisecond
 * and when the clock is set back.
 *
 * @see RFC 9562 section 5.7, and 6.2 method 2
 */
export function createIds(clock: Clock, random: RandomBytes): IdSource {
  const bytes = new Uint8Array(16)
  const uuid = new DataView(bytes.buffer)
  let lastMs = -1
  let [high, middle, low] = [0, 0, 0]

  /** 73 bits of ten bytes: the highest of 74 is room to count. */
  const start = (): void => {
    const [top, next] = [numberOf(random(2)), numberOf(random(4))]
    high = (top * 4 + Math.floor(next / MIDDLE)) % (HIGH / 2)
    middle = next % MIDDLE
    low = numberOf(random(4))
  }
  const count = (added: number): void => {
    low += added
    middle += Math.floor(low / LOW)
    high += Math.floor(middle / MIDDLE)
    low %= LOW
    middle %= MIDDLE
  }

  return {
    next(prefix) {
      const nowMs = clock.now().getTime()
      if (nowMs > lastMs) {
        lastMs = nowMs
        start()
      } else {
        count(1 + numberOf(random(4)))
        if (high >= HIGH) {
          lastMs += 1
          start()
        }
      }
      uuid.setUint16(0, Math.floor(lastMs / LOW))
      uuid.setUint32(2, lastMs % LOW)
      uuid.setUint16(6, 7 * HIGH + high)
      uuid.setUint32(8, 0b10 * MIDDLE + middle)
      uuid.setUint32(12, low)
      return typeIdOf(prefix, bytes)
    },
  }
}

function numberOf(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  return value
}
