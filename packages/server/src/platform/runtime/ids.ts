import { type Clock, type IdSource, type RandomBytes, toTypeId } from '@pisto/ledger'

/** Of the counter's 74 bits, `rand_a` and `rand_b` of a UUIDv7: the highest 12, the next 30, the lowest 32. */
type Counter = [high: number, middle: number, low: number]

const [HIGH, MIDDLE, LOW] = [2 ** 12, 2 ** 30, 2 ** 32]

/**
 * New ids: UUIDv7 of business time. Within a process each is greater than the one before, also within a millisecond
 * and when the clock is set back.
 *
 * @see RFC 9562 section 5.7, and 6.2 method 2
 */
export function createIds(clock: Clock, random: RandomBytes): IdSource {
  let lastMs = -1
  let counter: Counter = [0, 0, 0]

  /** 73 bits of ten bytes: the highest of 74 is room to count. */
  const start = (): Counter => {
    const [top, middle, low] = [numberOf(random(2)), numberOf(random(4)), numberOf(random(4))]
    return [(top * 4 + Math.floor(middle / MIDDLE)) % (HIGH / 2), middle % MIDDLE, low]
  }

  return {
    next(prefix) {
      const nowMs = clock.now().getTime()
      if (nowMs > lastMs) {
        lastMs = nowMs
        counter = start()
      } else {
        counter = sum(counter, 1 + numberOf(random(4)))
        if (counter[0] >= HIGH) {
          lastMs += 1
          counter = start()
        }
      }
      return toTypeId(prefix, uuidDigits(lastMs, counter))
    },
  }
}

function numberOf(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  return value
}

function sum([high, middle, low]: Counter, added: number): Counter {
  const lowest = low + added
  const next = middle + Math.floor(lowest / LOW)
  return [high + Math.floor(next / MIDDLE), next % MIDDLE, lowest % LOW]
}

function uuidDigits(timeMs: number, [high, middle, low]: Counter): string {
  const version = 7 * HIGH + high
  const variant = 0b10 * MIDDLE + middle
  return `${hex(timeMs, 12)}${hex(version, 4)}${hex(variant, 8)}${hex(low, 8)}`
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
