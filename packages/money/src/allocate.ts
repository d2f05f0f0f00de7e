/**
 * Divides minor units by ratios so that the shares add up to exactly the whole.
 *
 * Largest remainder method (Hamilton): each share is rounded towards zero, then the units left over
 * go, one each, to the largest remainders; among equal ones to the earlier. The same input gives the
 * same shares on every machine. A negative amount is divided as its opposite.
 *
 * @param ratios Non-negative integers, at least one above zero. A share with ratio 0 gets nothing.
 * @returns As many shares as ratios, in their order.
 * @throws {RangeError} A ratio is negative or no safe integer, or all are zero.
 * @see Hare–Niemeyer / Hamilton apportionment
 * @example
 * allocateMinor(100n, [1, 1, 1]) // [34n, 33n, 33n]
 */
export function allocateMinor(minor: bigint, ratios: readonly (bigint | number)[]): bigint[] {
  const weights = ratios.map(toWeight)
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) throw new RangeError('at least one ratio must be above zero')

  const sign = minor < 0n ? -1n : 1n
  const whole = minor * sign
  const shares = weights.map((weight) => (whole * weight) / total)
  const left = Number(whole - shares.reduce((sum, share) => sum + share, 0n))

  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (whole * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const favoured = new Set(byRemainder.slice(0, left).map(({ index }) => index))

  return shares.map((share, index) => sign * (favoured.has(index) ? share + 1n : share))
}

function toWeight(ratio: bigint | number): bigint {
  if (typeof ratio === 'number' && !Number.isSafeInteger(ratio)) throw new RangeError(`not a safe integer: ${ratio}`)
  const weight = BigInt(ratio)
  if (weight < 0n) throw new RangeError(`a ratio cannot be negative: ${ratio}`)
  return weight
}
