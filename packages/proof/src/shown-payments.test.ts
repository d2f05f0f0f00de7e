import { expect, it } from 'vitest'
import { publishKey } from './publish-key.ts'
import { signReceipt } from './sign-receipt.ts'
import { bank, known, paid, RECEIPT_KEY, signerOf } from './testing/receipts.ts'
import { ShownPayments, verifyReceipt } from './verify.ts'

const [oldKey, newKey] = [bank, signerOf(2)]
const fields = { ...paid, challenge: '' }
const judge = async (text: string, shown: ShownPayments) =>
  verifyReceipt(text, {
    ...known,
    directory: {
      ...known.directory,
      keys: [oldKey, newKey].map(({ publicKey }) => publishKey(publicKey, RECEIPT_KEY)),
    },
    openCharges: [],
    shownBefore: shown.has,
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
