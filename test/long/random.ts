/** Random choices of a long run: the same seed makes the same ones. Xorshift (Marsaglia 2003), 32 bits. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed + 1, 0x9e37_79b1) ^ 0x5bd1_e995) >>> 0 || 1
  }

  /** From 0 to `limit - 1`. */
  below(limit: number): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state >>> 0
    return this.#state % limit
  }

  oneIn(limit: number): boolean {
    return this.below(limit) === 0
  }
}
