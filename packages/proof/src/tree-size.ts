/**
 * Sizes and indices of trees are JavaScript numbers: whole, not negative, at most 2^53 − 1, which a log that
 * writes 100,000 transactions a second reaches after 2,800 years. Shifts are divisions: `>>` would cut at 32 bits.
 */
export function isTreeSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/**
 * Largest power of two smaller than `size`: where RFC 9162 splits a tree (its "k").
 * @throws {RangeError} a tree of fewer than two leaves has no split
 * @see RFC 9162 section 2.1.1
 * @example
 * splitOf(7) // 4
 * splitOf(8) // 4
 */
export function splitOf(size: number): number {
  if (!isTreeSize(size) || size < 2) throw new RangeError(`a tree of ${size} leaves has no split`)
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** How many ones the binary digits of `size` have: the number of perfect subtrees that make up such a tree. */
export function onesOf(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}

const DECIMAL = /^(0|[1-9][0-9]{0,15})$/

/** Reads a size or index written in decimal with no leading zeros; undefined when it is not, or exceeds 2^53 − 1. */
export function parseTreeSize(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined
  const value = Number(text)
  return isTreeSize(value) ? value : undefined
}
