/** Exact money. The subpaths `/currencies` and `/text` do without decimal.js. */
export { allocateMinor } from './allocate.ts'
export {
  CURRENCIES,
  CURRENCY_CODES,
  type Currency,
  type CurrencyRow,
  currencyOfNumber,
  isCurrency,
  SCALE,
} from './currencies.ts'
export { Money, type MoneyJson } from './money.ts'
export { multiplyMinor, type Rounding } from './rounding.ts'
export * from './text.ts'
