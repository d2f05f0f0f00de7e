import fc from 'fast-check'
import { expect, it } from 'vitest'
import { build, type CodeFields } from './build.ts'
import { parse } from './parse.ts'
import { aCode, anyCode } from './testing/codes.ts'

it('writes the objects in ascending order, the checksum last', () => {
  expect(build(aCode)).toBe(
    '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054',
  )
})

it('what is written is read back, without a finding, under the strict profile', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      const { ok, fields, findings } = parse(build(code), { profile: 'strict' })

      expect(findings).toEqual([])
      expect(ok).toBe(true)
      expect(fields).toEqual({ ...code, payloadFormatIndicator: '01', crc: fields.crc })
    }),
    { numRuns: 1000 },
  )
})

it('what was read is written to the same characters', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      const payload = build(code)
      const { fields } = parse(payload)

      expect(build({ ...code, ...fields })).toBe(payload)
    }),
  )
})

it('accents go, and the true spelling stands in template 64', () => {
  const { fields } = parse(build({ ...aCode, merchantName: 'Tortillería Ñandú', merchantCity: 'Sololá' }))

  expect(fields).toMatchObject({
    merchantName: 'Tortilleria Nandu',
    merchantCity: 'Solola',
    language: { '00': 'es', '01': 'Tortillería Ñandú', '02': 'Sololá' },
  })
})

it('names in ASCII need no template 64', () => {
  expect(parse(build(aCode)).fields.language).toBeUndefined()
})

it('a language of its own is kept', () => {
  const language = { '00': 'en', '01': "K'iche' Store" }

  expect(parse(build({ ...aCode, merchantName: 'Tienda K’iche’', language })).fields.language).toEqual(language)
})

it('long names and cities are cut at a word, in both spellings', () => {
  const code = { ...aCode, merchantName: 'Panadería y Pastelería Ñandú', merchantCity: 'Santa Catarina Pinula' }

  expect(parse(build(code)).fields).toMatchObject({
    merchantName: 'Panaderia y Pasteleria',
    merchantCity: 'Santa Catarina',
    language: { '00': 'es', '01': 'Panadería y Pastelería' },
  })
})

it.each([
  ['R09', { pointOfInitiation: '13' }, 'no such kind of code'],
  ['R08mai', { merchantAccounts: {} }, 'nobody is paid'],
  ['R10guid', { merchantAccounts: { '26': { '01': 'x' } } }, 'an account without GUID'],
  ['R10guid', { merchantAccounts: { '26': { '00': 'x'.repeat(33) } } }, 'a GUID of 33 characters'],
  ['R10opaque', { merchantAccounts: { '39': '969cde686e395bc6b28b0c3b05efd87a' } }, 'a plain value'],
  ['R28_26', { merchantAccounts: { '26': 'plain' } }, 'a template that is none'],
  ['R21', { merchantAccounts: { '52': '5411' } }, 'an id that is no account'],
  ['R21', { merchantAccounts: { '26': { '00': 'a', x1: 'b' } } }, 'an id that is no number'],
  ['R21', { merchantAccounts: JSON.parse('{"__proto__":"x"}') }, 'a name of JavaScript'],
  ['R21', { unreserved: { '70': 'x' } }, 'reserved for the specification'],
  ['R01long', { merchantAccounts: { '26': { '00': 'gt.pisto', '01': 'x'.repeat(90) } } }, 'more than 99 characters'],
  ['R11', { mcc: '541' }, 'a category of three digits'],
  ['R12', { currency: 'GTQ' }, 'letters for the currency'],
  ['R12', { currency: '321' }, 'no such currency'],
  ['R13', { amount: '1,234.50' }, 'a comma'],
  ['R13', { amount: '-5.00' }, 'a negative amount'],
  ['R13', { amount: '99999999999.99' }, 'fourteen characters'],
  ['R13zero', { amount: '0.00' }, 'nothing'],
  ['R13dec', { amount: '1.005' }, 'half a centavo'],
  ['R14', { tipIndicator: '02' }, 'a fixed fee without fee'],
  ['R14', { tipIndicator: '01', feePercent: '5' }, 'asking and telling'],
  ['R14', { tipIndicator: '03', feePercent: '100' }, 'all of it'],
  ['R14', { feeFixed: '1.00' }, 'a fee that no indicator announces'],
  ['R15', { country: 'gt' }, 'lower case'],
  ['R15', { country: 'XX' }, 'no such country'],
  ['R18', { postalCode: '01001-01001' }, 'a long postal code'],
  ['R19_05', { additionalData: { '05': 'x'.repeat(26) } }, 'a long reference'],
  ['R19_09', { additionalData: { '09': 'AA' } }, 'asked for twice'],
  ['R19_11', { additionalData: { '11': '00' } }, 'a channel of two'],
  ['R19pss', { additionalData: { '50': 'plain' } }, 'a template that is none'],
  ['R20', { language: { '00': 'es' } }, 'a language without a name'],
  ['R20long', { language: { '00': 'es', '01': 'ñ'.repeat(26) } }, 'a long name'],
  ['R22', { unreserved: { '80': { '01': 'x' } } }, 'a template without GUID'],
  ['R25', { postalCode: '01\u0000' }, 'a control character'],
  ['R25', { additionalData: { '08': '\u202etxt.exe' } }, 'text that runs backwards'],
  ['R25', { additionalData: { '08': '\ud83c' } }, 'half an emoji'],
  ['R26', { merchantName: '' }, 'no name'],
  ['R26', { merchantName: '文山' }, 'a name that ASCII cannot write'],
  ['R26', { additionalData: {} }, 'an empty template'],
] as const)('breaking %s, %j is not written: %s', (rule, change, _why) => {
  expect(() => build({ ...aCode, ...(change as Partial<CodeFields>) })).toThrow(
    expect.objectContaining({
      name: 'InvalidCode',
      findings: expect.arrayContaining([expect.objectContaining({ rule, severity: 'error' })]),
    }),
  )
})

it('a code without its optional objects is written', () => {
  const { pointOfInitiation: _, ...rest } = aCode

  expect(parse(build(rest), { profile: 'strict' }).ok).toBe(true)
})

it('more than 512 characters are not written', () => {
  const account = { '00': 'gt.pisto', '01': 'x'.repeat(80) }
  const merchantAccounts = Object.fromEntries(['26', '27', '28', '29', '30', '31'].map((id) => [id, account]))

  expect(() => build({ ...aCode, merchantAccounts })).toThrow(/R24/)
})

/** Texts near every limit, of any characters: also invisible ones, and halves of emoji. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '0', 'ñ', '🍍', '.', ' '), maxLength: 34 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    '',
    '01',
    '11',
    '320',
    '10.50',
    '0.00',
    'GT',
    'A',
    '***',
    '\ud83c',
    '\u202e',
    'x'.repeat(99),
    '🍍'.repeat(60),
  ),
)
const anyId = fc.oneof(
  fc.integer({ min: 0, max: 99 }).map((id) => `${id}`.padStart(2, '0')),
  fc.constantFrom('00', '1', 'x1'),
)
const anySubFields = fc.dictionary(anyId, anyText, { maxKeys: 3 })
const anyTemplates = fc.dictionary(anyId, fc.oneof(anyText, anySubFields), { maxKeys: 3 })
const hexadecimal = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 28, maxLength: 28 })
const change = fc.record(
  {
    pointOfInitiation: anyText,
    merchantAccounts: fc.oneof(
      anyTemplates,
      hexadecimal.map((guid) => ({ '26': { '00': guid } })),
    ),
    mcc: anyText,
    currency: anyText,
    amount: anyText,
    tipIndicator: fc.constantFrom('01', '02', '03', '04'),
    feeFixed: anyText,
    feePercent: anyText,
    country: anyText,
    merchantName: anyText,
    merchantCity: anyText,
    postalCode: anyText,
    additionalData: anyTemplates,
    language: anySubFields,
    unreserved: anyTemplates,
  },
  { requiredKeys: [] },
)

it('whatever is asked for, nothing is written that the strict profile refuses', () => {
  fc.assert(
    fc.property(fc.tuple(anyCode, change, fc.integer({ min: 1, max: 3 })), ([code, changes, count]) => {
      const some = Object.fromEntries(Object.entries(changes).slice(0, count))
      let payload: string
      try {
        payload = build({ ...code, ...some })
      } catch (error) {
        expect(error).toMatchObject({ name: 'InvalidCode', findings: expect.arrayContaining([expect.anything()]) })
        return
      }
      expect(parse(payload, { profile: 'strict' })).toMatchObject({ ok: true, findings: [] })
    }),
    { numRuns: 3000 },
  )
})
