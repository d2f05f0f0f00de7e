import { expect, it } from 'vitest'
import { CURRENCIES, CURRENCY_CODES, currencyOfNumber, digitsOfNumber, isCurrency, SCALE } from './currencies.ts'

it.each([
  ['GTQ', '320', 2],
  ['HNL', '340', 2],
  ['USD', '840', 2],
  ['BZD', '084', 2],
  ['ARS', '032', 2],
  ['CLP', '152', 0],
] as const)('%s is %s with %d digits', (code, number, digits) => {
  expect(CURRENCIES[code].number).toBe(number)
  expect(SCALE[code]).toBe(digits)
  expect(currencyOfNumber(number)).toBe(code)
})

it.each([
  ['392', 0, 'yen'],
  ['704', 0, 'dong'],
  ['600', 0, 'guaraní'],
  ['352', 0, 'Icelandic króna'],
  ['048', 3, 'Bahraini dinar'],
  ['990', 4, 'unidad de fomento'],
  ['764', 2, 'baht'],
  ['000', undefined, 'no such number'],
  ['999', undefined, 'no currency'],
  ['84', undefined, 'leading zeros belong to it'],
  ['３２０', undefined, 'ASCII digits only'],
  ['', undefined, 'nothing'],
])('number %s has %s digits: %s', (number, digits, _why) => {
  expect(digitsOfNumber(number)).toBe(digits)
})

it('the table and the list of all numbers agree', () => {
  for (const code of CURRENCY_CODES) expect(digitsOfNumber(CURRENCIES[code].number), code).toBe(SCALE[code])
})

it('digits agree with CLDR where ISO 4217 and practice do not differ', () => {
  const differing = new Set(['COP']) // CLDR leaves out the centavos that nobody uses
  for (const code of CURRENCY_CODES.filter((code) => !differing.has(code))) {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency: code,
    }).resolvedOptions()
    expect(maximumFractionDigits, code).toBe(SCALE[code])
  }
})

it('numbers and symbols are unique', () => {
  const rows = Object.values(CURRENCIES)

  expect(new Set(rows.map((row) => row.number)).size).toBe(rows.length)
  expect(new Set(rows.map((row) => row.symbol)).size).toBe(rows.length)
})

it.each(['gtq', 'XXX', '', '__proto__', 'constructor'])('"%s" is no currency', (code) => {
  expect(isCurrency(code)).toBe(false)
})
