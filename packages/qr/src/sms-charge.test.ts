import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { build, type CodeFields, withPistoTemplate } from './index.ts'
import { examineSigned, signPayload } from './signed.ts'
import { formatSmsCharge, isSmsText, parseSmsCharge } from './sms.ts'
import { spellForSms, unspellFromSms } from './sms-spelling.ts'
import { aTenant, directoryOf } from './testing/keys.ts'

const bank = aTenant('gtbank', 1)
const directory = directoryOf(bank, aTenant('otherbank', 2))
const requestId = '01jc9z3k5qf7v8w2x4y6z0a1b3'
const payee = { tenantCode: 'gtbank', alias: '482915307720' }
const charge: CodeFields = {
  pointOfInitiation: '12',
  merchantAccounts: withPistoTemplate({}, { ...payee, requestId }),
  mcc: '5462',
  currency: '320',
  amount: '30.10',
  country: 'GT',
  merchantName: 'Tortillería Ñandú',
  merchantCity: 'Cobán',
  additionalData: { '05': '7k2m9qxa' },
}
const printed: CodeFields = {
  ...charge,
  pointOfInitiation: '11',
  merchantAccounts: withPistoTemplate({}, { ...payee, codeId: requestId }),
}
const expiresAt = new Date('2026-11-24T16:05:00Z')

let payload = ''
let counter = ''
beforeAll(async () => {
  payload = await signPayload(charge, bank.signingKey, { expiresAt })
  const { amount: _amount, additionalData: _challenge, ...open } = printed
  counter = await signPayload(open, bank.signingKey)
})

it('is the code’s fields and its signature, in characters of one septet', () => {
  const messages = formatSmsCharge(payload)

  expect(messages.join('')).toMatch(
    new RegExp(
      `^PC1,12,gtbank,482915307720,r${requestId},5462,320,30\\.10,GT,Tortiller'ia\\+'Nand'u,Cob'an,7k2m9qxa,` +
        `${bank.signingKey.keyId},[a-z0-9]+,[\\w-]{86}$`,
    ),
  )
  expect(messages.every(isSmsText)).toBe(true)
})

it('takes two messages of at most 153, with words for people, too', () => {
  const words = 'Tortillería Ñandú cobra Q30.10. Pague con su app:'.replace('í', 'i').replace('ú', 'u')
  const [first = '', second = '', ...more] = formatSmsCharge(payload, { words })

  expect([first.length, more]).toEqual([153, []])
  expect(second.length).toBeLessThanOrEqual(153)
  expect(first.startsWith(words)).toBe(true)
})

it('the same code is built of it: signed, valid, expired like the code itself', async () => {
  for (const code of [payload, counter]) {
    const read = parseSmsCharge(formatSmsCharge(code)) ?? ''
    expect(read).toBe(code)
    expect(await examineSigned(read, directory)).toEqual({ verdict: 'valid' })
  }
  const late = { at: expiresAt }
  expect(await examineSigned(parseSmsCharge(formatSmsCharge(payload)) ?? '', directory, late)).toEqual({
    verdict: 'invalid',
    reason: 'expired',
  })
})

describe('is found', () => {
  it.each<[how: string, told: (first: string, second: string) => string | string[]]>([
    ['in two messages', (first, second) => [first, second]],
    ['in the other order', (first, second) => [second, first]],
    ['joined by the network', (first, second) => first + second],
    ['copied with a line break between', (first, second) => `${first}\n${second}`],
    ['copied newest first', (first, second) => `${second}\n${first}`],
    ['with markers', (first, second) => [`(1/2) ${first}`, `(2/2) ${second}`]],
    ['with markers, the second first', (first, second) => [`2/2: ${second}`, `1/2: ${first}`]],
    ['with markers on lines of one', (first, second) => `(1/2) ${first}\n(2/2) ${second}`],
    ['among words', (first, second) => [`Hola, mi cobro: ${first}`, `${second} gracias, Rosa`]],
    ['after a form that is none', (first, second) => `PC1,12,gtbank ${first}${second}`],
  ])('%s', (_how, told) => {
    const [first = '', second = ''] = formatSmsCharge(payload)

    expect(parseSmsCharge(told(first, second))).toBe(payload)
  })

  it.each([
    ['nothing', ''],
    ['words', 'Hola, PC1 es lo que quiero'],
    ['one half', ['half']],
    ['far too long a text', 'PC1,'.repeat(5000)],
  ])('never in %s', (_what, text) => {
    const [first = ''] = formatSmsCharge(payload)

    expect(parseSmsCharge(text === 'half' || Array.isArray(text) ? [first] : text)).toBeUndefined()
  })
})

it('any change of a character is found by the signature, or is no charge any more', async () => {
  const form = formatSmsCharge(payload).join('')
  const change = fc.record({ at: fc.nat(form.length - 1), put: fc.stringMatching(/^[0-9A-Za-z,.'+_-]$/) })
  await fc.assert(
    fc.asyncProperty(change, async ({ at, put }) => {
      const changed = form.slice(0, at) + put + form.slice(at + 1)
      fc.pre(changed !== form)
      const read = parseSmsCharge(changed)

      expect(read === undefined || (await examineSigned(read, directory)).verdict !== 'valid').toBe(true)
    }),
    { numRuns: 400 },
  )
})

it('any charge comes through as it was, whatever the names (property)', async () => {
  const name = fc
    .stringMatching(/^[A-Za-z][A-Za-zñÑáéíóúÁÉÍÓÚüÜ&'. -]{0,18}[a-z]$/)
    .filter((text) => !/ {2}/.test(text))
  const some = fc.record({
    name,
    city: name.filter((text) => text.length <= 15),
    amount: fc.bigInt(1n, 999_999_999n).map((minor) => `${minor / 100n}.${`${minor % 100n}`.padStart(2, '0')}`),
    alias: fc.stringMatching(/^\d{12}$/),
    words: fc.constantFrom('', 'Pague aqui:'),
  })
  await fc.assert(
    fc.asyncProperty(some, async ({ name: merchantName, city: merchantCity, amount, alias, words }) => {
      const merchantAccounts = withPistoTemplate({}, { ...payee, alias, requestId })
      const code = await signPayload(
        { ...charge, merchantName, merchantCity, amount, merchantAccounts },
        bank.signingKey,
        { expiresAt },
      )
      const messages = formatSmsCharge(code, { words })

      expect(messages.length).toBeLessThanOrEqual(2)
      expect(parseSmsCharge(messages.toReversed())).toBe(code)
    }),
    { numRuns: 100 },
  )
})

it.each<[what: string, code: () => string | Promise<string>]>([
  ['no code', () => 'hola'],
  ['a code that is not signed', () => build(charge)],
  ['a code with a tip', () => signPayload({ ...charge, tipIndicator: '01' }, bank.signingKey)],
  ['a code with a bill number', () => signPayload({ ...charge, additionalData: { '01': '7' } }, bank.signingKey)],
  [
    'a name without a letter of ASCII',
    () => signPayload({ ...charge, language: { '00': 'zh', '01': '饺子' } }, bank.signingKey),
  ],
])('%s cannot be told', async (_what, code) => {
  const told = await code()
  expect(() => formatSmsCharge(told)).toThrow(RangeError)
})

it.each([
  ['Precio: 30 €', 'characters of two septets'],
  ['Pago a Cobán', 'á is not in the basic alphabet'],
  ['x'.repeat(150), 'a third message'],
])('words like %j are refused: %s', (words, _why) => {
  expect(() => formatSmsCharge(payload, { words })).toThrow(RangeError)
})

describe('spelling', () => {
  it.each([
    ['Tortillería Ñandú', "Tortiller'ia+'Nand'u"],
    ["Chi'ch Café & Pan", "Chi''ch+Caf'e+&+Pan"],
    ['Pingüino "El Frío"', 'Ping"uino+""El+Fr\'io""'],
    ['Façade, 100%', 'Fa%C3%A7ade%2C+100%25'],
    ['a+b', 'a%2Bb'],
  ])('%s is %s', (name, written) => {
    expect(spellForSms(name)).toBe(written)
    expect(unspellFromSms(written)).toBe(name)
  })

  it.each(['%41', '%c3%a7', '%C3', "'", 'a"', "'x", '%2', 'á'])('%s is none of ours', (text) => {
    expect(unspellFromSms(text)).toBeUndefined()
  })

  it('is one to one, and needs no character beyond the basic alphabet (property)', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
        (text) => {
          const written = spellForSms(text)
          expect(written).toMatch(/^[!-~]*$/)
          expect(isSmsText(written)).toBe(true)
          expect(unspellFromSms(written)).toBe(text)
        },
      ),
    )
  })
})
