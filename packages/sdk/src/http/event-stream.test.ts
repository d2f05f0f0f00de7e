import { expect, it } from 'vitest'
import { PistoAnswerError, PistoApiError, PistoConnectionError } from '../errors.ts'
import type { Pisto } from '../pisto.ts'
import { systemClock } from '../runtime.ts'
import { recordingClock, rejection, testClient } from '../testing/clients.ts'
import { deadUrl, localServer, type Reply } from '../testing/local-server.ts'
import { hangUp, problem, raw, stream } from '../testing/replies.ts'

const block = (sequence: number): string =>
  `id: ${sequence}.0\nevent: payment.completed\ndata: ${JSON.stringify({ id: `evt_${sequence}`, sequence })}\n\n`

/** Reads that many events and leaves the loop. */
async function take(pisto: Pisto, count: number, ...args: Parameters<Pisto['events']['stream']>): Promise<number[]> {
  const sequences: number[] = []
  for await (const { sequence } of pisto.events.stream(...args)) {
    sequences.push(sequence)
    if (sequences.length === count) break
  }
  return sequences
}

it('goes on after the last event when the line is cut, however often', async () => {
  await using server = await localServer(
    stream([block(7), block(8)], 'cut'),
    hangUp,
    problem('unavailable', 503),
    stream([': nothing yet\n\n'], 'cut'),
    stream([block(9)], 'end'),
    stream([block(10)]),
  )
  expect(await take(testClient(server.baseUrl), 4, { after: '6.0', types: 'payment.completed' })).toEqual([7, 8, 9, 10])
  expect(server.seen.map(({ url, headers }) => [url.split('?')[1], headers['last-event-id']])).toEqual([
    ['after=6.0&types=payment.completed', undefined],
    ['types=payment.completed', '8.0'],
    ['types=payment.completed', '8.0'],
    ['types=payment.completed', '8.0'],
    ['types=payment.completed', '8.0'],
    ['types=payment.completed', '9.0'],
  ])
})

it('reads events that arrive in pieces, in one piece, and with accents cut in two', async () => {
  const bytes = new TextEncoder().encode(`id: 1.0\ndata: {"sequence":1,"status":"añejo"}\n\n${block(2)}`)
  const cut = bytes.indexOf(0xc3) + 1
  await using server = await localServer((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(bytes.subarray(0, cut))
    setTimeout(() => response.write(bytes.subarray(cut)), 20)
  })
  const seen: unknown[] = []
  for await (const event of testClient(server.baseUrl).events.stream()) if (seen.push(event) === 2) break
  expect(seen).toMatchObject([{ sequence: 1, status: 'añejo' }, { sequence: 2 }])
})

it('goes on from an id that came without an event', async () => {
  await using server = await localServer(stream(['id: 41.0\n\n'], 'end'), stream([block(42)]))
  expect(await take(testClient(server.baseUrl), 1)).toEqual([42])
  expect(server.seen[1]?.headers['last-event-id']).toBe('41.0')
})

it('takes a silent connection for dead', async () => {
  await using server = await localServer(stream([block(1)]), stream([block(2)]))
  expect(await take(testClient(server.baseUrl), 2, {}, { silenceMs: 80 })).toEqual([1, 2])
  expect(server.seen).toHaveLength(2)
})

it('does not count the time that the reader takes as silence', async () => {
  await using server = await localServer(stream([block(1), block(2)]))
  const sequences: number[] = []
  for await (const { sequence } of testClient(server.baseUrl).events.stream({}, { silenceMs: 50 })) {
    await systemClock.sleep(120)
    if (sequences.push(sequence) === 2) break
  }
  expect(sequences).toEqual([1, 2])
  expect(server.seen).toHaveLength(1)
})

it('waits before it connects again as the server asks', async () => {
  const clock = recordingClock()
  await using server = await localServer(
    stream([`retry: 1500\n${block(1)}`], 'end'),
    problem('rate_limited', 429, { 'retry-after': '999999999' }),
    stream([block(2)]),
  )
  expect(await take(testClient(server.baseUrl, { clock }), 2)).toEqual([1, 2])
  expect(clock.sleptMs).toEqual([1500, 300_000]) // five minutes at most
})

it('ends the connection when the loop is left', async () => {
  let closed: () => void = () => {}
  const done = new Promise<void>((resolve) => {
    closed = resolve
  })
  await using server = await localServer((response, request) => {
    response.on('close', closed)
    stream([block(1)])(response, request)
  })
  await take(testClient(server.baseUrl), 1)
  await done
  expect(server.seen).toHaveLength(1)
})

it('ends with the signal’s reason', async () => {
  await using server = await localServer(stream([block(1)]))
  const controller = new AbortController()
  const loop = (async () => {
    for await (const _ of testClient(server.baseUrl).events.stream({}, { signal: controller.signal })) {
      controller.abort(new Error('screen closed'))
    }
  })()
  await expect(loop).rejects.toThrow('screen closed')
})

it('gives up when it cannot connect at the start, as any call does', async () => {
  const clock = recordingClock()
  await rejection(take(testClient(await deadUrl(), { clock, maxRetries: 2 }), 1), PistoConnectionError)
  expect(clock.sleptMs).toHaveLength(2)
})

it.each<[string, Reply, typeof PistoApiError | typeof PistoAnswerError]>([
  ['the key is refused', problem('unauthenticated', 401), PistoApiError],
  ['something else answers', raw('<h1>', 'text/html'), PistoAnswerError],
  ['an event cannot be read: going on would skip it', stream(['id: 2.0\ndata: {\n\n']), PistoAnswerError],
  ['an event never ends', stream([`data: ${'x'.repeat(1024 * 1024)}`]), PistoAnswerError],
])('gives up, also in the middle, when %s', async (_why, reply, type) => {
  await using server = await localServer(stream([block(1)], 'end'), reply)
  await expect(take(testClient(server.baseUrl), 9)).rejects.toBeInstanceOf(type)
  expect(server.seen).toHaveLength(2)
})
