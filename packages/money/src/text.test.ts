import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CURRENCY_CODES } from './currencies.ts'
import { Money } from './money.ts'
import { amountPattern } from './text.ts'

it.each([
  ['GTQ', true, String.raw`^(?!-0\.0{2}$)-?(0|[1-9]\d{0,16})\.\d{2}$`],
  ['GTQ', false, String.raw`^(0|[1-9]\d{0,16})\.\d{2}$`],
  ['CLP', true, String.raw`^(?!-0$)-?(0|[1-9]\d{0,18})$`],
  ['CLP', false, String.raw`^(0|[1-9]\d{0,18})$`],
] as const)('the pattern of %s, signed %s, is %s', (currency, signed, pattern) => {
  expect(amountPattern(currency, { signed })).toBe(pattern)
})

it('every amount matches its pattern, and a negative one only the signed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CURRENCY_CODES),
      fc.bigInt(-9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n),
      (currency, minor) => {
        const text = Money.fromMinor(minor, currency).toString()

        expect(text).toMatch(new RegExp(amountPattern(currency, { signed: true }), 'u'))
        expect(new RegExp(amountPattern(currency, { signed: false }), 'u').test(text)).toBe(minor >= 0n)
      },
    ),
  )
})

it.each([
  // exact     currency  shortest
  ['12.50', 'GTQ', '12.5'],
  ['12.00', 'GTQ', '12'],
  ['0.00', 'GTQ', '0'],
  ['-0.10', 'GTQ', '-0.1'],
  ['0.01', 'USD', '0.01'],
  ['100.00', 'USD', '100'],
  ['500', 'CLP', '500'],
] as const)('"%s" %s without trailing zeros is "%s"', (exact, currency, shortest) => {
  expect(Money.parse(exact, currency).toShortest()).toBe(shortest)
  expect(Money.parseShortest(shortest, currency).toString()).toBe(exact)
})

it.each([
  ['12.50', 'GTQ', 'a trailing zero'],
  ['12.', 'GTQ', 'a point without digits'],
  ['12.0', 'GTQ', 'nothing but a zero'],
  ['.5', 'GTQ', 'no whole part'],
  ['-0', 'GTQ', 'zero has one spelling'],
  ['007', 'GTQ', 'leading zeros'],
  ['1.001', 'GTQ', 'more digits than a quetzal has'],
  ['1.5', 'CLP', 'a Chilean peso has none'],
  ['1.5.5', 'GTQ', 'two points'],
  ['12\n', 'GTQ', 'a line feed after'],
  ['', 'GTQ', 'nothing'],
  ['92233720368547758.1', 'GTQ', 'beyond the range'],
] as const)('the form without trailing zeros refuses "%s" %s: %s', (text, currency, _why) => {
  expect(() => Money.parseShortest(text, currency)).toThrow(
    expect.objectContaining({ name: 'InvalidAmount', currency }),
  )
})

it.each([
  // amount         currency  Spanish              English
  ['1234.50', 'GTQ', 'Q1,234.50', 'Q1,234.50'],
  ['1234.50', 'HNL', 'L\u00a01,234.50', 'L\u00a01,234.50'],
  ['1234.50', 'USD', '$1,234.50', '$1,234.50'],
  ['-1234567.89', 'USD', '-$1,234,567.89', '-$1,234,567.89'],
  ['0.05', 'GTQ', 'Q0.05', 'Q0.05'],
  ['999.00', 'GTQ', 'Q999.00', 'Q999.00'],
  ['1234.50', 'CRC', '₡1.234,50', '₡1,234.50'],
  ['1234.50', 'MXN', 'MX$1,234.50', 'MX$1,234.50'],
  ['1234567', 'CLP', 'CLP$1.234.567', 'CLP$1,234,567'],
] as const)('%s %s is %s in Spanish, %s in English', (amount, currency, spanish, english) => {
  expect(Money.parse(amount, currency).format('es')).toBe(spanish)
  expect(Money.parse(amount, currency).format('en')).toBe(english)
})
