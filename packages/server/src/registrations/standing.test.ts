import { OPERATIONS } from '@pisto/contract'
import { verifyOpening } from '@pisto/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'
import { aMerchant, aPerson } from '../testing/people.ts'

let server: RunningServer
let client: Client
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
})
afterAll(() => server.stop())

const GTQ = (amount: string) => ({ amount, currency: 'GTQ' })

async function aShop() {
  const { id, accountId } = await register(client, 'merchants')
  const { alias } = (await client.get(`/v1/merchants/${id}`)).body
  return { id, accountId, alias, at: `/v1/merchants/${id}` }
}

async function aPayer() {
  const { id, accountId } = await register(client, 'consumers')
  await client.post(`/v1/sandbox/accounts/${accountId}/fund`, { amount: GTQ('50.00') })
  return { id, accountId, at: `/v1/consumers/${id}` }
}

const pay = (payer: { accountId: string }, shop: { alias: string }, more: object = {}) =>
  client.post('/v1/payments', { payerAccountId: payer.accountId, alias: shop.alias, amount: GTQ('5.00'), ...more })

const SUSPEND = { actor: 'ana', reasons: ['unusual_activity'] }
const CLOSE = { actor: 'ana', reasons: ['own_request'] }

it('nobody pays a suspended merchant or asks for it; what it owes back it can give; reinstated, it is paid again', async () => {
  const [shop, payer] = [await aShop(), await aPayer()]
  const { body: request } = await client.post('/v1/payment-requests', { merchantId: shop.id, amount: GTQ('2.00') })
  const { body: paid } = await pay(payer, shop)
  const { body: held } = await pay(payer, shop, { confirmation: 'later' })
  expect((await client.post(`${shop.at}/suspend`, SUSPEND)).body).toMatchObject({ status: 'suspended' })

  const refused = [
    await pay(payer, shop),
    await client.post('/v1/payments', { payerAccountId: payer.accountId, qr: request.qr.payload }),
    await client.post('/v1/payment-requests', { merchantId: shop.id, amount: GTQ('2.00') }),
    await client.post(`${shop.at}/qr-codes`, {}),
  ]
  expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(4).fill('422 payee_inactive'))
  expect((await pay(shop, await aShop())).body).toMatchObject({ code: 'account_frozen' }) // nothing is paid out
  expect((await client.post(`/v1/payments/${held.id}/confirm`)).body).toMatchObject({ status: 'completed' })
  expect((await client.post(`/v1/payments/${paid.id}/refunds`, { amount: GTQ('5.00') })).status).toBe(201)

  await client.post(`${shop.at}/reinstate`, { actor: 'ana' })

  expect((await pay(payer, shop)).body).toMatchObject({ status: 'completed' })
})

it('a suspended consumer does not pay, holds what it has, and is given its money back', async () => {
  const [shop, payer] = [await aShop(), await aPayer()]
  const { body: paid } = await pay(payer, shop)
  await client.post(`${payer.at}/suspend`, { actor: 'ana', reasons: ['phone_lost'] })

  expect((await pay(payer, shop)).body).toMatchObject({ status: 422, code: 'account_frozen' })
  expect((await client.post(`/v1/payments/${paid.id}/refunds`, { amount: GTQ('5.00') })).status).toBe(201)
  const { balances, status } = (await client.get(`/v1/accounts/${payer.accountId}`)).body
  expect([balances.available.amount, status]).toEqual(['50.00', 'open'])
})

it('who has money is not closed; who is closed can do nothing any more', async () => {
  const [shop, payer] = [await aShop(), await aPayer()]
  const { body: paid } = await pay(payer, shop)

  expect((await client.post(`${shop.at}/close`, CLOSE)).body).toMatchObject({
    status: 422,
    code: 'account_not_empty',
    facts: { balance: '5.00' },
  })
  expect((await client.get(shop.at)).body).toMatchObject({ status: 'active' })
  await client.post(`/v1/payments/${paid.id}/refunds`, { amount: GTQ('5.00') })
  expect((await client.post(`${shop.at}/close`, CLOSE)).body).toMatchObject({ status: 'closed' })
  expect((await client.get(`/v1/accounts/${shop.accountId}`)).body).toMatchObject({ status: 'closed' })

  const refused = [
    await pay(payer, shop),
    await client.post('/v1/payment-requests', { merchantId: shop.id, amount: GTQ('2.00') }),
    ...(await Promise.all(
      ['approve', 'reinstate', 'submit'].map((event) => client.post(`${shop.at}/${event}`, bodyOf(event))),
    )),
    await client.post(`${shop.at}/suspend`, SUSPEND),
    await client.post(`${shop.at}/close`, CLOSE),
    await client.post(`${shop.at}/phone-verifications`),
    await client.post(`/v1/sandbox/accounts/${shop.accountId}/fund`, { amount: GTQ('1.00') }),
  ]
  expect(refused.map(({ body }) => body.code)).toEqual([
    'payee_inactive',
    'payee_inactive',
    ...Array(6).fill('merchant_wrong_status'),
    'account_closed',
  ])
})

const bodyOf = (event: string) => (event === 'submit' ? {} : { actor: 'ana' })

it('who closed the account by hand can close the merchant, too', async () => {
  const shop = await aShop()
  await client.post(`/v1/accounts/${shop.accountId}/close`)

  expect((await client.post(`${shop.at}/close`, CLOSE)).body).toMatchObject({ status: 'closed' })
})

it('each decision is a leaf that names nobody, and opens to who, why and what they saw', async () => {
  const body = aMerchant('GT', aPerson('GT', '9999'))
  const { body: draft } = await client.post('/v1/merchants', body)
  const at = `/v1/merchants/${draft.id}`
  const { body: started } = await client.post(`${at}/phone-verifications`)
  await client.post(`${at}/phone-verifications/${started.id}/confirm`, { code: '000000' })
  await client.post(`${at}/submit`)
  await client.post(`${at}/approve`, { actor: 'Ana López', note: 'DPI visto' })
  await client.post(`${at}/approve`, { actor: 'Luis Paz' })
  await client.post(`${at}/suspend`, { ...SUSPEND, actor: 'Ana López', note: 'Vi tres cobros' })

  const { data } = (await client.get(`${at}/decisions`)).body
  expect(data.map(({ action, actor }: Record<string, string>) => `${action} ${actor}`)).toEqual([
    'suspend Ana López',
    'approve Luis Paz',
    'proposeApproval Ana López',
  ])
  const leaves = (await client.get('/v1/log/leaves?limit=1000')).body.data.map(({ leaf }: { leaf: string }) => leaf)
  for (const [{ transactionId, actor, note, saw }, purpose, reasons] of [
    [data[2], 'merchant.approvalProposed', null],
    [data[1], 'merchant.approved', null],
    [data[0], 'merchant.suspended', 'unusual_activity'],
  ] as const) {
    const leaf = leaves.find((text: string) => JSON.parse(text).id === transactionId)
    expect(JSON.parse(leaf)).toMatchObject({ purpose, references: { merchantId: draft.id } })
    expect(leaf).not.toMatch(/Ana|Luis|DPI|unusual|possibleMatch/)
    const [opening] = (await client.get(`/v1/log/openings/${transactionId}`)).body.data
    expect(opening.record).toEqual({
      actor,
      reasons,
      note,
      saw: {
        ...{ finding: saw.finding, policyVersion: saw.policyVersion, revision: String(saw.revision) },
        contentHash: saw.contentHash,
      },
    })
    expect(() => verifyOpening(leaf, opening)).not.toThrow()
  }
})

it.each([
  ['return', 'name_mismatch', 'rules_not_met'],
  ['reject', 'rules_not_met', 'name_mismatch'],
  ['suspend', 'phone_lost', 'identity_not_confirmed'],
  ['close', 'own_request', 'unusual_activity'],
])('%s takes reasons of its own, not another decision’s, and at least one', async (event, own, other) => {
  const path = `/v1/merchants/mer_01kb2xbfmze3mv9d0fq0n5x3ck/${event}`
  const answers = [[own], [other], [own, own], []].map((reasons) => client.post(path, { actor: 'ana', reasons }))

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 400, 400, 400])
})

it('reviewing is a right of its own: who registers people may not approve them', () => {
  const { approveMerchant, submitMerchant, approveConsumer, createConsumer } = {
    ...OPERATIONS.merchants,
    ...OPERATIONS.consumers,
  }
  expect([approveMerchant.scope, approveConsumer.scope]).toEqual(['merchants:review', 'consumers:review'])
  expect([submitMerchant.scope, createConsumer.scope]).toEqual(['merchants:write', 'consumers:write'])
})
