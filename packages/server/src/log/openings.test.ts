import type { Opening } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { verifyOpening } from '@pisto/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'
import type { Received } from '../testing/send.ts'

let server: RunningServer
let client: Client
let shop: { id: string; alias: string }
let ana: string
let luis: string
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
  ana = (await register(client, 'consumers')).accountId
  luis = (await register(client, 'consumers')).accountId
  const { id } = await register(client, 'merchants')
  shop = { id, alias: (await client.get(`/v1/merchants/${id}`)).body.alias }
  await client.post(`/v1/sandbox/accounts/${ana}/fund`, { amount: quetzales('100.00') })
})
afterAll(() => server.stop())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })
const WRITTEN = { reference: 'Mesa 4', metadata: { turno: 'noche' } }

async function posted(path: string, body: object): Promise<Received['body']> {
  const answer = await client.post(path, body)
  expect(answer.body.code ?? 'done').toBe('done')
  return answer.body
}

const transact = (more: object = {}) =>
  posted('/v1/transactions', {
    transfers: [{ debitAccountId: ana, creditAccountId: luis, amount: quetzales('1.00') }],
    ...more,
  })
const ask = (more: object = {}) =>
  posted('/v1/payment-requests', { merchantId: shop.id, amount: quetzales('2.00'), ...more })
const pay = (more: object = {}) =>
  posted('/v1/payments', { payerAccountId: ana, alias: shop.alias, amount: quetzales('3.00'), ...more })

/** Leaves whose purpose is this, oldest first. */
async function leavesOf(purpose: string): Promise<{ id: string; leaf: string }[]> {
  const { body } = await client.get('/v1/log/leaves?limit=1000')
  return body.data.flatMap(({ leaf }: { leaf: string }) => {
    const told = JSON.parse(leaf)
    return told.purpose === purpose ? [{ id: told.id, leaf }] : []
  })
}

const openingsOf = async (id: string): Promise<Opening[]> => (await client.get(`/v1/log/openings/${id}`)).body.data

it.each<[purpose: string, record: object, make: () => Promise<unknown>]>([
  ['transaction.created', WRITTEN, () => transact(WRITTEN)],
  [
    'transaction.tip',
    { reference: null, metadata: WRITTEN.metadata },
    () => transact({ purpose: 'tip', metadata: WRITTEN.metadata }),
  ],
  [
    'transaction.reversed',
    { reference: 'Doble' },
    async () => {
      const { id } = await transact(WRITTEN)
      await posted(`/v1/transactions/${id}/reverse`, { reason: 'Doble' })
    },
  ],
  ['payment.completed', WRITTEN, () => pay(WRITTEN)],
  ['payment.held', WRITTEN, () => pay({ ...WRITTEN, confirmation: 'later' })],
  [
    'payment.completed',
    { reference: 'Mesa 5', metadata: {} },
    async () => {
      const { id } = await pay({ reference: 'Mesa 5', confirmation: 'later' })
      await posted(`/v1/payments/${id}/confirm`, {})
    },
  ],
  [
    'payment.completed',
    { reference: 'Con código', metadata: {} },
    async () => {
      const { qr } = await ask({ reference: 'Cuenta 7' })
      await posted('/v1/payments', { payerAccountId: ana, qr: qr.payload, reference: 'Con código' })
    },
  ],
  [
    'qrCode.created',
    { additionalData: { terminalLabel: 'Caja 1' } },
    () => posted(`/v1/merchants/${shop.id}/qr-codes`, { additionalData: { terminalLabel: 'Caja 1' } }),
  ],
  [
    'qrCode.revoked',
    { reason: 'Robada' },
    async () => {
      const { id } = await posted(`/v1/merchants/${shop.id}/qr-codes`, { additionalData: { purpose: 'Almuerzo' } })
      await posted(`/v1/merchants/${shop.id}/qr-codes/${id}/revoke`, { reason: 'Robada' })
    },
  ],
  [
    'refund.completed',
    { reason: 'Vuelto' },
    async () => {
      const { id } = await pay(WRITTEN)
      await posted(`/v1/payments/${id}/refunds`, { amount: quetzales('1.00'), reason: 'Vuelto' })
    },
  ],
  ['paymentRequest.created', WRITTEN, () => ask(WRITTEN)],
])('%s: the text that was written, %j, opens what its leaf is committed to', async (purpose, record, make) => {
  await make()
  const { id = '', leaf = '' } = (await leavesOf(purpose)).at(-1) ?? {}
  const openings = await openingsOf(id)

  expect(openings.map((opening) => opening.record)).toEqual([record])
  expect(openings).toHaveLength(JSON.parse(leaf).commitments.length)
  for (const opening of openings) {
    expect(() => verifyOpening(leaf, opening)).not.toThrow()
    expect(() => verifyOpening(leaf, { ...opening, record: { ...record, more: '' } })).toThrow('no commitment')
  }
})

it.each<[purpose: string, why: string, make: () => Promise<unknown>]>([
  ['transaction.created', 'nobody wrote anything', () => transact()],
  [
    'transaction.voided',
    'the text is of the transaction that made the hold',
    async () => {
      const hold = { expiresInSeconds: 60 }
      const transfers = [{ debitAccountId: ana, creditAccountId: luis, amount: quetzales('1.00'), hold }]
      const { id } = await posted('/v1/transactions', { transfers, ...WRITTEN })
      await posted(`/v1/transactions/${id}/void`, {})
    },
  ],
  [
    'payment.cancelled',
    'the text is of the payment, whose leaf was another',
    async () => {
      const { id } = await pay({ ...WRITTEN, confirmation: 'later' })
      await posted(`/v1/payments/${id}/cancel`, {})
    },
  ],
  [
    'refund.completed',
    'the text is of the payment, not of the refund',
    async () => {
      const { id } = await pay(WRITTEN)
      await posted(`/v1/payments/${id}/refunds`, { amount: quetzales('1.00') })
    },
  ],
  [
    'paymentRequest.cancelled',
    'the text is of the request, whose leaf was another',
    async () => {
      const { id } = await ask(WRITTEN)
      await posted(`/v1/payment-requests/${id}/cancel`, {})
    },
  ],
])('%s has nothing to open: %s', async (purpose, _why, make) => {
  await make()
  const { id = '' } = (await leavesOf(purpose)).at(-1) ?? {}
  const { status, body } = await client.get(`/v1/log/openings/${id}`)

  expect([status, body]).toEqual([200, { data: [] }])
})

it.each([
  ['altered', "reference = 'Mesa 9'"],
  ['erased with its salt', "reference = null, metadata = '{}', salt = null"],
])('a text that was %s in the database is not given', async (_what, change) => {
  const { id } = await transact(WRITTEN)
  await server.runtime.db.query(`update transaction_texts set ${change} where transaction_id = $1`, [toUuid(id, 'txn')])

  expect(await openingsOf(id)).toEqual([])
})

it('of another tenant’s transaction nothing is known', async () => {
  const { id } = await transact(WRITTEN)
  const { status, body } = await clientOf(server, 'HN').get(`/v1/log/openings/${id}`)

  expect([status, body.code]).toEqual([404, 'transaction_not_found'])
})
