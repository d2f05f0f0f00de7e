import { expect, it } from 'vitest'
import { PistoAnswerError, PistoApiError } from '../errors.ts'
import { rejection, testClient } from '../testing/clients.ts'
import { localServer, type Reply } from '../testing/local-server.ts'
import { json, problem, raw } from '../testing/replies.ts'

it('shows a problem document as it is', async () => {
  const errors = [{ pointer: '/amount/amount', code: 'pattern', message: 'wrong', messageEs: 'mal' }]
  await using server = await localServer(
    problem('insufficient_funds', 422, {}, { facts: { available: '1.00' }, errors }),
  )
  const error = await rejection(testClient(server.baseUrl).payments.confirm('pay_1'), PistoApiError)
  expect({ ...error, name: error.name, message: error.message }).toEqual({
    name: 'PistoApiError',
    message: 'confirmPayment: insufficient_funds (422) detail of insufficient_funds [trace trace-1]',
    operation: 'confirmPayment',
    idempotencyKey: '00000000-0000-4000-8000-000000000000',
    status: 422,
    code: 'insufficient_funds',
    title: 'title of insufficient_funds',
    detail: 'detail of insufficient_funds',
    facts: { available: '1.00' },
    errors,
    traceId: 'trace-1',
    retryAfterMs: undefined,
    retryable: false,
  })
  expect([error.hasCode('insufficient_funds'), error.hasCode('internal')]).toEqual([true, false])
})

it('knows a newer server’s code and tolerates what is missing', async () => {
  await using server = await localServer(raw('{"code":"moon_phase"}', 'application/problem+json', 418))
  const error = await rejection(testClient(server.baseUrl).tenant.get(), PistoApiError)
  expect(error).toMatchObject({ code: 'moon_phase', status: 418, facts: {}, errors: [], traceId: '' })
})

const redirect: Reply = (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end()
const huge = raw(Buffer.alloc(17 * 1024 * 1024, 0x20), 'application/json')

it.each<[string, string, Reply]>([
  ['redirect', 'the key would go to another server', redirect],
  ['notPisto', 'a captive portal', raw('<h1>Hi</h1>', 'text/html')],
  ['notPisto', 'no content type', (response) => response.end('{}')],
  ['notPisto', 'JSON of somebody else', json({ message: 'no Route matched' }, 404)],
  ['notPisto', 'a problem document without a code', raw('{"title":"x"}', 'application/problem+json', 400)],
  ['broken', 'an answer is an object', json([1])],
  ['broken', 'not UTF-8', raw(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 'application/json')],
  ['broken', 'nothing', raw('', 'application/json')],
  ['tooLarge', 'more than any operation answers', huge],
])('refuses an answer as %s: %s', async (reason, _why, reply) => {
  await using server = await localServer(reply)
  const error = await rejection(testClient(server.baseUrl, { maxRetries: 0 }).tenant.get(), PistoAnswerError)
  expect(error.reason).toBe(reason)
})

it('quotes at most 200 characters', async () => {
  await using server = await localServer(raw('ñ'.repeat(5000), 'text/html', 404))
  const error = await rejection(testClient(server.baseUrl).tenant.get(), PistoAnswerError)
  expect(error.excerpt).toBe('ñ'.repeat(200))
})

it('asks for a picture by its type, and gives SVG as text, PNG as bytes', async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0x00)
  await using server = await localServer(raw('<svg/>', 'image/svg+xml'), raw(png, 'image/png'))
  const { qrCodes } = testClient(server.baseUrl).merchants
  expect(await qrCodes.svg('mer_1', 'qrc_1')).toBe('<svg/>')
  expect(await qrCodes.png('mer_1', 'qrc_1')).toEqual(png)
  expect(server.seen.map(({ url, headers: { accept } }) => [url, accept])).toEqual([
    ['/v1/merchants/mer_1/qr-codes/qrc_1', 'image/svg+xml, application/problem+json'],
    ['/v1/merchants/mer_1/qr-codes/qrc_1', 'image/png, application/problem+json'],
  ])
})

it('gives text and bytes where an operation has them', async () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, index) => index * 4)
  await using server = await localServer(
    raw('bank.example/log\n1\nAAA=\n', 'text/plain; charset=utf-8'),
    raw(bytes, 'application/octet-stream'),
  )
  const pisto = testClient(server.baseUrl)
  expect(await pisto.log.checkpoint()).toBe('bank.example/log\n1\nAAA=\n')
  expect(await pisto.log.tile('0/x001/234.p/12')).toEqual(bytes)
  expect(server.seen.map(({ url, headers: { accept } }) => [url, accept])).toEqual([
    ['/v1/log/checkpoint', 'text/plain, application/problem+json'],
    ['/v1/log/tile/0/x001/234.p/12', 'application/octet-stream, application/problem+json'],
  ])
})
