import { decodeBase64Url, pinnedBy, type SignedDirectory, verifyDirectory, verifyTlogProof } from '@pisto/proof'
import { verifyReceipt } from '@pisto/proof/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ManualClock } from '../platform/runtime/clock.ts'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'
import { send } from '../testing/send.ts'
import { DatabaseKeyring } from './keyring.ts'

const START = '2026-11-24T12:00:00Z'
const clock = new ManualClock(START)
let server: RunningServer
let client: Client
let shop: { id: string; alias: string }
let payer: string
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true, clock })
  client = clientOf(server)
  const merchant = await register(client, 'merchants')
  const { body } = await client.get(`/v1/merchants/${merchant.id}`)
  shop = { id: merchant.id, alias: body.alias }
  payer = (await register(client, 'consumers')).accountId
  await client.post(`/v1/sandbox/accounts/${payer}/fund`, { amount: { amount: '900.00', currency: 'GTQ' } })
})
afterAll(() => server.stop())

const rotate = async (use: string, startsInSeconds?: number) =>
  (await client.post('/v1/keys/rotate', { use, ...(startsInSeconds !== undefined && { startsInSeconds }) })).body
const withdraw = async (keyId: string) => client.post(`/v1/keys/${keyId}/withdraw`)
const signed = async (tenant = 'gtbank'): Promise<string> =>
  (await send(server.url, { path: `/.well-known/pisto-directory/${tenant}` })).text
const pinned = async () => {
  const { body } = await send(server.url, { path: '/.well-known/pisto-keys' })
  const own = body.keys.filter((key: { use: string; tenantCode: string }) => key.tenantCode === 'gtbank')
  return pinnedBy({ issuer: 'gtbank', keys: own.map((key: { tenantCode: string }) => ({ ...key, tenant: 'gtbank' })) })
}
const directory = async (previous?: SignedDirectory): Promise<SignedDirectory> =>
  verifyDirectory(await signed(), await pinned(), previous)
const charge = async () =>
  (await client.post('/v1/payment-requests', { merchantId: shop.id, amount: { amount: '1.00', currency: 'GTQ' } })).body
const resolve = async (payload: string) => (await client.post('/v1/qr/resolve', { payload })).body
const keyIdIn = (payload: string): string => /0009org\.pisto0108(.{8})/.exec(payload)?.[1] ?? ''

describe('codes', () => {
  it('printed under the old key are paid after a rotation, until it is withdrawn', async () => {
    const old = await charge()
    const { key, ended } = await rotate('qr', 0)
    const fresh = await charge()

    expect(keyIdIn(fresh.qr.payload)).toBe(key.kid)
    expect(ended.map(({ kid }: { kid: string }) => kid)).toEqual([keyIdIn(old.qr.payload)])
    expect(await resolve(old.qr.payload)).toMatchObject({ signature: 'valid', payable: true })
    const paid = await client.post('/v1/payments', { payerAccountId: payer, qr: old.qr.payload })
    expect(paid.body).toMatchObject({ status: 'completed' })

    expect((await withdraw(keyIdIn(old.qr.payload))).body).toMatchObject({ kid: keyIdIn(old.qr.payload) })
    expect(await resolve(old.qr.payload)).toMatchObject({ code: 'qr_signature_invalid' })
    expect(await resolve(fresh.qr.payload)).toMatchObject({ signature: 'valid' })
  })

  it('are signed with the old key until the new one starts: phones off line learn of it first', async () => {
    const before = await charge()
    const { key } = await rotate('qr')
    const meanwhile = await charge()
    expect((await directory()).keys.map(({ kid }) => kid)).toContain(key.kid)
    clock.advance(86_400)
    const after = await charge()

    expect([before, meanwhile].map(({ qr }) => keyIdIn(qr.payload))).not.toContain(key.kid)
    expect(keyIdIn(after.qr.payload)).toBe(key.kid)
  })
})

describe('receipts', () => {
  it('of the old key and of the new one are both good after a rotation; the full receipt for ever', async () => {
    const request = await charge()
    const { body: payment } = await client.post('/v1/payments', { payerAccountId: payer, qr: request.qr.payload })
    const receiptNow = async (): Promise<string> =>
      (await client.get(`/v1/payments/${payment.id}/receipt`)).body.compact
    const judge = async (compact: string) => {
      const { reason } = await verifyReceipt(compact, {
        directory: await directory(),
        shop: { alias: shop.alias, tenant: 'gtbank', livemode: false },
        openCharges: [{ challenge: request.challenge, amount: '1.00', currency: 'GTQ' }],
        shownBefore: () => false,
        nowSeconds: Math.floor(clock.now().getTime() / 1000),
      })
      return reason
    }
    clock.advance(60)
    const byOld = await receiptNow()
    const { key } = await rotate('receipt', 0)
    const byNew = await receiptNow()

    expect(byNew.split(',')[7]).toBe(key.kid)
    expect(byOld.split(',')[7]).not.toBe(key.kid)
    expect([await judge(byOld), await judge(byNew)]).toEqual(['charge_paid', 'charge_paid'])
    clock.advance(601)
    expect([await judge(byOld), await judge(byNew)]).toEqual(['key_not_in_force', 'charge_paid'])

    await client.get('/v1/log/checkpoint')
    const proof = await send(server.url, {
      path: `/v1/payments/${payment.id}/receipt`,
      headers: { authorization: client.authorization, accept: 'text/plain' },
    })
    await rotate('checkpoint', 0)
    const checkpointKeys = (await directory()).keys.filter(
      ({ use, tenant }) => use === 'checkpoint' && tenant === 'gtbank',
    )
    const { body: tenant } = await client.get('/v1/tenant')
    const log = { origin: tenant.logOrigin, publicKeys: checkpointKeys.map(({ x }) => decodeBase64Url(x)) }
    expect(await verifyTlogProof(proof.text, log)).toMatchObject({ checkpoint: { origin: tenant.logOrigin } })
  })
})

describe('the directory', () => {
  it('lists every tenant’s keys; its number grows when something changes, and each hour', async () => {
    const first = await directory()
    const same = await directory(first)
    await rotate('receipt')
    const rotated = await directory(first)
    clock.advance(3_600)
    const later = await directory(rotated)

    expect(new Set(first.keys.map(({ tenant }) => tenant))).toEqual(new Set(['gtbank', 'hnbank', 'svred', 'gtcoop']))
    expect(first.tenants).toContainEqual({ code: 'hnbank', name: 'Banco Maya del Norte (sandbox)' })
    expect([same, rotated, later].map(({ number }) => number - first.number)).toEqual([0, 1, 2])
    expect(later.issuedAt).toBe(clock.now().toISOString())
  })

  it('each tenant signs its own', async () => {
    await expect(verifyDirectory(await signed('hnbank'), await pinned())).rejects.toMatchObject({
      code: 'signature_missing',
    })
  })

  it('a wallet follows a rotation of the key that signs it, and the old key’s directories are refused after it', async () => {
    const known = await directory()
    const { ended } = await rotate('directory', 0)
    const both = await verifyDirectory(await signed(), pinnedBy(known), known)
    await withdraw(ended[0].kid)
    const only = await signed()

    expect(await verifyDirectory(only, pinnedBy(both), both)).toMatchObject({ number: both.number + 1 })
    await expect(verifyDirectory(only, pinnedBy(known), known)).rejects.toMatchObject({ code: 'signature_missing' })
  })

  it('who asks twice at once gets one issue', async () => {
    clock.advance(3_600)
    const notes = await Promise.all(Array.from({ length: 8 }, () => signed()))

    expect(new Set(notes).size).toBe(1)
  })

  it('whoever has it already is told so', async () => {
    const path = '/.well-known/pisto-directory/gtbank'
    const { headers } = await send(server.url, { path })

    expect((await send(server.url, { path, headers: { 'if-none-match': String(headers['etag']) } })).status).toBe(304)
  })

  it('of a tenant that is none is not found', async () => {
    expect((await send(server.url, { path: '/.well-known/pisto-directory/nobank' })).body).toMatchObject({
      code: 'tenant_not_found',
    })
  })
})

it('two rotations: a key that was to start later than the newest never signs', async () => {
  const late = await rotate('qr', 86_400)
  const soon = await rotate('qr', 60)

  expect(soon.ended.map(({ kid }: { kid: string }) => kid)).toContain(late.key.kid)
  clock.advance(86_400)
  expect(keyIdIn((await charge()).qr.payload)).toBe(soon.key.kid)
})

it('a process whose clock is behind the first key signs with it all the same', async () => {
  const { runtime, tenants } = server
  const behind = new ManualClock('2026-11-24T11:59:59Z')
  const keys = new DatabaseKeyring({ ...runtime, clock: behind })
  const id = tenants.find(({ country }) => country === 'SV')?.id ?? ''
  const [first] = await keys.signers(id, 'qr')

  expect((await keys.signing(id, 'qr')).keyId).toBe(first?.keyId)
})

it('the same request under one key rotates once', async () => {
  const again = async () => client.post('/v1/keys/rotate', { use: 'receipt', startsInSeconds: 5 }, 'rotate-once')

  expect((await again()).body.key).toEqual((await again()).body.key)
})

it.each([
  ['the only key that signs', async () => (await rotate('qr', 0)).key.kid, 409, 'key_in_force'],
  [
    'a key of another tenant',
    async () => (await directory()).keys.find((k) => k.tenant === 'hnbank')?.kid,
    404,
    'key_not_found',
  ],
  ['no key', async () => 'AAAAAAAA', 404, 'key_not_found'],
])('%s is not withdrawn', async (_what, keyOf, status, code) => {
  expect((await withdraw((await keyOf()) ?? '')).body).toMatchObject({ status, code })
})
