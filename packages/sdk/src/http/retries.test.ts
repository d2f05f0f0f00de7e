import { expect, it } from 'vitest'
import { PistoAnswerError, PistoApiError, PistoConnectionError } from '../errors.ts'
import { systemRandom } from '../runtime.ts'
import { KEY_OF_ZEROS, recordingClock, rejection, sameByte, testClient } from '../testing/clients.ts'
import { deadUrl, localServer, type Reply } from '../testing/local-server.ts'
import { hangUp, json, problem, raw, silence, truncated } from '../testing/replies.ts'

const PAYMENT = { payerAccountId: 'acc_1', alias: '123456789012' }
const DONE = json({ id: 'pay_1', status: 'completed' }, 201)

it.each<[string, Reply]>([
  ['the line is cut before the answer', hangUp],
  ['the answer is cut in the middle', truncated],
  ['nothing is answered in time', silence],
  ['JSON ends too early although the line held', raw('{"id":"pay', 'application/json', 201)],
  ['the limit is reached', problem('rate_limited', 429)],
  ['the server is too busy', problem('overloaded', 503)],
  ['the server is too busy to read it in time', problem('request_timeout', 408)],
  ['the first attempt is still running', problem('idempotency_in_progress', 409)],
  ['a proxy finds no server', raw('<h1>Bad Gateway</h1>', 'text/html', 502)],
  ['a proxy gives up waiting', raw('<h1>Gateway Timeout</h1>', 'text/html', 504)],
])('sends a payment again with the same key and body when %s', async (_why, failure) => {
  await using server = await localServer(failure, failure, DONE)
  const payment = await testClient(server.baseUrl, { timeoutMs: 150 }).payments.create(PAYMENT)
  expect(payment).toMatchObject({ id: 'pay_1' })
  expect(server.seen).toHaveLength(3)
  expect(new Set(server.seen.map((request) => request.headers['idempotency-key']))).toEqual(new Set([KEY_OF_ZEROS]))
  expect(new Set(server.seen.map((request) => request.body))).toEqual(new Set([JSON.stringify(PAYMENT)]))
})

it.each<[string, Reply]>([
  ['the schema refuses', problem('request_invalid', 400)],
  ['a rule refuses', problem('insufficient_funds', 422)],
  ['the status refuses', problem('payment_request_already_paid', 409)],
  ['the server has failed: it may fail again', problem('internal', 500)],
  ['the base URL is wrong', raw('<h1>Not Found</h1>', 'text/html', 404)],
  ['a captive portal answers', raw('<h1>Welcome</h1>', 'text/html', 200)],
])('sends a payment once when %s', async (_why, failure) => {
  await using server = await localServer(failure, DONE)
  await expect(testClient(server.baseUrl).payments.create(PAYMENT)).rejects.toMatchObject({ retryable: false })
  expect(server.seen).toHaveLength(1)
})

it('never repeats a POST that takes no key: the first may have had its effect', async () => {
  await using server = await localServer(hangUp, json({}))
  const call = testClient(server.baseUrl).sandbox.advanceClock({ seconds: 60 })
  await rejection(call, PistoConnectionError)
  expect(server.seen).toHaveLength(1)
  expect(server.seen[0]?.headers['idempotency-key']).toBeUndefined()
})

it('repeats a GET without a key', async () => {
  await using server = await localServer(hangUp, json({ id: 'pay_1' }))
  await testClient(server.baseUrl).payments.get('pay_1')
  expect(server.seen.map((request) => request.headers['idempotency-key'])).toEqual([undefined, undefined])
})

it('makes a new key for each call', async () => {
  await using server = await localServer(DONE)
  const pisto = testClient(server.baseUrl, { random: systemRandom })
  await pisto.payments.create(PAYMENT)
  await pisto.payments.create(PAYMENT)
  const [first, second] = server.seen.map((request) => request.headers['idempotency-key'])
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(second).not.toBe(first)
})

it('sends the caller’s key, and names the key in the error', async () => {
  await using server = await localServer(problem('overloaded', 503))
  const call = testClient(server.baseUrl, { maxRetries: 1 }).payments.confirm('pay_1', { idempotencyKey: 'order-17' })
  const error = await rejection(call, PistoApiError)
  expect(server.seen.map((request) => request.headers['idempotency-key'])).toEqual(['order-17', 'order-17'])
  expect(error).toMatchObject({ operation: 'confirmPayment', idempotencyKey: 'order-17', retryable: true })
})

it.each([
  // client call sent why
  [undefined, undefined, 4, 'three retries by default'],
  [0, undefined, 1, 'none when the client says so'],
  [5, 1, 2, 'the call overrides the client'],
])('gives up after %s/%s retries with %i attempts: %s', async (ofClient, ofCall, attempts, _why) => {
  await using server = await localServer(problem('unavailable', 503))
  const client = testClient(server.baseUrl, ofClient === undefined ? {} : { maxRetries: ofClient })
  await rejection(client.tenant.get(ofCall === undefined ? {} : { maxRetries: ofCall }), PistoApiError)
  expect(server.seen).toHaveLength(attempts)
})

it('waits with full jitter in a doubling range', async () => {
  const clock = recordingClock()
  await using server = await localServer(problem('unavailable', 503))
  await rejection(
    testClient(server.baseUrl, { clock, random: sameByte(128), maxRetries: 6 }).tenant.get(),
    PistoApiError,
  )
  expect(clock.sleptMs).toEqual([250, 501, 1003, 2007, 4015, 4015]) // 0x80808080 / 2^32 of 500, 1000, … 8000
})

it.each([
  // header               waits   why
  ['2', 2000, 'seconds'],
  ['Tue, 24 Nov 2026 14:03:05 GMT', 5000, 'a date, by the injected clock'],
  ['Tue, 24 Nov 2026 14:02:00 GMT', 0, 'a date that is past'],
  ['soon', 0, 'neither: only jitter, which is none here'],
])('honours Retry-After: %s with %i ms: %s', async (header, durationMs, _why) => {
  const clock = recordingClock(Date.UTC(2026, 10, 24, 14, 3, 0))
  await using server = await localServer(problem('rate_limited', 429, { 'retry-after': header }), json({ id: 'ten_1' }))
  await testClient(server.baseUrl, { clock }).tenant.get()
  expect(clock.sleptMs).toEqual([durationMs])
})

it('honours Retry-After of a proxy', async () => {
  const clock = recordingClock()
  const busy = raw('busy', 'text/plain', 503, { 'retry-after': '3' })
  await using server = await localServer(busy, json({ id: 'ten_1' }))
  await testClient(server.baseUrl, { clock }).tenant.get()
  expect(clock.sleptMs).toEqual([3000])
})

it('leaves it to the caller when the server asks for more than a minute', async () => {
  const clock = recordingClock()
  await using server = await localServer(problem('rate_limited', 429, { 'retry-after': '61' }))
  const error = await rejection(testClient(server.baseUrl, { clock }).tenant.get(), PistoApiError)
  expect(error.retryAfterMs).toBe(61_000)
  expect(clock.sleptMs).toEqual([])
})

it('reports an address at which nothing listens as a connection error with its cause', async () => {
  const error = await rejection(testClient(await deadUrl()).payments.create(PAYMENT), PistoConnectionError)
  expect(error).toMatchObject({ reason: 'network', operation: 'createPayment', idempotencyKey: KEY_OF_ZEROS })
  expect(error.cause).toBeInstanceOf(TypeError)
})

it('keeps the last error when the retries are used up', async () => {
  await using server = await localServer(hangUp, raw('<p>', 'text/html', 502))
  const error = await rejection(testClient(server.baseUrl, { maxRetries: 1 }).tenant.get(), PistoAnswerError)
  expect(error).toMatchObject({ reason: 'notPisto', status: 502, excerpt: '<p>', retryable: true })
})
