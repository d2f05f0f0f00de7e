import { ed25519Signer, publishKey, type ReceiptFields, signReceipt } from '@pisto/proof'
import { type ReceiptContext, verifyReceipt } from '@pisto/proof/verify'
import { formatSmsReceipt, isSmsText, parseSmsReceipt } from '@pisto/qr/sms'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const NOW = 1_795_536_000
const bank = ed25519Signer(new Uint8Array(32).fill(1))
const key = publishKey(bank.publicKey, {
  use: 'receipt',
  tenant: 'gtbank',
  livemode: true,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
})
const paid: ReceiptFields = {
  paymentId: '01kb00000000000000000000az',
  payeeAlias: '482915307720',
  amount: '150.00',
  currency: 'GTQ',
  paidAtSeconds: NOW - 60,
  challenge: '7k2m9qxa',
}
const known: ReceiptContext = {
  directory: { issuedAt: '2026-11-24T12:00:00Z', keys: [key] },
  shop: { alias: paid.payeeAlias, tenant: 'gtbank', livemode: true },
  openCharges: [{ challenge: paid.challenge, amount: paid.amount, currency: paid.currency }],
  shownBefore: () => false,
  nowSeconds: NOW,
}
const receiptOf = (change: Partial<ReceiptFields> = {}) => signReceipt({ ...paid, ...change }, bank)
const judge = async (messages: string | readonly string[]) => {
  const { colour, reason } = await verifyReceipt(parseSmsReceipt(messages) ?? '', known)
  return `${colour} ${reason}`
}

it.each([
  // receipt, words, messages, why
  [{ challenge: '' }, '', [158], 'a static code: one message'],
  [{ challenge: '' }, 'Pago a Tienda Rosa:', [153, 25], 'with words two'],
  [{}, '', [153, 13], 'a charge: two messages'],
  [{ amount: '9999999999999999.99' }, 'x'.repeat(126), [153, 153], 'the longest, with 126 characters of words'],
])('%o with words "%s" are messages of %j: %s', async (change, words, lengths, _why) => {
  const messages = formatSmsReceipt(await receiptOf(change), { words })

  expect(messages.map((message) => message.length)).toEqual(lengths)
  expect(messages.every(isSmsText)).toBe(true)
  expect(parseSmsReceipt(messages)).toBe(await receiptOf(change))
})

describe('the same check as of the QR code', () => {
  const split = async () => formatSmsReceipt(await receiptOf(), { words: 'Recibo:' }) as readonly [string, string]

  it.each<[how: string, verdict: string, told: (first: string, second: string) => string | string[]]>([
    ['two messages', 'green charge_paid', (first, second) => [first, second]],
    ['in the other order', 'green charge_paid', (first, second) => [second, first]],
    ['forwarded among words', 'green charge_paid', (first, second) => [`Fwd: ${first}`, `${second} saludos`]],
    ['with markers', 'green charge_paid', (first, second) => [`(2/2)${second}`, `(1/2)${first}`]],
    ['pasted into one field', 'green charge_paid', (first, second) => `${first}\r\n${second}\r\n`],
    ['the first alone', 'red not_a_receipt', (first) => first],
    ['an edited amount', 'red not_genuine', (first, second) => [first.replace('150.00', '950.00'), second]],
    ['a letter of the signature', 'red not_genuine', (first, second) => [first, `${second.slice(0, -2)}AA`]],
  ])('%s: %s', async (_how, verdict, told) => {
    expect(await judge(told(...(await split())))).toBe(verdict)
  })

  it('of a static code it is amber, of another shop red', async () => {
    expect(await judge(formatSmsReceipt(await receiptOf({ challenge: '' })))).toBe('amber no_open_charge')
    expect(await judge(formatSmsReceipt(await receiptOf({ payeeAlias: '100000000093' })))).toBe('red other_payee')
  })
})

it('is found among any words, in any order, as it was signed (property)', async () => {
  const words = fc.stringMatching(/^[A-Za-z ñé.:!?]{0,40}$/)
  const some = fc.record({
    amount: fc.bigInt(1n, 99_999_999_999n).map((minor) => `${minor / 100n}.${`${minor % 100n}`.padStart(2, '0')}`),
    challenge: fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{8}$/)),
    before: words,
    behind: words,
    turned: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(some, async ({ amount, challenge, before, behind, turned }) => {
      const receipt = await receiptOf({ amount, challenge })
      const messages = [...formatSmsReceipt(receipt, { words: before })]
      messages.push(`${messages.pop()} ${behind}`)

      expect(parseSmsReceipt(turned ? messages.toReversed() : messages)).toBe(receipt)
    }),
    { numRuns: 200 },
  )
})

it.each(['', 'PR1', 'PR1,x', 'hola'])('%j is no receipt to send', (text) => {
  expect(() => formatSmsReceipt(text)).toThrow(RangeError)
})
