import { digitsOfNumber } from '@pisto/money/currencies'
import { countCharacters, isLongerThan } from './characters.ts'
import type { FieldsInProgress } from './fields.ts'
import type { Found, Report } from './finding.ts'
import { isCountry } from './iso-3166.ts'
import type { RuleId } from './rules.ts'
import type { TlvObject } from './tlv.ts'

/** Characters at most, of object 59 and the name in 64. */
export const MAX_NAME = 25
/** Characters at most, of object 60 and the city in 64. */
export const MAX_CITY = 15
const MAX_POSTAL_CODE = 10

/** Currencies Pisto pays in: an amount that does not fit them is refused, not only remarked on. */
const HOME_CURRENCIES: readonly string[] = ['320', '340', '840']

const MAX_AMOUNT = 13
const PERCENTAGE = /^\d{1,2}(\.\d{1,2})?$/

type Add = (rule: RuleId, path: string, found: string, more?: Partial<Found>) => void

/** The values of plain root objects: R09, R11 to R18, R23. */
export function checkValues(report: Report, objects: readonly TlvObject[], fields: FieldsInProgress): void {
  const add: Add = (rule, path, found, more) => {
    const offset = objects.find(({ id }) => id === path)?.offset ?? 0
    report.add(rule, { path, offset, found, ...more })
  }
  const { pointOfInitiation, mcc, currency, country } = fields
  if (pointOfInitiation !== undefined && pointOfInitiation !== '11' && pointOfInitiation !== '12') {
    add('R09', '01', pointOfInitiation)
  }
  if (mcc !== undefined && (mcc.length !== 4 || countDigits(mcc, 0) !== 4)) add('R11', '52', mcc)
  const digits = currency === undefined ? undefined : digitsOfNumber(currency)
  if (currency !== undefined && digits === undefined) add('R12', '53', currency)
  checkAmount(fields, digits, add)
  checkTip(fields, digits, add)
  if (country !== undefined && !isCountry(country)) add('R15', '58', country)
  checkLengths(fields, add)
  if (report.isAscii) return
  checkAscii('59', fields.merchantName, add)
  checkAscii('60', fields.merchantCity, add)
}

function checkAmount({ amount, currency }: FieldsInProgress, digits: number | undefined, add: Add): void {
  if (amount === undefined) return
  const decimals = decimalsOf(amount)
  if (decimals === undefined) add('R13', '54', amount)
  else if (isZero(amount)) add('R13zero', '54', amount)
  checkDecimals('54', amount, currency, digits, add)
}

/** R14: which of 55, 56 and 57 go together. */
function checkTip(fields: FieldsInProgress, digits: number | undefined, add: Add): void {
  const { tipIndicator, feeFixed, feePercent, currency } = fields
  if (tipIndicator !== undefined && !/^0[123]$/.test(tipIndicator)) {
    add('R14', '55', tipIndicator)
    return
  }
  const fixedFits = tipIndicator === '02' ? decimalsOf(feeFixed ?? '') !== undefined : feeFixed === undefined
  const percentFits = tipIndicator === '03' ? isPercentage(feePercent ?? '') : feePercent === undefined
  if (!fixedFits) add('R14', '56', feeFixed ?? '')
  if (!percentFits) add('R14', '57', feePercent ?? '')
  if (fixedFits && feeFixed !== undefined) checkDecimals('56', feeFixed, currency, digits, add)
}

/** @param digits Of the currency; undefined where there is none, or no such currency. */
function checkDecimals(
  path: string,
  amount: string,
  currency: string | undefined,
  digits: number | undefined,
  add: Add,
): void {
  if (digits === undefined || currency === undefined || (decimalsOf(amount) ?? 0) <= digits) return
  add('R13dec', path, amount, { limit: digits, tolerated: !HOME_CURRENCIES.includes(currency) })
}

function checkLengths({ merchantName, merchantCity, postalCode }: FieldsInProgress, add: Add): void {
  const checkLength = (rule: RuleId, path: string, text: string | undefined, limit: number): void => {
    if (text !== undefined && isLongerThan(text, limit)) add(rule, path, `${countCharacters(text)}`, { limit })
  }
  checkLength('R16', '59', merchantName, MAX_NAME)
  checkLength('R17', '60', merchantCity, MAX_CITY)
  checkLength('R18', '61', postalCode, MAX_POSTAL_CODE)
}

function checkAscii(object: string, text: string | undefined, add: Add): void {
  if (text !== undefined && !/^[ -~]*$/.test(text)) add('R23', object, text, { object })
}

/** How many digits stand after the point of an amount: digits with at most one point between them. */
function decimalsOf(amount: string): number | undefined {
  const whole = countDigits(amount, 0)
  if (whole === 0 || amount.length > MAX_AMOUNT) return undefined
  if (whole === amount.length) return 0
  const decimals = countDigits(amount, whole + 1)
  return amount[whole] === '.' && decimals > 0 && whole + 1 + decimals === amount.length ? decimals : undefined
}

/** How many ASCII digits stand there in a row. */
function countDigits(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
  return at - from
}

function isZero(amount: string): boolean {
  return /^[0.]+$/.test(amount)
}

/** From 0.01 to 99.99. */
function isPercentage(text: string): boolean {
  return PERCENTAGE.test(text) && !isZero(text)
}
