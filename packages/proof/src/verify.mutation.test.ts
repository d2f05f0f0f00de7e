import fc from 'fast-check'
import { expect, it } from 'vitest'
import { signReceipt } from './sign-receipt.ts'
import { bank, known, paid } from './testing/receipts.ts'
import { verifyReceipt } from './verify.ts'

const RUNS = 1_000 // ten thousand forgeries: `pnpm long forgeries`
const receipts = await Promise.all([paid.challenge, ''].map((challenge) => signReceipt({ ...paid, challenge }, bank)))

/** Characters that make another receipt, of the grammar or close to it, more often than any characters would. */
const near = fc.oneof(fc.stringMatching(/^[0-9a-z.,A-Z_-]{0,3}$/), fc.string({ maxLength: 3, unit: 'grapheme' }))
const mutated = fc
  .record({ receipt: fc.constantFrom(...receipts), at: fc.nat(170), cut: fc.nat(3), text: near })
  .map(({ receipt, at, cut, text }) => receipt.slice(0, at) + text + receipt.slice(at + cut))
  .filter((text) => !receipts.includes(text))

it('both receipts are accepted as they are', async () => {
  const verdicts = await Promise.all(receipts.map((receipt) => verifyReceipt(receipt, known)))

  expect(verdicts.map(({ colour }) => colour)).toEqual(['green', 'amber'])
})

it(`accepts none of ${RUNS} receipts that were changed`, async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      expect((await verifyReceipt(text, known)).colour).toBe('red')
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
        if (text !== receipt) expect((await verifyReceipt(text, known)).colour).toBe('red')
      }
    }
  }
})

it('a signature of one kind of text is not one of another', async () => {
  const told = receipts[0]?.slice(0, receipts[0].lastIndexOf(',')) ?? ''
  const signature = await bank.sign(new TextEncoder().encode(`pisto-qr-v1\n${told}`))

  const text = `${told},${Buffer.from(signature).toString('base64url')}`
  expect(await verifyReceipt(text, known)).toMatchObject({ reason: 'not_genuine', fields: null })
})
