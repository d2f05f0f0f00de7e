import type { Clock } from './options.ts'

/** The SDK's one home of time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, durationMs)
      signal?.addEventListener('abort', abort, { once: true })
    }),
}

/** The SDK's one home of chance. */
export const systemRandom = (byteCount: number): Uint8Array => crypto.getRandomValues(new Uint8Array(byteCount))

/**
 * A version 4 UUID. Not `crypto.randomUUID`, which pages served over plain HTTP in a local network do not have.
 * @see RFC 9562 section 5.4
 */
export function randomUuid(random: (byteCount: number) => Uint8Array): string {
  const bytes = random(16)
  const hex = [...bytes].map((byte, index) => {
    if (index === 6) return (0x40 | (byte & 0x0f)).toString(16)
    if (index === 8) return (0x80 | (byte & 0x3f)).toString(16)
    return byte.toString(16).padStart(2, '0')
  })
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A number from 0 up to, not including, 1, in steps of 2^-32. */
export function randomFraction(random: (byteCount: number) => Uint8Array): number {
  return random(4).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32
}
