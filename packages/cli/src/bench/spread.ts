/** How measurements are spread. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** @throws {RangeError} there is nothing to describe */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const [min, max] = [sorted[0], sorted.at(-1)]
  if (min === undefined || max === undefined) throw new RangeError('no measurements')
  const half = sorted.length / 2
  const [below, above] = [sorted[Math.ceil(half) - 1] ?? min, sorted[Math.floor(half)] ?? max]
  return { min, median: (below + above) / 2, max }
}
