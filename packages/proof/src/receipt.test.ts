import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { createChallenge, isChallenge } from './challenge.ts'
import { verifyEd25519 } from './ed25519.ts'
import { parseReceipt, type ReceiptFields } from './receipt.ts'
import { signReceipt } from './sign-receipt.ts'
import { ed25519Signer } from './signer.ts'

const signer = ed25519Signer(new Uint8Array(32).fill(6))
const fields: ReceiptFields = {
  paymentId: '01kb00000000000000000000az',
  payeeAlias: '502712345678',
  amount: '150.00',
  currency: 'GTQ',
  paidAtSeconds: 1_795_536_000,
  challenge: '7k2m9qxa',
}
const receipt = await signReceipt(fields, signer)

it('is what qr.md says, signed over everything before the last comma', async () => {
  const { signature, ...parsed } = parseReceipt(receipt)

  const told = `PR1,${fields.paymentId},502712345678,150.00,GTQ,tp0kg0,7k2m9qxa,${signer.keyId}`
  expect(receipt.slice(0, receipt.lastIndexOf(','))).toBe(told)
  expect(parsed).toEqual({ fields, keyId: signer.keyId, signedText: `pisto-receipt-v1\n${told}` })
  expect(await verifyEd25519(signer.publicKey, utf8(`pisto-receipt-v1\n${told}`), signature)).toBe(true)
})

it('has 158 characters for a static code, 179 at most', async () => {
  const largest = { ...fields, amount: '9999999999999999.99' }

  expect(await signReceipt({ ...fields, challenge: '' }, signer)).toHaveLength(158)
  expect(await signReceipt(largest, signer)).toHaveLength(179)
  await expect(signReceipt({ ...largest, paidAtSeconds: 36 ** 6 }, signer)).rejects.toThrow(RangeError)
})

it.each([
  // field,            value                        why it is refused
  ['paymentId', 'pay_01kb000000000000000000000az', 'a prefix'],
  ['paymentId', '01KB00000000000000000000AZ', 'upper case'],
  ['paymentId', '81kb00000000000000000000az', 'more than 128 bits'],
  ['paymentId', '01kb00000000000000000000al', 'l is not in the alphabet'],
  ['payeeAlias', '50271234567', '11 digits'],
  ['payeeAlias', '５02712345678', 'ASCII digits only'],
  ['amount', '150', 'no cents'],
  ['amount', '0150.00', 'leading zeros'],
  ['amount', '-150.00', 'nobody pays less than nothing'],
  ['amount', '0.00', 'nobody pays nothing'],
  ['amount', '12345678901234567.00', 'more digits than money has'],
  ['currency', 'gtq', 'lower case'],
  ['paidAtSeconds', 1_795_536_000.5, 'half a second'],
  ['paidAtSeconds', -1, 'before 1970'],
  ['paidAtSeconds', Number.NaN, 'not a time'],
  ['challenge', '7k2m9qx', '7 characters'],
  ['challenge', '7K2M9QXA', 'upper case'],
  ['challenge', '7k2m9q,a', 'a comma'],
] as const)('refuses to sign %s %j: %s', async (field, value, _why) => {
  await expect(signReceipt({ ...fields, [field]: value }, signer)).rejects.toThrow(RangeError)
})

const withPart = (part: number, text: string): string => receipt.split(',').with(part, text).join(',')
it.each([
  // text                                why it is refused
  ['', 'nothing'],
  ['PR1', 'a beginning'],
  [`${receipt}\n`, 'a line feed behind'],
  [` ${receipt}`, 'a space before'],
  [`${receipt},`, 'a part more'],
  [receipt.slice(0, -1), 'a signature too short'],
  [`${receipt}=`, 'padding'],
  [withPart(0, 'PR2'), 'another version'],
  [withPart(3, '0150.00'), 'leading zeros'],
  [withPart(5, '0tp0kg0'), 'leading zeros'],
  [withPart(5, 'TP0KG0'), 'upper case'],
  [withPart(6, '7k2m9qxo'), 'o is not in the alphabet'],
  [withPart(7, 'AAAA+AAA'), 'the other base64'],
  [withPart(8, 'A'.repeat(87)), 'a signature too long'],
  ['x'.repeat(1_000_000), 'far too long'],
  [','.repeat(179), 'commas'],
])('refuses to read %j: %s', (text, _why) => {
  expect(() => parseReceipt(text)).toThrow(expect.objectContaining({ code: 'receipt_malformed' }))
})

it('reads what it writes', async () => {
  const some = fc.record({
    paymentId: fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/),
    payeeAlias: fc.stringMatching(/^[0-9]{12}$/),
    amount: fc.stringMatching(/^[1-9][0-9]{0,15}\.[0-9]{2}$/),
    currency: fc.constantFrom('GTQ', 'HNL', 'USD'),
    paidAtSeconds: fc.integer({ min: 36 ** 5, max: 36 ** 6 - 1 }),
    challenge: fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{8}$/)),
  })
  await fc.assert(
    fc.asyncProperty(some, async (fields) => {
      expect(parseReceipt(await signReceipt(fields, signer)).fields).toEqual(fields)
    }),
  )
})

it('a challenge has all of its 40 bits from the random source', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      expect(isChallenge(createChallenge(() => bytes))).toBe(true)
    }),
  )
  const last = Array.from({ length: 32 }, (_, n) => createChallenge((length) => new Uint8Array(length).fill(n)))
  expect(new Set(last).size).toBe(32)
})
