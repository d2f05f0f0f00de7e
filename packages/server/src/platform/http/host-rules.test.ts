import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endpoint, startTestServer } from '../../testing/http-server.ts'
import { send, sendRaw } from '../../testing/send.ts'
import type { Listening } from './listen.ts'

let server: Listening
beforeAll(async () => {
  const open = endpoint({ method: 'GET', path: '/open', scope: 'public', response: Type.Object({}) }, () => ({}))
  server = await startTestServer({ endpoints: [open], allowedHosts: ['pisto.test'] })
})
afterAll(() => server.close())

it.each([
  // host                     status  why
  ['localhost', 200, 'a loopback name'],
  ['localhost:8787', 200, 'any port: a tunnel may change it'],
  ['LOCALHOST', 200, 'names have no case'],
  ['127.0.0.1:1', 200, 'a loopback address'],
  ['[::1]:8787', 200, 'the other one'],
  ['pisto.test', 200, 'configured'],
  ['evil.test', 403, 'a page that points its own name here'],
  ['localhost.evil.test', 403, 'only the whole name counts'],
  ['evil-localhost', 403, 'from both ends'],
  ['pisto.test.', 403, 'one spelling'],
  ['127.0.0.1.evil.test', 403, 'nor does an address begin a name'],
  ['localhost@evil.test', 403, 'no user in a host'],
  ['localhost:80:80', 403, 'no host at all'],
])('Host "%s" → %i (%s)', async (host, status, _why) => {
  const answer = await send(server.url, { path: '/open', headers: { host } })

  expect(answer.status).toBe(status)
  if (status === 403) expect(answer.body.code).toBe('host_refused')
})

it.each([
  // host            origin                    status  why
  ['localhost:99', 'http://localhost:99', 200, 'the page came from here'],
  ['pisto.test', 'https://pisto.test', 200, 'behind a proxy that ends TLS'],
  ['localhost:99', 'http://localhost:98', 403, 'another port is another origin'],
  ['localhost:99', 'http://127.0.0.1:99', 403, 'so is another name'],
  ['localhost:99', 'https://evil.test', 403, 'somebody else’s page'],
  ['localhost:99', 'null', 403, 'a page without an origin'],
  ['localhost:99', 'file://', 403, 'nor a file'],
  ['localhost:99', 'http://localhost:99.evil.test', 403, 'only the whole name counts'],
])('Host %s, Origin %s → %i (%s)', async (host, origin, status, _why) => {
  const answer = await send(server.url, { path: '/open', headers: { host, origin } })

  expect(answer.status).toBe(status)
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  if (status === 403) expect(answer.body.code).toBe('origin_refused')
})

it.each([
  ['no Host', 'GET /open HTTP/1.1\r\nConnection: close\r\n\r\n', 403],
  ['an empty Host', 'GET /open HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', 403],
  ['two', 'GET /open HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
])('%s is a problem document', async (_what, text, status) => {
  const received = await sendRaw(server.url, text)

  expect(received).toContain(`HTTP/1.1 ${status} `)
  expect(received).toContain('application/problem+json')
})
