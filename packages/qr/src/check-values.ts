import { digitsOfNumber } from '@pisto/money/currencies'
import type { MerchantFields } from './fields.ts'
import type { Report } from './finding.ts'
import { isCountry } from './iso-3166.ts'
import { countCharacters } from './tlv.ts'

/** Where an object stands, by its id. */
export type OffsetOf = (id: string) => number

/** Currencies Pisto pays in: an amount that does not fit them is refused, not only remarked on. */
const HOME_CURRENCIES: ReadonlySet<string> = new Set(['320', '340', '840'])

const AMOUNT = /^\d+(\.\d+)?$/
const MAX_AMOUNT = 13
const PERCENTAGE = /^\d{1,2}(\.\d{1,2})?$/
const ASCII = /^[ -~]*$/

type Values = Partial<MerchantFields>

/** The values of plain root objects: R09, R11 to R18, R23. */
export function checkValues(report: Report, fields: Values, offsetOf: OffsetOf): void {
  const add = (rule: Parameters<Report['add']>[0], path: string, found: string, more = {}): void =>
    report.add(rule, { path, offset: offsetOf(path), found, ...more })
  const { pointOfInitiation, mcc, currency, country } = fields

  if (pointOfInitiation !== undefined && !/^1[12]$/.test(pointOfInitiation)) add('R09', '01', pointOfInitiation)
  if (mcc !== undefined && !/^\d{4}$/.test(mcc)) add('R11', '52', mcc)
  if (currency !== undefined && digitsOfNumber(currency) === undefined) add('R12', '53', currency)
  checkAmount(fields, add)
  checkTip(fields, add)
  if (country !== undefined && !isCountry(country)) add('R15', '58', country)
  checkLengths(fields, add)
}

type Add = (rule: Parameters<Report['add']>[0], path: string, found: string, more?: object) => void

function checkAmount({ amount, currency }: Values, add: Add): void {
  if (amount === undefined) return
  if (!isAmount(amount)) add('R13', '54', amount)
  else if (/^[0.]+$/.test(amount)) add('R13zero', '54', amount)
  checkDecimals('54', amount, currency, add)
}

/** R14: which of 55, 56 and 57 go together. */
function checkTip({ tipIndicator, feeFixed, feePercent, currency }: Values, add: Add): void {
  if (tipIndicator !== undefined && !/^0[123]$/.test(tipIndicator)) {
    add('R14', '55', tipIndicator)
    return
  }
  const fixedFits = tipIndicator === '02' ? feeFixed !== undefined && isAmount(feeFixed) : feeFixed === undefined
  const percentFits = tipIndicator === '03' ? isPercentage(feePercent) : feePercent === undefined
  if (!fixedFits) add('R14', '56', feeFixed ?? '')
  if (!percentFits) add('R14', '57', feePercent ?? '')
  if (fixedFits && feeFixed !== undefined) checkDecimals('56', feeFixed, currency, add)
}

function checkDecimals(path: string, amount: string, currency: string | undefined, add: Add): void {
  const digits = currency === undefined ? undefined : digitsOfNumber(currency)
  if (digits === undefined || currency === undefined || !isAmount(amount)) return
  const decimals = amount.split('.')[1]?.length ?? 0
  if (decimals <= digits) return
  add('R13dec', path, amount, { limit: digits, tolerated: !HOME_CURRENCIES.has(currency) })
}

function checkLengths({ merchantName, merchantCity, postalCode }: Values, add: Add): void {
  const check = (rule: 'R16' | 'R17' | 'R18', path: string, text: string | undefined, limit: number): void => {
    const length = text === undefined ? 0 : countCharacters(text)
    if (length > limit) add(rule, path, `${length}`, { limit })
  }
  check('R16', '59', merchantName, LIMITS.merchantName)
  check('R17', '60', merchantCity, LIMITS.merchantCity)
  check('R18', '61', postalCode, LIMITS.postalCode)
  if (merchantName !== undefined && !ASCII.test(merchantName)) add('R23', '59', merchantName, { object: '59' })
  if (merchantCity !== undefined && !ASCII.test(merchantCity)) add('R23', '60', merchantCity, { object: '60' })
}

/** Characters at most. */
export const LIMITS = { merchantName: 25, merchantCity: 15, postalCode: 10 } as const

function isAmount(text: string): boolean {
  return text.length <= MAX_AMOUNT && AMOUNT.test(text)
}

/** From 0.01 to 99.99. */
function isPercentage(text: string | undefined): boolean {
  return text !== undefined && PERCENTAGE.test(text) && !/^[0.]+$/.test(text)
}
