import { OPERATIONS, type Operation } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ManualClock } from './platform/runtime/clock.ts'
import { type RunningServer, startServer } from './start.ts'
import { type Client, clientOf, register } from './testing/client.ts'
import { json, send } from './testing/send.ts'

const operations: Operation[] = Object.values(OPERATIONS).flatMap((group) => Object.values(group))
const START = '2026-11-24T12:00:00Z'

let server: RunningServer
let client: Client
beforeAll(async () => {
  server = await startServer({
    port: 0,
    dataDir: 'memory',
    log: 'silent',
    checkAnswers: true,
    clock: new ManualClock(START),
  })
  client = clientOf(server)
})
afterAll(() => server.stop())

const aPath = ({ path }: Operation): string => path.replaceAll(/\{\w+\*?\}/g, 'x')

it.each(operations.filter(({ scope }) => scope !== 'public').map((operation) => [operation.id, operation] as const))(
  '%s lets nobody in without a key, nor with a wrong one',
  async (_id, operation) => {
    for (const authorization of [undefined, 'Bearer nonsense', `Bearer sk_sandbox_${'a'.repeat(43)}`]) {
      const { headers, ...sent } = /^(GET|DELETE)$/.test(operation.method) ? {} : json({ nonsense: true })
      const refused = await send(server.url, {
        method: operation.method,
        path: aPath(operation),
        ...sent,
        headers: { ...headers, ...(authorization && { authorization }) },
      })

      expect(refused.body).toMatchObject({ status: 401, code: 'unauthenticated' })
      expect(refused.headers['www-authenticate']).toBeDefined()
    }
  },
)

it.each(
  operations
    .filter(({ path, scope }) => path.includes('{') && scope !== 'self')
    .map((operation) => [operation.id, operation] as const),
)('%s: an id that is none is not found, like one that nobody has', async (_id, operation) => {
  const name = /\{(\w+)Id\}/.exec(operation.path)?.[1] ?? ''
  const prefix = { paymentRequest: 'req', transaction: 'txn' }[name] ?? name.slice(0, 3)
  for (const id of ['x', '%00', `${prefix}_00000000000000000000000000`, 'acc_01kb2xbfmze3mv9d0fq0n5x3ck']) {
    const path = operation.path.replaceAll(/\{\w+\*?\}/g, id)
    const body = { amount: { amount: '1.00', currency: 'GTQ' }, ...(path.includes('verifications') && { code: '1' }) }
    const { method } = operation
    const { headers, ...sent } = /^(GET|DELETE)$/.test(method) ? {} : json(body)
    const { authorization } = client
    const { status } = await send(server.url, { method, path, ...sent, headers: { ...headers, authorization } })

    expect([400, 404], path).toContain(status)
  }
})

it('says who the tenant is', async () => {
  const { body } = await client.get('/v1/tenant')

  expect(body).toMatchObject({ code: 'gtbank', country: 'GT', currency: 'GTQ', livemode: false })
  expect(body.logOrigin).toBe(`pisto.example/log/gtbank-${body.id.slice(-8)}`)
})

it.each([
  ['/healthz', { status: 'ok' }],
  ['/readyz', { status: 'ok' }],
  ['/version', { name: 'pisto', livemode: false }],
])('%s answers without a key', async (path, body) => {
  const answer = await send(server.url, { path })

  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject(body)
})

it('openapi.json has every operation', async () => {
  const { body } = await send(server.url, { path: '/openapi.json' })

  const told = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap(Object.values)
  expect(told.map(({ operationId }) => operationId).sort()).toEqual(operations.map(({ id }) => id).sort())
})

it('publishes five keys for each tenant, and no private part', async () => {
  const { body } = await send(server.url, { path: '/.well-known/pisto-keys' })

  expect(body.keys).toHaveLength(20)
  expect(new Set(body.keys.map(({ kid }: { kid: string }) => kid)).size).toBe(20)
  for (const key of body.keys) expect(key).not.toHaveProperty('d')
})

it('answers carry headers that keep browsers from doing anything with them', async () => {
  const { headers } = await client.get('/v1/events')

  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('etag')
})

it('the inbox shows the newest first, also within a millisecond, page by page', async () => {
  const { body: draft } = await client.post('/v1/consumers', (await import('./testing/people.ts')).aConsumer())
  const texts: string[] = []
  for (let round = 0; round < 5; round++) {
    await client.post(`/v1/consumers/${draft.id}/phone-verifications`)
    const { body } = await client.get(`/v1/sandbox/inbox?to=${encodeURIComponent(draft.phone)}&limit=1`)
    texts.unshift(body.data[0].text)
  }
  const walked: string[] = []
  for (let after = ''; ; ) {
    const { body } = await client.get(`/v1/sandbox/inbox?to=${encodeURIComponent(draft.phone)}&limit=2${after}`)
    walked.push(...body.data.map(({ text }: { text: string }) => text))
    if (body.nextCursor === null) break
    after = `&after=${body.nextCursor}`
  }

  expect(new Set(texts).size).toBe(5)
  expect(walked).toEqual(texts)
})

it('funds a wallet once for a key; other currencies, tenants and the funding account itself are refused', async () => {
  const { accountId } = await register(client, 'consumers')
  const fund = (amount: object, key?: string, by = client, account = accountId) =>
    by.post(`/v1/sandbox/accounts/${account}/fund`, { amount }, key)
  const quetzales = { amount: '5.00', currency: 'GTQ' }

  const first = await fund(quetzales, 'once')
  const again = await fund(quetzales, 'once')
  expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([201, 201, 'true'])
  expect(again.body).toEqual(first.body)
  expect((await fund({ amount: '6.00', currency: 'GTQ' }, 'once')).body.code).toBe('idempotency_key_reused')

  expect((await fund({ amount: '5.00', currency: 'USD' })).body).toMatchObject({
    status: 422,
    code: 'currency_mismatch',
  })
  expect((await fund(quetzales, 'x', clientOf(server, 'HN'))).body.code).toBe('account_not_found')
  const { body: page } = await client.get('/v1/accounts?limit=100')
  const funding = page.data.find(({ purpose }: { purpose: string }) => purpose === 'sandboxFunding')
  expect((await fund(quetzales, undefined, client, funding.id)).body.code).toBe('same_account')

  expect((await client.get(`/v1/accounts/${accountId}`)).body.balances.posted).toEqual(quetzales)
  expect((await client.get(`/v1/accounts/${accountId}?asOf=0`)).body.code).toBe('account_not_found')
  const { body: transaction } = await client.get(`/v1/transactions/${first.body.transactionId}`)
  expect(transaction.transfers).toMatchObject([{ debitAccountId: funding.id, creditAccountId: accountId }])
})

it.each([
  '/v1/accounts?after=x',
  '/v1/accounts?after=txn_01kb2xbfmze3mv9d0fq0n5x3ck',
  '/v1/transactions?after=x',
  '/v1/events?after=x',
  '/v1/events?types=payment.exploded',
  '/v1/sandbox/inbox?after=1',
  '/v1/log/leaves?after=x',
])('%s: a cursor that no page gave is refused, not taken for the beginning', async (path) => {
  expect((await client.get(path)).body).toMatchObject({ status: 400, code: 'request_invalid' })
})

it('the log proves a transaction, that it only grew, and gives its leaves', async () => {
  const { accountId } = await register(client, 'consumers')
  const { body: funding } = await client.post(`/v1/sandbox/accounts/${accountId}/fund`, {
    amount: { amount: '5.00', currency: 'GTQ' },
  })

  const proof = await client.get(`/v1/log/proofs/${funding.transactionId}`)
  const checkpoint = await client.get('/v1/log/checkpoint')
  const consistency = await client.get('/v1/log/consistency?from=1')
  const tile = await client.get('/v1/log/tile/0/000.p/1')
  const leaves = await client.get('/v1/log/leaves?limit=1')

  expect(proof.body).toMatchObject({ transactionId: funding.transactionId, sequence: funding.sequence })
  expect(checkpoint.text.split('\n')[0]).toMatch(/^pisto.example\/log\/gtbank-/)
  expect(consistency.body).toMatchObject({ fromSize: 1, checkpoint: checkpoint.text })
  expect(tile.headers['content-length']).toBe('32')
  expect(leaves.body).toMatchObject({ data: [{ sequence: 1 }], nextCursor: '1' })
  for (const path of ['/v1/log/tile/0/999', '/v1/log/tile/../x', '/v1/log/consistency?from=999999']) {
    expect((await client.get(path)).status, path).toBe(404)
  }
})

it('the clock moves forward when told to, and what falls due is done when it answers', async () => {
  const merchant = await register(client, 'merchants')
  const ask = { merchantId: merchant.id, amount: { amount: '1.00', currency: 'GTQ' }, expiresInSeconds: 60 }
  const { body: request } = await client.post('/v1/payment-requests', ask)
  const { body: before } = await client.get('/v1/sandbox/clock')

  const { body: after } = await client.post('/v1/sandbox/clock/advance', { seconds: 61 })

  expect(Date.parse(after.now) - Date.parse(before.now)).toBe(61_000)
  const { body: events } = await client.get('/v1/events?types=paymentRequest.expired')
  expect(events.data.map(({ objectId }: { objectId: string }) => objectId)).toContain(request.id)
  expect((await client.get(`/v1/payment-requests/${request.id}`)).body.status).toBe('expired')
})

it('the clock stops at a century', async () => {
  let refused: unknown
  for (let year = 0; year < 102 && refused === undefined; year++) {
    const { status, body } = await client.post('/v1/sandbox/clock/advance', { seconds: 31_622_400 })
    if (status !== 200) refused = body
  }

  expect(refused).toMatchObject({ status: 400, errors: [{ pointer: '/seconds', code: 'maximum' }] })
})
