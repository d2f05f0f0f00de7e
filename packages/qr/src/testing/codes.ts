import fc from 'fast-check'
import type { CodeFields } from '../build.ts'
import { countCharacters } from '../characters.ts'
import { toAscii } from '../spelling.ts'

/** A code as a shop in Guatemala has it on its counter. */
export const aCode: CodeFields = {
  pointOfInitiation: '11',
  merchantAccounts: { '26': { '00': 'gt.pisto', '01': 'PX0012345' } },
  mcc: '5411',
  currency: '320',
  country: 'GT',
  merchantName: 'Tienda 8',
  merchantCity: 'Guatemala',
}

const visible = (maxLength: number, unit: 'grapheme' | 'grapheme-ascii' = 'grapheme') =>
  fc
    .string({ unit, minLength: 1, maxLength })
    .map((text) => text.replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, 'ñ'))
    .filter((text) => countCharacters(text) <= maxLength)

/** Names that are written as they are. */
const ascii = (maxLength: number) => visible(maxLength, 'grapheme-ascii').filter((text) => toAscii(text) === text)

const guid = visible(20, 'grapheme-ascii')
const subId = fc.integer({ min: 1, max: 99 }).map((id) => `${id}`.padStart(2, '0'))
const template = fc
  .tuple(guid, fc.dictionary(subId, visible(20), { maxKeys: 2 }))
  .map(([id, others]) => ({ '00': id, ...others }))

const idFrom = (min: number, max: number) => fc.integer({ min, max }).map((id) => `${id}`.padStart(2, '0'))
const amount = fc.bigInt(1n, 9_999_999_999n).map((minor) => `${minor / 100n}.${`${minor % 100n}`.padStart(2, '0')}`)
const percentage = fc.integer({ min: 1, max: 9_999 }).map((hundredths) => (hundredths / 100).toFixed(2))

const tip = fc.oneof(
  fc.constant({}),
  fc.constant({ tipIndicator: '01' }),
  amount.map((feeFixed) => ({ tipIndicator: '02', feeFixed })),
  percentage.map((feePercent) => ({ tipIndicator: '03', feePercent })),
)

const additionalData = fc
  .tuple(
    fc.dictionary(fc.constantFrom('01', '05', '07', '08'), visible(12), { maxKeys: 2 }),
    fc.dictionary(idFrom(50, 99), template, { maxKeys: 1 }),
  )
  .map(([texts, templates]) => ({ ...texts, ...templates }))

/** Codes with ñ, á, emoji and the limits of every object; names in ASCII, as they are written. */
export const anyCode: fc.Arbitrary<CodeFields> = fc
  .record(
    {
      pointOfInitiation: fc.constantFrom('11', '12'),
      card: fc.dictionary(idFrom(2, 25), visible(30), { maxKeys: 1 }),
      accounts: fc.dictionary(idFrom(26, 51), template, { minKeys: 1, maxKeys: 2 }),
      mcc: fc.integer({ min: 0, max: 9_999 }).map((mcc) => `${mcc}`.padStart(4, '0')),
      currency: fc.constantFrom('320', '340', '840', '484'),
      amount,
      tip,
      country: fc.constantFrom('GT', 'HN', 'SV', 'MX'),
      merchantName: fc.oneof(ascii(25), fc.constant('A'.repeat(25))),
      merchantCity: fc.oneof(ascii(15), fc.constant('B'.repeat(15))),
      postalCode: visible(10),
      additionalData,
      language: fc.record({ '00': fc.constantFrom('es', 'en', 'ZH'), '01': visible(25), '02': visible(15) }),
      unreserved: fc.dictionary(idFrom(82, 99), template, { minKeys: 1, maxKeys: 1 }),
    },
    { requiredKeys: ['card', 'accounts', 'mcc', 'currency', 'tip', 'country', 'merchantName', 'merchantCity'] },
  )
  .map(({ card, accounts, tip, additionalData, ...fields }) => ({
    ...fields,
    ...tip,
    merchantAccounts: { ...card, ...accounts },
    ...(additionalData !== undefined && Object.keys(additionalData).length > 0 ? { additionalData } : {}),
  }))
  .filter((fields) => lengthsFit(fields))

/** Templates of long texts would not fit into 99 characters, nor all together into 512. */
function lengthsFit({ merchantAccounts, additionalData = {}, language = {}, unreserved = {} }: CodeFields): boolean {
  const lengthOf = (value: object | string): number =>
    typeof value === 'string'
      ? countCharacters(value)
      : Object.values(value).reduce((sum, part) => sum + 4 + lengthOf(part), 0)
  const templates = [...Object.values(merchantAccounts), additionalData, language, ...Object.values(unreserved)]
  return templates.every((value) => lengthOf(value) <= 99) && lengthOf(templates) < 350
}
