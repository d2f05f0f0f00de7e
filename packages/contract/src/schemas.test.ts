import { SCALE } from '@pisto/money/currencies'
import { amountPattern } from '@pisto/money/text'
import { expect, it } from 'vitest'
import { idOf } from './ids.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { COUNTRY_CURRENCY, Currency, PositiveMoney, SIGNED_AMOUNT, UNSIGNED_AMOUNT } from './values.ts'

type Schema = Record<string, unknown>
const operations: Operation[] = Object.values(OPERATIONS).flatMap((resource) => Object.values(resource))

function* schemasIn(value: unknown): Generator<Schema> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Schema
  for (const inner of Object.values(value)) yield* schemasIn(inner)
}

const all = [...schemasIn(operations.map(({ query, body, response }) => [query, body, response]))]

it.each(Object.values(COUNTRY_CURRENCY))('writes amounts of %s as @pisto/money does', (currency) => {
  expect(UNSIGNED_AMOUNT).toBe(amountPattern(currency, { signed: false }))
  expect(SIGNED_AMOUNT).toBe(amountPattern(currency, { signed: true }))
  expect(SCALE[currency]).toBe(2)
  expect((Currency as unknown as { enum: string[] }).enum).toContain(currency)
})

it.each([
  // amount     taken  why
  ['0.01', true, 'the smallest'],
  ['125.50', true, ''],
  ['92233720368547758.07', true, 'the largest that a ledger column holds'],
  ['0.00', false, 'nothing is no payment'],
  ['-1.00', false, 'no sign'],
  ['+1.00', false, 'no sign'],
  ['1.5', false, 'two digits'],
  ['1.505', false, 'no rounding on the way in'],
  ['1', false, 'two digits'],
  ['01.00', false, 'one amount, one spelling'],
  ['1e2', false, 'no exponent'],
  ['1.00\n', false, 'nothing after it'],
  ['1,00', false, 'a point'],
  ['１.00', false, 'ASCII digits'],
])('takes %j as a positive amount: %s %s', (text, taken, _why) => {
  const { pattern } = PositiveMoney.properties.amount as unknown as { pattern: string }
  expect(new RegExp(pattern, 'u').test(text)).toBe(taken)
})

it('has patterns that compile as Ajv compiles them, anchored on both ends, and match their examples', () => {
  const withPattern = all.filter(({ pattern }) => typeof pattern === 'string')
  expect(withPattern.length).toBeGreaterThan(50)
  for (const { pattern, examples } of withPattern) {
    expect(pattern).toMatch(/^\^.*\$$/)
    const compiled = new RegExp(String(pattern), 'u')
    for (const example of (examples as string[] | undefined) ?? []) expect(example).toMatch(compiled)
  }
})

it('takes no fields that it does not know', () => {
  const open = all.filter((schema) => schema['type'] === 'object' && 'properties' in schema)
  expect(open.filter((schema) => schema['additionalProperties'] !== false)).toEqual([])
})

it('bounds every text and list of a request', () => {
  const requests = [...schemasIn(operations.map(({ query, body }) => [query, body]))]
  const texts = requests.filter(({ type }) => type === 'string')
  const bounded = ({ maxLength, pattern, format, enum: values }: Schema) =>
    maxLength !== undefined || format !== undefined || values !== undefined || !/[*+]/.test(String(pattern ?? '*'))
  expect(texts.filter((schema) => !bounded(schema))).toEqual([])
  expect(requests.filter(({ type, maxItems }) => type === 'array' && maxItems === undefined)).toEqual([])
})

it.each([
  ['pay_01kb2xbfmze3mv9d0fq0n5x3ck', true, ''],
  ['pay_81kb2xbfmze3mv9d0fq0n5x3ck', false, 'more than 128 bits'],
  ['PAY_01kb2xbfmze3mv9d0fq0n5x3ck', false, 'lower case'],
  ['pay_01kb2xbfmze3mv9d0fq0n5x3cl', false, 'no l in Crockford base32'],
  ['ref_01kb2xbfmze3mv9d0fq0n5x3ck', false, 'the id of something else'],
])('takes %s as the id of a payment: %s %s', (text, taken, _why) => {
  expect(new RegExp(String((idOf('pay') as unknown as Schema)['pattern']), 'u').test(text)).toBe(taken)
})
