import { setTimeout as delay } from 'node:timers/promises'
import { Type } from 'typebox'
import { expect, it, onTestFinished } from 'vitest'
import { endpoint, startTestServer } from '../../testing/http-server.ts'
import { send } from '../../testing/send.ts'
import type { Call } from './call.ts'

async function start(chunks: (call: Call) => AsyncIterable<string>): Promise<string> {
  const stream = endpoint(
    { method: 'GET', path: '/v1/stream', response: Type.String(), mediaType: 'text/event-stream' },
    (_input, call) => chunks(call),
  )
  const server = await startTestServer({ endpoints: [stream] })
  onTestFinished(() => server.close())
  return server.url
}

it('a stream arrives piece by piece', async () => {
  const url = await start(async function* () {
    yield 'data: 1\n\n'
    yield 'data: 2\n\n'
  })

  const answer = await send(url, { path: '/v1/stream' })

  expect(answer.text).toBe('data: 1\n\ndata: 2\n\n')
  expect(answer.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
})

it('whoever hangs up ends the stream', async () => {
  let ended = false
  const url = await start(async function* ({ signal }) {
    try {
      while (!signal.aborted) {
        yield ': tick\n\n'
        await delay(5)
      }
    } finally {
      ended = true
    }
  })

  const caller = new AbortController()
  const response = await fetch(`${url}/v1/stream`, { signal: caller.signal })
  await response.body?.getReader().read()
  caller.abort()

  await expect.poll(() => ended).toBe(true)
})

it('whoever does not read is not written to without end', async () => {
  let written = 0
  const url = await start(async function* ({ signal }) {
    while (!signal.aborted) {
      written += 1
      yield 'x'.repeat(65_536)
    }
  })

  const caller = new AbortController()
  await fetch(`${url}/v1/stream`, { signal: caller.signal })
  await delay(300)
  const before = written
  await delay(200)

  expect(written).toBe(before)
  expect(written).toBeLessThan(1000)
  caller.abort()
})

it('a stream that breaks does not look whole', async () => {
  const url = await start(async function* () {
    yield 'data: 1\n\n'
    throw new Error('broken')
  })

  await expect(send(url, { path: '/v1/stream' })).rejects.toThrow()
})

it('HEAD of a stream ends at once', async () => {
  const url = await start(async function* ({ signal }) {
    while (!signal.aborted) yield ''
  })

  const head = await send(url, { method: 'HEAD', path: '/v1/stream' })

  expect([head.status, head.text]).toEqual([200, ''])
})
