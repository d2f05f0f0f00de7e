import { PistoProblem } from '@pisto/contract'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endpoint, startTestServer } from '../../testing/http-server.ts'
import { json, send, sendRaw } from '../../testing/send.ts'
import type { Call } from './call.ts'
import type { Listening } from './listen.ts'

const strict = (properties: Parameters<typeof Type.Object>[0]) =>
  Type.Object(properties, { additionalProperties: false })

const Order = strict({
  name: Type.String({ maxLength: 10, pattern: '^[a-z]+$' }),
  count: Type.Optional(Type.Integer({ minimum: 1 })),
  at: Type.Optional(Type.String({ format: 'date-time' })),
  lines: Type.Optional(Type.Array(strict({ sku: Type.String() }), { maxItems: 2 })),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  kind: Type.Optional(Type.Enum(['a', 'b'])),
})

let seen: { input: unknown; call: Call } | undefined
const remember = (input: object, call: Call): object => {
  seen = { input, call }
  return {}
}
const Anything = Type.Object({})
const endpoints = [
  endpoint({ method: 'POST', path: '/v1/orders', body: Order, response: Anything }, remember),
  endpoint(
    {
      method: 'GET',
      path: '/v1/orders',
      query: strict({ limit: Type.Optional(Type.Integer({ maximum: 100 })), after: Type.Optional(Type.String()) }),
      response: Anything,
    },
    remember,
  ),
  endpoint({ method: 'GET', path: '/v1/orders/{orderId}', response: Anything }, remember),
  endpoint({ method: 'GET', path: '/v1/tiles/{tilePath*}', response: Anything }, remember),
  endpoint({ method: 'POST', path: '/v1/orders/{orderId}/submit', response: Anything, status: 201 }, remember),
  endpoint(
    { method: 'POST', path: '/v1/money', body: Order, idempotencyKey: 'required', response: Anything },
    (input, call) => {
      call.replayed = call.idempotencyKey === 'again'
      return remember(input, call)
    },
  ),
  endpoint({ method: 'GET', path: '/v1/wrong', response: strict({ id: Type.String() }) }, () => ({ id: 5 })),
  endpoint({ method: 'GET', path: '/v1/broken', response: Anything }, () => {
    throw new Error('select secret from people')
  }),
  endpoint({ method: 'POST', path: '/v1/refused', idempotencyKey: 'accepted', response: Anything }, (_input, call) => {
    call.replayed = true
    throw new PistoProblem('insufficient_funds', { available: '1.00' })
  }),
  endpoint({ method: 'GET', path: '/v1/note', response: Type.String(), mediaType: 'text/plain' }, () => 'año\n'),
  endpoint(
    {
      method: 'PATCH',
      path: '/v1/bytes',
      query: strict({ offset: Type.Integer({ minimum: 0 }) }),
      bytes: { mediaType: 'application/octet-stream', maxBytes: 300_000, description: 'Any' },
      idempotencyKey: 'accepted',
      response: Anything,
    },
    remember,
  ),
  endpoint(
    {
      method: 'GET',
      path: '/v1/attachment',
      response: Type.String(),
      mediaType: 'application/octet-stream',
      attachment: true,
    },
    () => ({ fileName: 'doc_1.jpg', bytes: new Uint8Array([0, 255]) }),
  ),
  endpoint(
    { method: 'GET', path: '/v1/bytes', response: Type.String(), mediaType: 'application/octet-stream' },
    () => new Uint8Array([0, 255]),
  ),
]

let server: Listening
beforeAll(async () => {
  server = await startTestServer({ endpoints })
})
afterAll(() => server.close())

const post = (body: string | Uint8Array, headers: Record<string, string | string[]> = {}) =>
  send(server.url, {
    method: 'POST',
    path: '/v1/orders',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

it.each([
  // body                                             status pointer         code              why
  ['{"name":', 400, undefined, 'body_malformed', 'cut off'],
  ['{"name":"a"} x', 400, undefined, 'body_malformed', 'something after the end'],
  ["{'name':'a'}", 400, undefined, 'body_malformed', 'not JSON'],
  ['\ufeff{"name":"a"}', 400, undefined, 'body_malformed', 'a byte order mark'],
  ['NaN', 400, undefined, 'body_malformed', 'not JSON either'],
  ['[]', 400, '', 'type', 'a list is no object'],
  ['null', 400, '', 'type', 'null is no object'],
  ['"x"', 400, '', 'type', 'text is no object'],
  ['{}', 400, '/name', 'required', 'a field is missing'],
  ['{"name":5}', 400, '/name', 'type', 'bodies are never coerced'],
  ['{"name":"a","count":"5"}', 400, '/count', 'type', 'nor numbers'],
  ['{"name":"a","count":1.5}', 400, '/count', 'type', 'not whole'],
  ['{"name":"a","count":1e400}', 400, '/count', 'type', 'beyond numbers'],
  ['{"name":"a","count":0}', 400, '/count', 'minimum', 'too small'],
  ['{"name":"A"}', 400, '/name', 'pattern', 'another form'],
  ['{"name":"aaaaaaaaaaa"}', 400, '/name', 'max_length', 'too long'],
  ['{"name":"a","at":"today"}', 400, '/at', 'format', 'no time'],
  ['{"name":"a","kind":"c"}', 400, '/kind', 'enum', 'not in the list'],
  ['{"name":"a","lines":[{"sku":1}]}', 400, '/lines/0/sku', 'type', 'the pointer counts'],
  ['{"name":"a","lines":[{"sku":"1"},{"sku":"1"},{"sku":"1"}]}', 400, '/lines', 'max_items', 'too many'],
  ['{"name":"a","na/m~e":1}', 400, '/na~1m~0e', 'unknown_field', 'RFC 6901 escapes'],
  ['{"name":"a","__proto__":{"x":1}}', 400, '/__proto__', 'unknown_field', 'no way to a prototype'],
  ['{"name":"a","metadata":{"__proto__":"x"}}', 400, '/metadata/__proto__', 'unknown_field', 'nor deeper'],
  ['{"name":"a","constructor":1}', 400, '/constructor', 'unknown_field', 'an inherited name is no field'],
  ['{"name":"a","metadata":{"k":"\\u0000"}}', 400, '/metadata/k', 'text_invalid', 'no database holds NUL'],
  ['{"name":"a","metadata":{"k":"\\ud800"}}', 400, '/metadata/k', 'text_invalid', 'a lone surrogate is no text'],
  ['{"name":"a","metadata":{"k\\n":"x"}}', 400, '/metadata/k\n', 'text_invalid', 'nor are control characters a name'],
  [`{"name":"a","metadata":${'['.repeat(11)}${']'.repeat(11)}}`, 400, '', 'body_malformed', 'too deep'],
  [`${'['.repeat(100_000)}`, 400, undefined, 'body_malformed', 'far too deep, and cut off'],
  [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, '', 'body_malformed', 'far too deep'],
])('%.40s: %i %s %s (%s)', async (body, status, pointer, code, _why) => {
  const refused = await post(body)

  expect(refused.headers['content-type']).toBe('application/problem+json')
  expect(refused.body).toMatchObject({ status, code: code === 'body_malformed' ? code : 'request_invalid' })
  expect(refused.body.type).toContain(refused.body.code)
  expect(refused.body.traceId).toBe(refused.headers['x-request-id'])
  if (pointer !== undefined && code !== 'body_malformed') {
    expect(refused.body.errors).toContainEqual({
      pointer,
      code,
      message: expect.stringMatching(/./),
      messageEs: expect.stringMatching(/./),
    })
  }
})

it('bytes that are no UTF-8 are refused, not mended', async () => {
  const refused = await post(Buffer.from([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')]))

  expect(refused.body).toMatchObject({ status: 400, code: 'body_malformed' })
})

it.each([
  ['application/json', 200],
  ['application/json; charset=utf-8', 200],
  ['Application/JSON;charset="UTF-8"', 200],
  ['application/json; charset=latin1', 415],
  ['application/json; profile=x', 415],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['application/problem+json', 415],
  ['', 415],
])('content-type "%s" → %i', async (type, status) => {
  const answer = await post('{"name":"a"}', { 'content-type': type })

  expect(answer.status).toBe(status)
})

it('a compressed body is not unpacked', async () => {
  const refused = await post('{"name":"a"}', { 'content-encoding': 'gzip' })

  expect(refused.body.code).toBe('media_type_unsupported')
})

it.each([
  ['with its length', 1_000_000, {}],
  ['in chunks', 1_000_000, { 'transfer-encoding': 'chunked' }],
  ['of one byte too many', 262_145, { 'transfer-encoding': 'chunked' }],
])('a body too large, %s, is a problem document', async (_how, size, headers) => {
  const refused = await post(Buffer.alloc(size, ' '), headers)

  expect(refused.body).toMatchObject({ status: 413, code: 'body_too_large', facts: { limitBytes: '262144' } })
})

it('the largest body that is taken', async () => {
  const text = '{"name":"a"}'

  const answer = await post(text + ' '.repeat(262_144 - text.length))

  expect(answer.status).toBe(200)
})

it.each([
  ['no body at all', undefined, 201],
  ['an empty object', '{}', 201],
  ['a field', '{"a":1}', 400],
  ['a list', '[]', 400],
])('an operation without a body takes %s → %#', async (_what, body, status) => {
  const answer = await send(server.url, {
    method: 'POST',
    path: '/v1/orders/x/submit',
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body }),
  })

  expect(answer.status).toBe(status)
})

it.each([
  // method  path                            status code                  why
  ['GET', '/v1/nope', 404, 'route_not_found', 'unknown'],
  ['GET', '/v1/orders/', 404, 'route_not_found', 'one spelling'],
  ['GET', '//v1/orders', 404, 'route_not_found', 'one spelling'],
  ['GET', '/v1/orders/%ff', 404, 'route_not_found', 'not UTF-8'],
  ['GET', '/', 404, 'route_not_found', 'nothing'],
  ['GET', '/__proto__', 404, 'route_not_found', 'nor here'],
  ['DELETE', '/v1/orders', 405, 'method_not_allowed', 'a known path'],
  ['OPTIONS', '/v1/orders', 405, 'method_not_allowed', 'there is no CORS'],
  ['GET', '/v1/orders?limit=x', 400, 'request_invalid', 'no number'],
  ['GET', '/v1/orders?limit=1e1', 400, 'request_invalid', 'one spelling of numbers'],
  ['GET', '/v1/orders?limit=', 400, 'request_invalid', 'empty is no number'],
  ['GET', '/v1/orders?limit=101', 400, 'request_invalid', 'too many'],
  ['GET', '/v1/orders?limit=1&limit=2', 400, 'request_invalid', 'twice'],
  ['GET', '/v1/orders?dryRun=true', 400, 'request_invalid', 'nothing is ignored'],
  ['GET', '/v1/orders?__proto__=1', 400, 'request_invalid', 'nor this'],
  ['GET', '/v1/orders?after=%00', 400, 'request_invalid', 'no database holds NUL'],
  ['GET', '/v1/orders?after=%c3%28', 400, 'request_invalid', 'not UTF-8'],
  ['GET', '/v1/orders/x?a=1', 400, 'request_invalid', 'no query here'],
])('%s %s → %i %s (%s)', async (method, path, status, code, _why) => {
  const refused = await send(server.url, { method, path })

  expect(refused.body).toMatchObject({ status, code })
  if (status === 405) expect(refused.headers['allow']).toBe('POST, GET, HEAD')
})

it('gives path, query and body to the handler', async () => {
  await send(server.url, { path: '/v1/orders?limit=20&after=a%2Bb+c' })
  expect(seen?.input).toEqual({ query: { limit: 20, after: 'a+b c' } })

  await send(server.url, { path: '/v1/orders/a%20b' })
  expect(seen?.input).toEqual({ orderId: 'a b' })

  await send(server.url, { path: '/v1/tiles/0/x001/234.p/12' })
  expect(seen?.input).toEqual({ tilePath: '0/x001/234.p/12' })
})

it.each([
  [undefined, 400, 'idempotency_key_required'],
  ['', 400, 'request_invalid'],
  ['a b', 400, 'request_invalid'],
  ['ñ', 400, 'request_invalid'],
  ['x'.repeat(256), 400, 'request_invalid'],
  [['a', 'b'], 400, 'request_invalid'],
  ['x'.repeat(255), 200, undefined],
])('idempotency key %j → %i', async (key, status, code) => {
  const order = json({ name: 'a' })

  const answer = await send(server.url, {
    method: 'POST',
    path: '/v1/money',
    ...order,
    headers: { ...order.headers, ...(key !== undefined && { 'idempotency-key': key }) },
  })

  expect(answer.status).toBe(status)
  expect(answer.body.code).toBe(code)
})

it('the hash of a request does not depend on how its body is written, only on what it says', async () => {
  const hashOf = async (path: string, body: string) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' }
    await send(server.url, { method: 'POST', path, headers, body })
    return Buffer.from(seen?.call.bodyHash ?? []).toString('hex')
  }

  const hash = await hashOf('/v1/money', '{"name":"a","count":1}')

  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await hashOf('/v1/money', ' { "count": 1.0, "name": "\\u0061" }\n')).toBe(hash)
  expect(await hashOf('/v1/money', '{"name":"a","count":2}')).not.toBe(hash)
})

it('tells repetitions, in success and refusal', async () => {
  const order = json({ name: 'a' })
  const repeated = await send(server.url, {
    method: 'POST',
    path: '/v1/money',
    ...order,
    headers: { ...order.headers, 'idempotency-key': 'again' },
  })
  const refused = await send(server.url, { method: 'POST', path: '/v1/refused' })

  expect(repeated.headers['idempotent-replayed']).toBe('true')
  expect(refused.headers['idempotent-replayed']).toBe('true')
  expect(refused.body).toMatchObject({ status: 422, code: 'insufficient_funds', facts: { available: '1.00' } })
})

it('tells problems in Spanish to whoever prefers it', async () => {
  const refused = await send(server.url, {
    path: '/v1/nope',
    headers: { 'accept-language': 'fr, es-GT;q=0.9, en;q=0.1' },
  })

  expect(refused.headers['content-language']).toBe('es')
  expect(refused.body.title).toBe('No hay nada en esta dirección')
})

it.each(['/v1/broken', '/v1/wrong'])('%s: a fault of ours tells nothing of itself', async (path) => {
  const failed = await send(server.url, { path })

  expect(failed.body).toMatchObject({ status: 500, code: 'internal', facts: {}, errors: [] })
  expect(failed.text).not.toMatch(/select|stack|\.ts/)
})

it('answers text and bytes as they are, and HEAD without them', async () => {
  const note = await send(server.url, { path: '/v1/note' })
  expect([note.text, note.headers['content-type']]).toEqual(['año\n', 'text/plain; charset=utf-8'])

  const bytes = await send(server.url, { path: '/v1/bytes' })
  expect([bytes.headers['content-length'], bytes.headers['content-type']]).toEqual(['2', 'application/octet-stream'])

  const head = await send(server.url, { method: 'HEAD', path: '/v1/note' })
  expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '5'])
})

it.each([
  ['no request line', 'hello\r\n\r\n'],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
])('what is not HTTP (%s) gets a problem document, and the connection ends', async (_what, text) => {
  const received = await sendRaw(server.url, text)

  expect(received).toMatch(/^HTTP\/1\.1 400 /)
  expect(JSON.parse(received.slice(received.indexOf('\r\n\r\n')))).toMatchObject({ code: 'request_invalid' })
})

it('after a body that was too large the same connection goes on', async () => {
  const received = await sendRaw(
    server.url,
    `POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 300000\r\n\r\n${' '.repeat(300_000)}GET /v1/nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  )

  expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 404'])
})

const patchBytes = (body: Uint8Array, headers: Record<string, string> = {}) =>
  send(server.url, {
    method: 'PATCH',
    path: '/v1/bytes?offset=0',
    body,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  })

it('a body of bytes comes as it is, beyond what JSON may have', async () => {
  const bytes = new Uint8Array(300_000).map((_, index) => index % 251)

  expect((await patchBytes(bytes)).status).toBe(200)
  expect(seen?.input).toEqual({ query: { offset: 0 }, body: Buffer.from(bytes) })
  const first = seen?.call.bodyHash
  await patchBytes(bytes.with(0, 1), { 'idempotency-key': 'k' })
  expect(seen?.call.bodyHash, 'other bytes are another request').not.toEqual(first)
})

it.each<[string, number, Record<string, string>, string]>([
  ['body_too_large', 300_001, {}, 'one byte too many'],
  ['media_type_unsupported', 1, { 'content-type': 'image/jpeg' }, 'the type is found out, not told'],
  ['media_type_unsupported', 1, { 'content-encoding': 'gzip' }, 'nothing is unpacked on the way'],
])('refuses bytes with %s', async (code, length, headers, _why) => {
  expect((await patchBytes(new Uint8Array(length), headers)).body.code).toBe(code)
})

it('an attachment has a name, and no page shows it', async () => {
  const { status, headers, text } = await send(server.url, { path: '/v1/attachment' })

  expect([status, text.length]).toEqual([200, 2])
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="doc_1.jpg"',
    'cache-control': 'no-store',
  })
})
