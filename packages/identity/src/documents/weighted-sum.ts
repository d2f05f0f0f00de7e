/**
 * Sum of digit × weight, the base of every check digit of the region.
 *
 * @param digits ASCII digits.
 * @param weights One weight for each digit, from the left.
 */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0)
}
