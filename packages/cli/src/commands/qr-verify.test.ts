import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519Signer } from '@pisto/proof'
import { withPistoTemplate } from '@pisto/qr'
import { signPayload } from '@pisto/qr/signed'
import { formatSmsCharge } from '@pisto/qr/sms'
import { afterAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const FIELDS = {
  ...{ pointOfInitiation: '11', mcc: '5462', currency: '320', country: 'GT' },
  ...{ merchantName: 'Tortillería Ñandú', merchantCity: 'Guatemala' },
  merchantAccounts: withPistoTemplate({}, { tenantCode: 'gtbank', alias: '123456789012' }),
}
const signer = ed25519Signer(new Uint8Array(32).fill(9))
const signed = await signPayload(FIELDS, signer)

const folder = await mkdtemp(join(tmpdir(), 'pisto-keys-'))
afterAll(() => rm(folder, { recursive: true }))

async function keysFile(changes: object = {}): Promise<string> {
  const x = Buffer.from(signer.publicKey).toString('base64url')
  const about = { tenantId: 'ten_1', tenantCode: 'gtbank', livemode: false, validFrom: '2026-01-01T00:00:00Z' }
  const key = { kid: signer.keyId, kty: 'OKP', crv: 'Ed25519', x, use: 'qr', ...about, validTo: null, ...changes }
  const file = join(folder, `${JSON.stringify(changes).length}.json`)
  await writeFile(file, JSON.stringify({ keys: [key] }))
  return file
}

const UNSIGNED = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'

it.each([
  // payload, changes of the key, verdict, reason, exit code, why
  [signed, {}, 'valid', null, 0, 'as it was issued'],
  [signed, { tenantCode: 'hnbank' }, 'invalid', 'key_of_other_tenant', 1, 'another bank’s key'],
  [signed, { use: 'receipt' }, 'invalid', 'key_unknown', 1, 'a key for something else'],
  [signed, { validTo: '2026-06-01T00:00:00Z' }, 'valid', null, 0, 'a printed code outlives its key'],
  [signed, { validFrom: '2026-12-01T00:00:00Z' }, 'invalid', 'key_unknown', 1, 'a key that has not begun'],
  [signed.replace('Guatemala', 'Guatemalb'), {}, 'invalid', 'code_invalid', 1, 'damaged'],
  [UNSIGNED, {}, 'unsigned', null, 0, 'the code of another network'],
] as const)('%#: with %j it is %s', async (payload, changes, ...rest) => {
  const [, verdict, reason, exitCode] = [changes, ...rest]
  const now = new Date('2026-11-24T12:00:00Z')
  const recording = await record(['qr', 'verify', payload, '--keys', await keysFile(changes), '--json'], { now })

  expect(recording.exitCode).toBe(exitCode)
  expect(JSON.parse(recording.out)).toMatchObject({ verdict, reason })
})

it.each([
  // network of the code, network that is ours, verdict, why
  ['gt.example', ['--guid', 'gt.example'], 'valid', 'a deployment under a name of its own'],
  ['gt.example', [], 'unsigned', 'the code of another deployment'],
  ['org.pisto', ['--guid', 'gt.example'], 'unsigned', 'and the other way round'],
] as const)('a code of %s, checked with %j, is %s: %s', async (guid, ours, verdict, _why) => {
  const merchantAccounts = withPistoTemplate({}, { tenantCode: 'gtbank', alias: '123456789012' }, { guid })
  const payload = await signPayload({ ...FIELDS, merchantAccounts }, signer, { guid })
  const { out } = await record(['qr', 'verify', payload, '--keys', await keysFile(), '--json', ...ours])

  expect(JSON.parse(out)).toMatchObject({ verdict })
})

it('a charge that came by SMS is checked like the code that it stands for', async () => {
  const [first = '', second = ''] = formatSmsCharge(signed, { words: 'Pague con su app:' })
  const keys = ['--keys', await keysFile(), '--json']
  const whole = await record(['qr', 'verify', `${second}\n${first}`, ...keys])
  const changed = await record(['qr', 'verify', `${first.replace('Guatemala', 'Antigua')}\n${second}`, ...keys])

  expect(JSON.parse(whole.out)).toMatchObject({ verdict: 'valid', tenantCode: 'gtbank' })
  expect(JSON.parse(changed.out)).toMatchObject({ verdict: 'invalid', reason: 'signature_wrong' })
})

it('shows a person the name in its true spelling, and the mode', async () => {
  const { out } = await record(['qr', 'verify', signed, '--keys', await keysFile()])

  expect(out).toMatch(/^valid: /)
  expect(out).toContain('Tortillería Ñandú')
  expect(out).toContain('sandbox: play money')
})
