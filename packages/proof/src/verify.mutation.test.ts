import fc from 'fast-check'
import { expect, it } from 'vitest'
import { publishKey } from './publish-key.ts'
import { signReceipt } from './sign-receipt.ts'
import { ed25519Signer } from './signer.ts'
import { verifyReceipt } from './verify.ts'

const NOW = 1_795_536_000
const RUNS = 1_000 // ten thousand forgeries: `pnpm long forgeries`
const signer = ed25519Signer(new Uint8Array(32).fill(1))
const about = {
  use: 'receipt',
  tenant: 'BANK',
  livemode: true,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
} as const
const context = {
  directory: { issuedAt: '2026-11-24T12:00:00Z', keys: [publishKey(signer.publicKey, about)] },
  shop: { alias: '502712345678', tenant: 'BANK', livemode: true },
  openCharges: [{ challenge: '7k2m9qxa', amount: '30.10', currency: 'GTQ' }],
  shownBefore: () => false,
  nowSeconds: NOW,
}
const fields = { paymentId: '01kb00000000000000000000az', payeeAlias: '502712345678', amount: '30.10', currency: 'GTQ' }
const receipts = await Promise.all(
  ['7k2m9qxa', ''].map((challenge) => signReceipt({ ...fields, paidAtSeconds: NOW - 60, challenge }, signer)),
)

/** Characters that make another receipt, of the grammar or close to it, more often than any characters would. */
const near = fc.oneof(fc.stringMatching(/^[0-9a-z.,A-Z_-]{0,3}$/), fc.string({ maxLength: 3, unit: 'grapheme' }))
const mutated = fc
  .record({ receipt: fc.constantFrom(...receipts), at: fc.nat(170), cut: fc.nat(3), text: near })
  .map(({ receipt, at, cut, text }) => receipt.slice(0, at) + text + receipt.slice(at + cut))
  .filter((text) => !receipts.includes(text))

it('both receipts are accepted as they are', async () => {
  const verdicts = await Promise.all(receipts.map((receipt) => verifyReceipt(receipt, context)))

  expect(verdicts.map(({ colour }) => colour)).toEqual(['green', 'amber'])
})

it(`accepts none of ${RUNS} receipts that were changed`, async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      expect((await verifyReceipt(text, context)).colour).toBe('red')
    }),
    { numRuns: RUNS },
  )
})

it('accepts no other character anywhere, which includes every respelling of the signature', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.,+/= \n'
  for (const receipt of receipts) {
    for (let at = 0; at < receipt.length; at++) {
      for (const character of alphabet) {
        const text = receipt.slice(0, at) + character + receipt.slice(at + 1)
        if (text !== receipt) expect((await verifyReceipt(text, context)).colour).toBe('red')
      }
    }
  }
})

it('a signature of one kind of text is not one of another', async () => {
  const told = receipts[0]?.slice(0, receipts[0].lastIndexOf(',')) ?? ''
  const signature = await signer.sign(new TextEncoder().encode(`pisto-qr-v1\n${told}`))

  const text = `${told},${Buffer.from(signature).toString('base64url')}`
  expect(await verifyReceipt(text, context)).toMatchObject({ reason: 'not_genuine', fields: null })
})
