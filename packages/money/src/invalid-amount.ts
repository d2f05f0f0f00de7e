import type { Currency } from './currencies.ts'

/** Why a text or a number is not an amount of a currency. */
export type InvalidAmountReason = 'shape' | 'range' | 'currency' | 'type'

const MEANING: Record<InvalidAmountReason, string> = {
  shape: 'is not spelled as an amount of',
  range: 'is larger than Pisto can hold in',
  currency: 'cannot be combined with an amount of',
  type: 'is not a text, but amounts of this currency are:',
}

/**
 * A text that is no amount of its currency, or arithmetic that would leave the range or mix
 * currencies. `text` and `currency` say which; `reason` says why.
 */
export class InvalidAmount extends Error {
  override readonly name = 'InvalidAmount' // a literal: survives minification
  readonly text: string
  readonly currency: Currency
  readonly reason: InvalidAmountReason

  constructor(text: string, currency: Currency, reason: InvalidAmountReason = 'shape') {
    super(`"${text}" ${MEANING[reason]} ${currency}`)
    this.text = text
    this.currency = currency
    this.reason = reason
  }
}
