import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CURRENCY_CODES, type Currency } from './currencies.ts'
import { Money } from './money.ts'

const anyCurrency = fc.constantFrom(...CURRENCY_CODES)
const anyMinor = fc.bigInt({ min: -9_223_372_036_854_775_807n, max: 9_223_372_036_854_775_807n })
const quetzales = (text: string): Money => Money.parse(text, 'GTQ')

it.each([
  // text                   currency  why it is refused
  ['12.5', 'GTQ', 'quetzales have exactly two decimals'],
  ['12.505', 'GTQ', 'no silent rounding on the way in'],
  ['12', 'GTQ', 'the decimals are always written'],
  ['12.', 'GTQ', 'a point needs digits'],
  ['.50', 'GTQ', 'a whole part is always written'],
  ['', 'GTQ', 'nothing is not zero'],
  ['1e2', 'USD', 'no exponents'],
  ['0x1F.00', 'USD', 'no other bases'],
  ['NaN', 'USD', 'not a number, and not an amount'],
  ['Infinity', 'USD', 'nobody has that'],
  ['012.50', 'HNL', 'no leading zeros: one amount, one spelling'],
  ['+12.50', 'HNL', 'a plus is never written'],
  ['--1.00', 'HNL', 'one sign'],
  ['-0.00', 'USD', 'zero has one spelling'],
  ['-0', 'CLP', 'zero has one spelling, without decimals too'],
  ['5.00', 'CLP', 'Chilean pesos have no decimals'],
  ['1,234.50', 'GTQ', 'no thousands separators'],
  ['12,50', 'CRC', 'the point is a point, also where people write a comma'],
  [' 12.50', 'GTQ', 'no space before'],
  ['12.50 ', 'GTQ', 'no space after'],
  ['12.50\n', 'GTQ', 'no line feed after'],
  ['１２.50', 'GTQ', 'ASCII digits only'],
  ['١٢.50', 'GTQ', 'ASCII digits only, whatever the script'],
  ['Q12.50', 'GTQ', 'no symbol'],
  ['92233720368547758.08', 'GTQ', 'one centavo more than a signed 64-bit integer holds'],
  ['-92233720368547758.08', 'GTQ', 'the range is symmetrical, so that every amount can be negated'],
  ['9223372036854775808', 'CLP', 'the range is one of minor units'],
  ['100000000000000000.00', 'GTQ', 'twenty digits'],
] as const)('refuses "%s" %s: %s', (text, currency, _why) => {
  expect(() => Money.parse(text, currency)).toThrow(expect.objectContaining({ name: 'InvalidAmount', text, currency }))
})

it.each([
  // text                   currency  minor
  ['0.00', 'GTQ', 0n],
  ['0.01', 'GTQ', 1n],
  ['-0.01', 'GTQ', -1n],
  ['12.50', 'HNL', 1250n],
  ['-12.50', 'USD', -1250n],
  ['0', 'CLP', 0n],
  ['500', 'CLP', 500n],
  ['92233720368547758.07', 'GTQ', 9_223_372_036_854_775_807n],
  ['-92233720368547758.07', 'GTQ', -9_223_372_036_854_775_807n],
  ['9223372036854775807', 'PYG', 9_223_372_036_854_775_807n],
] as const)('"%s" %s is %d minor units, both ways', (text, currency, minor) => {
  expect(Money.parse(text, currency).toMinor()).toBe(minor)
  expect(Money.fromMinor(minor, currency).toString()).toBe(text)
})

it.each([
  [12.5, 'a JavaScript number'],
  [1250n, 'minor units belong to fromMinor'],
  [null, 'null'],
  [undefined, 'a missing field'],
  [['12.50'], 'a list that spells like an amount'],
  [new String('12.50'), 'a boxed string'],
])('parse takes text only: refuses %s, %s', (value, _why) => {
  const text = value as string // as from JavaScript without types
  expect(() => Money.parse(text, 'GTQ')).toThrow(expect.objectContaining({ name: 'InvalidAmount', reason: 'type' }))
  expect(() => Money.parseShortest(text, 'GTQ')).toThrow(expect.objectContaining({ reason: 'type' }))
})

it.each(['XXX', '__proto__', 'toString', 'gtq', ''])('refuses the currency "%s"', (code) => {
  const currency = code as Currency // as from JavaScript without types
  const refusal = expect.objectContaining({ name: 'InvalidAmount', reason: 'currency' })

  expect(() => Money.parse('1.00', currency)).toThrow(refusal)
  expect(() => Money.parseShortest('1', currency)).toThrow(refusal)
  expect(() => Money.fromMinor(100n, currency)).toThrow(refusal)
})

it('amounts of different currencies do not mix', () => {
  const quetzal = quetzales('1.00')
  const lempira = Money.parse('1.00', 'HNL')
  const refusal = expect.objectContaining({ name: 'InvalidAmount', text: '1.00', currency: 'GTQ', reason: 'currency' })

  expect(() => quetzal.plus(lempira)).toThrow(refusal)
  expect(() => quetzal.minus(lempira)).toThrow(refusal)
  expect(() => quetzal.compare(lempira)).toThrow(refusal)
  expect(quetzal.equals(lempira)).toBe(false)
})

it('arithmetic that leaves the range throws instead of wrapping around', () => {
  const most = Money.fromMinor(9_223_372_036_854_775_807n, 'GTQ')
  const refusal = expect.objectContaining({ name: 'InvalidAmount', text: '92233720368547758.08', reason: 'range' })

  expect(() => most.plus(quetzales('0.01'))).toThrow(refusal)
  expect(() => most.times('1.1', 'down')).toThrow(expect.objectContaining({ reason: 'range' }))
  expect(most.negated().negated().equals(most)).toBe(true)
})

it('adds and subtracts as integers do', () => {
  fc.assert(
    fc.property(
      anyCurrency,
      fc.bigInt(-(10n ** 18n), 10n ** 18n),
      fc.bigInt(-(10n ** 18n), 10n ** 18n),
      (currency, a, b) => {
        const [left, right] = [Money.fromMinor(a, currency), Money.fromMinor(b, currency)]

        expect(left.plus(right).toMinor()).toBe(a + b)
        expect(left.minus(right).toMinor()).toBe(a - b)
        expect(left.compare(right)).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(left.equals(right)).toBe(a === b)
      },
    ),
  )
})

it('what is written is read back, in every form', () => {
  fc.assert(
    fc.property(anyCurrency, anyMinor, (currency, minor) => {
      const money = Money.fromMinor(minor, currency)

      expect(Money.parse(money.toString(), currency).toMinor()).toBe(minor)
      expect(Money.parseShortest(money.toShortest(), currency).toMinor()).toBe(minor)
      expect(Money.fromJSON(JSON.parse(JSON.stringify(money))).toMinor()).toBe(minor)
    }),
  )
})

it('a text is refused or is the only spelling of its amount', () => {
  const likeAmounts = fc.stringMatching(/^[-+]?[0-9]{0,4}[.,]?[0-9]{0,3}[e ]?$/)
  fc.assert(
    fc.property(anyCurrency, likeAmounts, (currency, text) => {
      let money: Money
      try {
        money = Money.parse(text, currency)
      } catch {
        return
      }
      expect(money.toString()).toBe(text)
    }),
  )
})

it('knows its sign', () => {
  const signs = ['-0.01', '0.00', '0.01'].map(quetzales)

  expect(signs.map((money) => money.isNegative())).toEqual([true, false, false])
  expect(signs.map((money) => money.isZero())).toEqual([false, true, false])
  expect(signs.map((money) => money.isPositive())).toEqual([false, false, true])
  expect(Money.zero('GTQ').negated().toString()).toBe('0.00')
})

it('is the pair of amount and currency in JSON', () => {
  expect(JSON.stringify({ total: quetzales('125.50') })).toBe('{"total":{"amount":"125.50","currency":"GTQ"}}')
})

it('cannot be changed', () => {
  const money = quetzales('1.00')

  money.plus(quetzales('1.00'))

  expect(money.toString()).toBe('1.00')
  expect(Object.keys(money)).toEqual(['currency'])
})
