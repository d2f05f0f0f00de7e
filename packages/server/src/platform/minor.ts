import { type Money, PistoProblem } from '@pisto/contract'
import { formatMinor, InvalidAmount, parseMinor } from '@pisto/money/text'

/**
 * Minor units of an amount that the schema let through.
 *
 * @throws {PistoProblem} `amount_too_large`: a bigint column cannot hold it
 */
export function minorOf({ amount, currency }: Money): bigint {
  try {
    return parseMinor(amount, currency)
  } catch (error) {
    if (error instanceof InvalidAmount) throw new PistoProblem('amount_too_large', { amount, currency })
    throw error
  }
}

/** The amount as the wire has it. */
export const moneyOf = (minor: bigint, currency: Money['currency']): Money => ({
  amount: formatMinor(minor, currency),
  currency,
})
