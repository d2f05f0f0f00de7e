import { expect, it } from 'vitest'
import { PistoUsageError } from './errors.ts'
import type { PistoOptions } from './options.ts'
import { Pisto } from './pisto.ts'
import { rejection, testClient } from './testing/clients.ts'
import { localServer } from './testing/local-server.ts'
import { json, problem } from './testing/replies.ts'

const baseUrl = 'https://pisto.bank.example'

it.each<[string, PistoOptions]>([
  ['two ways to authenticate', { baseUrl, apiKey: 'a', credentials: () => 'b' }],
  ['a key that would end its header', { baseUrl, apiKey: 'sk\r\nHost: evil' }],
  ['an empty key', { baseUrl, apiKey: '' }],
  ['an address without scheme', { baseUrl: 'pisto.bank.example' }],
  ['an address that is no web address', { baseUrl: 'ftp://pisto.bank.example' }],
  ['a password in the address', { baseUrl: 'https://user:pass@pisto.bank.example' }],
  ['a query in the address', { baseUrl: `${baseUrl}/?x=1` }],
  ['no time at all', { baseUrl, timeoutMs: 0 }],
  ['more time than timers hold: they would fire at once', { baseUrl, timeoutMs: 2 ** 31 }],
  ['a time that is no number', { baseUrl, timeoutMs: Number.NaN }],
  ['retries without end', { baseUrl, maxRetries: Number.POSITIVE_INFINITY }],
  ['fewer than no retries', { baseUrl, maxRetries: -1 }],
])('is not made with %s', (_why, options) => {
  expect(() => new Pisto(options)).toThrow(PistoUsageError)
})

it('does not show the key when it is printed or refused', () => {
  const pisto = new Pisto({ baseUrl, apiKey: 'sk_sandbox_secret' })
  expect(JSON.stringify(pisto)).not.toContain('secret')
  expect(() => new Pisto({ baseUrl, apiKey: 'my secret' })).toThrow(expect.not.stringContaining('secret'))
})

it('sends what the server needs and nothing else', async () => {
  await using server = await localServer(json({ id: 'ref_1' }, 201))
  const pisto = testClient(`${server.baseUrl}/pisto/`, { locale: 'es' })
  await pisto.payments.refund('pay_1', { amount: { amount: '1.00', currency: 'GTQ' } }, { idempotencyKey: 'r-1' })
  const [request] = server.seen
  expect(request).toMatchObject({
    method: 'POST',
    url: '/pisto/v1/payments/pay_1/refunds',
    body: '{"amount":{"amount":"1.00","currency":"GTQ"}}',
    headers: {
      accept: 'application/json, application/problem+json',
      authorization: 'Bearer sk_sandbox_test',
      'accept-language': 'es',
      'content-type': 'application/json',
      'idempotency-key': 'r-1',
    },
  })
})

it('sends a POST without fields without a body, and public calls without a key if there is none', async () => {
  await using server = await localServer(json({ id: 'pay_1' }))
  const pisto = new Pisto({ baseUrl: server.baseUrl })
  await pisto.payments.confirm('pay_1')
  await pisto.service.keys()
  expect(server.seen.map(({ body, headers }) => [body, headers['content-type'], headers.authorization])).toEqual([
    ['', undefined, undefined],
    ['', undefined, undefined],
  ])
})

it('asks for a token before each attempt, so that a new one is used at once', async () => {
  await using server = await localServer(problem('unavailable', 503), json({ id: 'ten_1' }))
  let count = 0
  const credentials = async () => `token-${++count}`
  await new Pisto({ ...only(server.baseUrl), credentials }).tenant.get()
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
})

it('lets the failure of the token’s source through as it is', async () => {
  await using server = await localServer(json({}))
  const failure = new Error('vault sealed')
  const call = new Pisto({ ...only(server.baseUrl), credentials: () => Promise.reject(failure) }).tenant.get()
  await expect(call).rejects.toBe(failure)
  expect(server.seen).toHaveLength(0)
})

it.each([
  ['pay_1/../../v1/tenant', '/v1/payments/pay_1%2F..%2F..%2Fv1%2Ftenant'],
  ['pay_1?dryRun=true', '/v1/payments/pay_1%3FdryRun%3Dtrue'],
  ['pay 1#ñ%', '/v1/payments/pay%201%23%C3%B1%25'],
])('encodes the id %j', async (id, url) => {
  await using server = await localServer(json({ id }))
  await testClient(server.baseUrl).payments.get(id)
  expect(server.seen[0]?.url).toBe(url)
})

it.each([
  ['', 'it would address the list'],
  ['.', 'URL parsers drop it'],
  ['..', 'URL parsers go up'],
  ['\ud800', 'it is not Unicode'],
  [undefined as unknown as string, 'it is missing, which JavaScript does not see'],
])('sends nothing for the id %j: %s', async (id, _why) => {
  await using server = await localServer(json({}))
  await rejection(testClient(server.baseUrl).payments.confirm(id), PistoUsageError)
  await rejection(testClient(server.baseUrl).log.tile(`0/${id}/x`.replace('undefined', '')), PistoUsageError)
  expect(server.seen).toHaveLength(0)
})

it.each([
  ['', 'empty'],
  ['two words', 'a space'],
  ['ñ', 'not ASCII'],
  ['x'.repeat(256), 'too long'],
])('sends nothing for the idempotency key %j: %s', async (idempotencyKey, _why) => {
  await rejection(testClient(baseUrl).payments.confirm('pay_1', { idempotencyKey }), PistoUsageError)
})

const only = (url: string): PistoOptions => ({ baseUrl: url, clock: { now: () => 0, sleep: async () => {} } })
