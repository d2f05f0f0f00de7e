import { expect, it } from 'vitest'
import { publishKey } from './publish-key.ts'
import { signReceipt } from './sign-receipt.ts'
import { bank, known, NOW, paid, RECEIPT_KEY, signerOf } from './testing/receipts.ts'
import { type PublishedKey, type ReceiptContext, type ReceiptFields, verifyReceipt } from './verify.ts'

const stranger = signerOf(2)
const key = publishKey(bank.publicKey, RECEIPT_KEY)
const withKey = (part: Partial<PublishedKey>): Partial<ReceiptContext> => {
  return { directory: { ...known.directory, keys: [{ ...key, ...part }] } }
}
const judge = async (fields: Partial<ReceiptFields>, context: Partial<ReceiptContext> = {}, signer = bank) =>
  verifyReceipt(await signReceipt({ ...paid, ...fields }, signer), { ...known, ...context })

it('green: it answers a charge open on this device', async () => {
  expect(await judge({})).toEqual({ colour: 'green', reason: 'charge_paid', fields: paid, warnings: [] })
})

it('green however old the answer to a charge that is still open', async () => {
  expect((await judge({ paidAtSeconds: NOW - 7200 })).colour).toBe('green')
})

it.each([
  // receipt                                                        why no charge of ours is known by it
  [{ challenge: '' }, 'the payer read a static code'],
  [{ challenge: '', paidAtSeconds: NOW - 600 }, 'just fresh'],
  [{ challenge: '', paidAtSeconds: NOW + 120 }, 'a clock may be a little behind'],
])('amber for %o: %s', async (fields, _why) => {
  expect(await judge(fields)).toMatchObject({ colour: 'amber', reason: 'no_open_charge', fields })
})

it.each([
  // receipt, context, reason, why
  [{ payeeAlias: '502712345679' }, {}, 'other_payee', 'paid to the neighbour'],
  [{ amount: '30.00' }, {}, 'other_amount', 'less than asked'],
  [{ amount: '301.00' }, {}, 'other_amount', 'more than asked'],
  [{ currency: 'USD' }, {}, 'other_amount', 'another currency'],
  [{ challenge: '00000000' }, {}, 'other_charge', 'another till of the shop shows that charge'],
  [{}, { openCharges: [] }, 'other_charge', 'the charge is settled'],
  [{ challenge: '00000000', paidAtSeconds: NOW - 601 }, {}, 'too_old', 'whatever it answers'],
  [{ challenge: '', paidAtSeconds: NOW - 601 }, {}, 'too_old', 'more than ten minutes'],
  [{ challenge: '', paidAtSeconds: NOW + 121 }, {}, 'ahead_of_clock', 'the clock is behind: no age can be told'],
  [{}, { shownBefore: (id: string) => id === paid.paymentId }, 'shown_before', 'the second time'],
  [{}, withKey({ livemode: false }), 'wrong_mode', 'sandbox money in a real shop'],
  [{}, { shop: { ...known.shop, livemode: false } }, 'wrong_mode', 'real money in a sandbox'],
  [{}, withKey({ tenant: 'OTHER' }), 'other_tenant', 'a bank that does not keep this account'],
  [{}, withKey({ validFrom: '2026-11-24T16:02:01Z' }), 'key_not_in_force', 'not yet'],
  [{}, withKey({ validTo: '2026-11-24T15:59:00Z' }), 'key_not_in_force', 'no longer'],
  [{}, withKey({ validFrom: 'soon' }), 'key_not_in_force', 'nobody knows when'],
  [{}, withKey({ validTo: 'later' }), 'key_not_in_force', 'nobody knows when'],
  [
    { paidAtSeconds: NOW - 7200 },
    withKey({ validTo: '2026-11-24T15:00:00Z' }),
    'key_not_in_force',
    'dated back with a key that has ended since',
  ],
] as const)('red for %o, %o because of %s: %s', async (fields, context, reason, _why) => {
  const verdict = await judge(fields, context)

  expect(verdict).toMatchObject({ colour: 'red', reason, fields: { paymentId: paid.paymentId } })
})

it.each([
  // key, why
  [{ validTo: '2026-11-24T15:59:01Z' }, 'the old key, just before its end'],
  [{ validFrom: '2026-11-24T15:59:30Z' }, 'the new key, when the receipt is asked for after the rotation'],
])('a receipt outlives the rotation of its key: %o, %s', async (key, _why) => {
  expect(await judge({}, withKey(key))).toMatchObject({ colour: 'green' })
  expect(await judge({ challenge: '' }, withKey(key))).toMatchObject({ colour: 'amber' })
})

it('a key that has just ended still counts for what it signed before', async () => {
  expect((await judge({}, withKey({ validTo: '2026-11-24T15:59:30Z' }))).colour).toBe('green')
})

it.each([
  // context, reason, why
  [{ directory: { ...known.directory, keys: [] } }, 'unknown_key', 'the directory has no key'],
  [withKey({ use: 'qr' }), 'unknown_key', 'the key is for codes'],
  [withKey({ use: 'checkpoint' }), 'unknown_key', 'the key is for the log'],
  [withKey({ x: publishKey(stranger.publicKey, RECEIPT_KEY).x }), 'not_genuine', 'another key under this id'],
  [withKey({ x: 'not a key' }), 'not_genuine', 'no key under this id'],
] as const)('red without fields for %o because of %s: %s', async (context, reason, _why) => {
  expect(await judge({}, context)).toEqual({ colour: 'red', reason, fields: null, warnings: [] })
})

it('what somebody else signed under the bank’s key id is not genuine', async () => {
  expect(await judge({}, {}, { ...stranger, keyId: bank.keyId })).toMatchObject({ reason: 'not_genuine', fields: null })
})

it('finds the right one of two keys whose short ids are the same', async () => {
  const other = { ...publishKey(stranger.publicKey, RECEIPT_KEY), kid: bank.keyId }

  expect((await judge({}, { directory: { ...known.directory, keys: [other, key] } })).colour).toBe('green')
})

it('whoever is no till and knows of no charges gets amber at best', async () => {
  const openCharges = 'unknown'

  expect(await judge({}, { openCharges })).toMatchObject({ colour: 'amber', reason: 'no_open_charge' })
  expect(await judge({ paidAtSeconds: NOW - 601 }, { openCharges })).toMatchObject({ reason: 'too_old' })
})

it('an empty challenge answers no charge, even one that was made without', async () => {
  const openCharges = [{ challenge: '', amount: '30.10', currency: 'GTQ' }]

  expect((await judge({ challenge: '' }, { openCharges })).colour).toBe('amber')
})

it.each([
  // directory of, warnings, why
  ['2026-11-25T00:00:00Z', ['clock_before_directory'], 'hours before: the clock is wrong'],
  ['2026-11-24T16:02:01Z', ['clock_before_directory'], 'more than a clock may be behind'],
  ['2026-11-24T16:02:00.000Z', [], 'as much as a clock may be behind'],
  ['2026-11-24T16:00:00.900Z', [], 'within this second'],
])('a directory of %s gives the warnings %j: %s', async (issuedAt, warnings, _why) => {
  expect(await judge({}, { directory: { ...known.directory, issuedAt } })).toMatchObject({ colour: 'green', warnings })
})
