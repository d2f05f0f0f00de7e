import { expect, it } from 'vitest'
import { publishKey } from './publish-key.ts'
import { signReceipt } from './sign-receipt.ts'
import { ed25519Signer } from './signer.ts'
import { ShownPayments, verifyReceipt } from './verify.ts'

const NOW = 1_795_536_000
const [oldKey, newKey] = [1, 2].map((n) => ed25519Signer(new Uint8Array(32).fill(n))) as [
  ReturnType<typeof ed25519Signer>,
  ReturnType<typeof ed25519Signer>,
]
const about = {
  use: 'receipt',
  tenant: 'BANK',
  livemode: true,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
} as const
const fields = {
  paymentId: '01kb00000000000000000000az',
  payeeAlias: '502712345678',
  amount: '30.10',
  currency: 'GTQ',
  paidAtSeconds: NOW - 60,
  challenge: '',
}
const judge = async (text: string, shown: ShownPayments) =>
  verifyReceipt(text, {
    directory: {
      issuedAt: '2026-11-24T12:00:00Z',
      keys: [oldKey, newKey].map(({ publicKey }) => publishKey(publicKey, about)),
    },
    shop: { alias: '502712345678', tenant: 'BANK', livemode: true },
    openCharges: [],
    shownBefore: shown.has,
    nowSeconds: NOW,
  })

it('a payment that was counted is red the second time, also by a receipt that another key signed', async () => {
  const shown = new ShownPayments()
  expect(await judge(await signReceipt(fields, oldKey), shown)).toMatchObject({ colour: 'amber' })
  shown.add(fields.paymentId)

  for (const key of [oldKey, newKey]) {
    expect(await judge(await signReceipt(fields, key), shown)).toMatchObject({ colour: 'red', reason: 'shown_before' })
  }
})

it('outlives the app', async () => {
  const before = new ShownPayments()
  before.add(fields.paymentId)
  const after = new ShownPayments(JSON.parse(JSON.stringify(before.ids())))

  expect(await judge(await signReceipt(fields, oldKey), after)).toMatchObject({ reason: 'shown_before' })
})

it.each([
  // remembered before, then shown, kept, why
  [[], ['a', 'b', 'c'], ['b', 'c'], 'the oldest is forgotten'],
  [['a', 'b'], ['a', 'c'], ['a', 'c'], 'what is shown again is the newest'],
  [['a', 'b', 'c'], [], ['b', 'c'], 'also of what was kept'],
  [['a'], ['a', 'a'], ['a'], 'each once'],
])('%j and then %j: keeps %j of two: %s', (kept, shown, ids, _why) => {
  const memory = new ShownPayments(kept, 2)
  for (const id of shown) memory.add(id)

  expect(memory.ids()).toEqual(ids)
})
