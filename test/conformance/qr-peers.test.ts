import { build, type CodeFields, crcText } from '@pisto/qr'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CODECS, type CodecName } from '../../packages/cli/src/bench/qr/codecs.ts'

// Codes that we write, in what all these codecs understand alike: one of them takes a letter for a byte.

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const word = (most: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9]{1,${most}}$`))
const words = (most: number) =>
  fc.tuple(word(Math.floor(most / 2)), word(Math.floor(most / 2) - 1)).map((two) => two.join(' '))
const amount = fc.bigInt(1n, 99_999_999n).map((minor) => `${minor / 100n}.${`${minor % 100n}`.padStart(2, '0')}`)
const place = fc.constantFrom(
  { country: 'GT', currency: '320' },
  { country: 'HN', currency: '340' },
  { country: 'SV', currency: '840' },
)

const anyCode: fc.Arbitrary<CodeFields> = fc
  .record(
    {
      place,
      pointOfInitiation: fc.constantFrom('11', '12'),
      account: fc.record({
        '00': fc.constantFrom('org.pisto', 'org.example.network'),
        '01': word(30),
        '02': digits(12),
      }),
      mcc: fc.constantFrom('5411', '5462', '5812', '5912', '7230'),
      amount,
      merchantName: words(25),
      merchantCity: words(15),
      postalCode: digits(5),
      additionalData: fc.record({ '01': word(25), '05': word(25), '07': word(25) }, { requiredKeys: ['05'] }),
    },
    { requiredKeys: ['place', 'pointOfInitiation', 'account', 'mcc', 'merchantName', 'merchantCity'] },
  )
  .map(({ place, account, ...fields }) => ({ ...fields, ...place, merchantAccounts: { '26': account } }))

it.each<[CodecName, number]>([
  ['vietnam-qr-pay', 500],
  ['promptparse', 500],
  ['emvqr', 100], // it searches its table of currencies for milliseconds
])('what we write, %s accepts: %d codes', (name, numRuns) => {
  fc.assert(
    fc.property(anyCode, (fields) => {
      const payload = build(fields)
      fc.pre(name !== 'emvqr' || !payload.slice(-4).startsWith('0')) // it expects such a checksum without its zeros

      expect(CODECS[name].reads(payload)).toBe(true)
    }),
    { numRuns },
  )
})

it.each<CodecName>(['vietnam-qr-pay', 'promptparse', 'emvqr'])('%s does look: it refuses another checksum', (name) => {
  fc.assert(
    fc.property(anyCode, fc.integer({ min: 1, max: 0xffff }), (fields, change) => {
      const payload = build(fields)
      const other = crcText(Number.parseInt(payload.slice(-4), 16) ^ change)

      expect(CODECS[name].reads(payload.slice(0, -4) + other)).toBe(false)
    }),
    { numRuns: 50 },
  )
})
