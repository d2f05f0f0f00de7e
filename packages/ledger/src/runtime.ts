/** Business time. The only source of "now" for whoever gets it. */
export interface Clock {
  now(): Date
}

/** Randomness comes in, so that a seeded sandbox repeats itself. */
export type RandomBytes = (length: number) => Uint8Array

/** New ids: UUIDv7 of business time inside a TypeID. */
export interface IdSource {
  /** @example ids.next('pay') // 'pay_01kb2xbfmze3mv9d0fq0n5x3ck' */
  next(prefix: string): string
}
