/** Amounts as text and bigint, without decimal.js: for browsers and schemas (`@pisto/money/text`). */
export { amountPattern, formatMinor, MAX_MINOR, parseMinor } from './amount-text.ts'
export { displayMinor, type Locale } from './display.ts'
export { InvalidAmount, type InvalidAmountReason } from './invalid-amount.ts'
export { formatShortest, parseShortest } from './shortest.ts'
