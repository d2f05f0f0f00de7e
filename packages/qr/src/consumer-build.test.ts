import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConsumer } from './consumer.ts'
import { buildConsumer } from './consumer-build.ts'
import type { ConsumerFields } from './consumer-fields.ts'
import { explain } from './explain.ts'
import { InvalidCode } from './invalid-code.ts'

const file = new URL('../../../test/vectors/qr.json', import.meta.url)
const { cpm }: { cpm: readonly { id: string; payload: string; valid: boolean }[] } = JSON.parse(
  readFileSync(file, 'utf8'),
)

/** What was read, or a failure of the test. */
function fieldsOf(payload: string): ConsumerFields {
  const code = parseConsumer(payload)
  if (!code.ok) throw new Error(code.findings[0].rule)
  return code.fields
}

it('the example of the specification has its names', () => {
  const [example] = cpm

  expect(fieldsOf(example?.payload ?? '')).toEqual({
    applications: [
      { aid: 'A0000000555555', label: 'Product1' },
      { aid: 'A0000000666666', label: 'Product2' },
    ],
    common: {
      pan: '1234567890123458',
      cardholderName: 'CARDHOLDER/EMV',
      languages: 'ruesdeen',
      transparent: [
        { tag: '9F10', value: '06010A03000000' },
        { tag: '9F26', value: '584FD385FA234BCC' },
        { tag: '9F36', value: '0001' },
        { tag: '9F37', value: '6D58EF13' },
      ],
    },
  })
})

it.each(cpm.filter(({ valid }) => valid))('$id, written again, says the same', ({ payload }) => {
  const fields = fieldsOf(payload)

  expect(fieldsOf(buildConsumer(fields))).toEqual(fields)
})

const hexOf = (min: number, max: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase())
const matching = (pattern: RegExp): fc.Arbitrary<string> => fc.stringMatching(pattern)
const raw = (tags: readonly string[]) =>
  fc.array(fc.record({ tag: fc.constantFrom(...tags), value: hexOf(0, 20) }), { minLength: 1, maxLength: 3 })
const data = {
  label: matching(/^[ -~]{1,16}$/),
  track2: hexOf(1, 19),
  pan: matching(/^\d{8,19}$/),
  cardholderName: matching(/^[ -~]{2,26}$/),
  languages: matching(/^([a-z]{2}){1,4}$/),
  issuerUrl: matching(/^[!-~]{1,40}$/),
  applicationVersion: hexOf(2, 2),
  tokenRequestorId: matching(/^\d{11}$/),
  paymentAccountReference: matching(/^[A-Z0-9]{29}$/),
  panLastDigits: matching(/^\d{4}$/),
  transparent: raw(['9F26', '82', '9F37', '9F10', 'DF79']),
  other: raw(['DF01', 'C2', '9F1A']),
}
const anyData = fc.record(data, { requiredKeys: [] }).map(({ transparent, other, ...named }) => ({
  ...named,
  ...(transparent && { transparent }),
  ...(other && { other }),
}))
const fits = (fields: ConsumerFields): boolean => {
  try {
    return buildConsumer(fields) !== ''
  } catch {
    return false // together more than 255 bytes
  }
}
const someFields: fc.Arbitrary<ConsumerFields> = fc
  .record({
    applications: fc.array(
      fc.tuple(hexOf(5, 16), anyData).map(([aid, more]) => ({ aid, ...more })),
      { minLength: 1, maxLength: 3 },
    ),
    common: fc.option(anyData, { nil: undefined }),
    other: fc.option(raw(['DF02', 'C3']), { nil: undefined }),
  })
  .map(({ applications, common, other }) => ({ applications, ...(common && { common }), ...(other && { other }) }))
  .filter(fits)

it('what is written is read as it was meant', () => {
  fc.assert(
    fc.property(someFields, (fields) => {
      expect(fieldsOf(buildConsumer(fields))).toEqual(fields)
    }),
    { numRuns: 500 },
  )
})

describe('what cannot be written is refused, by rule and place', () => {
  const aid = 'A0000000555555'
  it.each<[why: string, fields: ConsumerFields, rule: string, path: string]>([
    ['nothing to pay with', { applications: [] }, 'C07', '61'],
    ['an identifier of three bytes', { applications: [{ aid: 'A00000' }] }, 'C09', '61.4F'],
    ['an identifier in lower case', { applications: [{ aid: 'a0000000555555' }] }, 'C09', '61.4F'],
    ['a name with an accent', { applications: [{ aid, cardholderName: 'José' }] }, 'C10', '61.5F20'],
    ['a card number with spaces', { applications: [{ aid }], common: { pan: '1234 5678' } }, 'C10', '62.5A'],
    ['a second version', { applications: [{ aid }], other: [{ tag: '85', value: '' }] }, 'C10', '85'],
    ['a tag of three digits', { applications: [{ aid, other: [{ tag: '9F1', value: '' }] }] }, 'C10', '61.9F1'],
    ['half a byte', { applications: [{ aid, transparent: [{ tag: '82', value: '0' }] }] }, 'C10', '61.63.82'],
    [
      'more than a template holds',
      { applications: [{ aid, transparent: [{ tag: '82', value: '00'.repeat(250) }] }] },
      'C10',
      '61',
    ],
  ])('%s', (_why, fields, rule, path) => {
    try {
      buildConsumer(fields)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidCode)
      const [finding] = (error as InvalidCode).findings
      expect(finding).toMatchObject({ rule, path, severity: 'error' })
      expect(finding && explain(finding).hintEs).not.toMatch(/[{}]|undefined/)
    }
  })
})
