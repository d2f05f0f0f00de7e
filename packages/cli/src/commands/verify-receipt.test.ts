import { ed25519Signer, signReceipt } from '@pisto/proof'
import { formatSmsReceipt } from '@pisto/qr/sms'
import { expect, it } from 'vitest'
import { ownFolder, publishedKey, writeKeysFile } from '../testing/keys-file.ts'
import { record } from '../testing/recording-terminal.ts'

const PAID_AT = Date.parse('2026-11-24T14:00:00Z') / 1000
const FIELDS = {
  paymentId: '01kb2xbfmze3mv9d0fq0n5x3ck',
  payeeAlias: '123456789012',
  amount: '30.10',
  currency: 'GTQ',
  paidAtSeconds: PAID_AT,
  challenge: 'abcd1234',
}
const signer = ed25519Signer(new Uint8Array(32).fill(7))
const compact = await signReceipt(FIELDS, signer)

const key = publishedKey(signer, 'receipt')
const keysFile = await writeKeysFile(await ownFolder('receipt'), key)

const later = (seconds: number): string => new Date((PAID_AT + seconds) * 1000).toISOString()
const check = (input: string, ...flags: readonly string[]) =>
  record(['verify-receipt', '-', '--keys', keysFile, '--json', '--at', later(60), ...flags], { input })

it.each([
  // flags, colour, reason, exit code, why
  [[], 'amber', 'no_open_charge', 0, 'genuine and fresh; nothing to compare it with'],
  [['--challenge', 'abcd1234'], 'green', 'charge_paid', 0, 'it answers the open charge'],
  [['--challenge', 'abcd1234', '--amount', '30.10', '--currency', 'GTQ'], 'green', 'charge_paid', 0, 'in every part'],
  [['--challenge', 'abcd1234', '--amount', '30.11'], 'red', 'other_amount', 1, 'a charge of another amount'],
  [['--challenge', 'zzzz1234'], 'red', 'other_charge', 1, 'another charge is open'],
  [['--amount', '31.00'], 'red', 'other_amount', 1, 'a static code has no challenge, the shop an amount all the same'],
  [['--alias', '210987654321'], 'red', 'other_payee', 1, 'paid to somebody else'],
  [['--tenant', 'hnbank'], 'red', 'other_tenant', 1, 'another bank keeps the shop’s account'],
  [['--at', later(601)], 'red', 'too_old', 1, 'ten minutes have passed'],
  [['--at', later(-121)], 'red', 'ahead_of_clock', 1, 'the clock is wrong'],
] as const)('%j: %s, %s', async (flags, colour, reason, exitCode, _why) => {
  const recording = await check(compact, ...flags)

  expect(recording.exitCode).toBe(exitCode)
  expect(JSON.parse(recording.out)).toMatchObject({ colour, reason, paymentId: `pay_${FIELDS.paymentId}` })
})

it.each([
  // text, reason, why
  ['', 'not_a_receipt', 'nothing'],
  ['PR1,x', 'not_a_receipt', 'no receipt'],
  [compact.replace('30.10', '90.10'), 'not_genuine', 'changed'],
  [compact.replace(key.kid, 'AAAAAAAA'), 'unknown_key', 'nobody’s key'],
] as const)('%j is red: %s (%s), and shows nothing that nobody signed', async (text, reason, _why) => {
  const recording = await check(text)

  expect(recording.exitCode).toBe(1)
  expect(JSON.parse(recording.out)).toMatchObject({ colour: 'red', reason, amount: null, payeeAlias: null })
})

it('reads what the API answers, and the line end of an editor', async () => {
  const answered = await check(JSON.stringify({ paymentId: 'pay_1', compact }), '--challenge', 'abcd1234')
  const edited = await check(`${compact}\n`, '--challenge', 'abcd1234')

  expect(answered.exitCode).toBe(0)
  expect(edited.out).toBe(answered.out)
})

it.each<[how: string, text: string]>([
  ['SMS in two parts', formatSmsReceipt(compact, { words: 'Recibo:' }).join('\n')],
  ['the second part first', formatSmsReceipt(compact, { words: 'Recibo:' }).toReversed().join('\n')],
  ['a forwarded message', `Fwd: pago hecho\n${compact} saludos`],
])('reads a receipt that came as %s', async (_how, text) => {
  const { exitCode, out } = await check(text, '--challenge', 'abcd1234')

  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ colour: 'green' })
})

it('tells a person in Spanish, with what was not compared', async () => {
  const flags = ['--keys', keysFile, '--at', later(60), '--language', 'es', '--alias', FIELDS.payeeAlias]
  const { out } = await record(['verify-receipt', '-', ...flags], { input: compact })

  expect(out).toContain('AMARILLO  Auténtico y reciente')
  expect(out).toContain('30.10 GTQ')
  expect(out).toContain('gtbank (prueba: no es dinero real)')
  expect(out).toContain('No se comparó, porque no se indicó: tenant, amount, challenge')
})

it.each([
  // keys, exit code, on standard error, why
  ['nowhere.json', 1, /cannot be read/, 'no such file'],
  [import.meta.filename, 2, /no list of published keys/, 'another file'],
  ['http://127.0.0.1:1', 1, /No server answers/, 'no such server'],
] as const)('keys from %s: exit code %i', async (keys, exitCode, error, _why) => {
  const recording = await record(['verify-receipt', '-', '--keys', keys], { input: compact })

  expect(recording.exitCode).toBe(exitCode)
  expect(recording.error).toMatch(error)
})
