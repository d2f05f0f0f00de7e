import type { Event } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'

let server: RunningServer
let client: Client
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
})
afterAll(() => server.stop())

/** Opens the stream; `take` gives so many events, `rest` the text until the server ends it. */
async function open(query = '', lastEventId?: string) {
  const caller = new AbortController()
  const response = await fetch(`${server.url}/v1/events/stream${query}`, {
    headers: { authorization: client.authorization, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: caller.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const more = async (): Promise<boolean> => {
    const piece = await reader?.read()
    text += piece?.value ?? ''
    return piece?.done === false
  }
  await more() // `retry:`, so the stream is there
  return {
    status: response.status,
    close: () => caller.abort(),
    async take(count: number): Promise<(Event & { place: string })[]> {
      const events = () =>
        [...text.matchAll(/id: (\S+)\nevent: (\S+)\ndata: (.+)\n\n/g)].map(([, place = '', , data = '']) => ({
          ...(JSON.parse(data) as Event),
          place,
        }))
      while (events().length < count && (await more()));
      return events()
    },
    async rest(): Promise<string> {
      while (await more());
      return text
    },
  }
}

it('tells what happens as it happens, in the order of history', async () => {
  const stream = await open()

  const { id } = await register(client, 'consumers')

  const events = await stream.take(2)
  expect(events).toMatchObject([
    { type: 'consumer.created', objectId: id, status: 'draft', livemode: false },
    { type: 'consumer.activated', objectId: id, status: 'active' },
  ])
  stream.close()
})

it('goes on after the last event that was seen, and leaves nothing out', async () => {
  const { body: page } = await client.get('/v1/events?limit=1')
  await Promise.all(Array.from({ length: 4 }, () => register(client, 'consumers')))
  const { body: all } = await client.get(`/v1/events?limit=100&after=${page.nextCursor}`)

  const byHeader = await open('', page.nextCursor)
  const byQuery = await open(`?after=${page.nextCursor}`)

  expect(all.data.length).toBeGreaterThanOrEqual(8)
  const strip = ({ place, ...event }: Event & { place: string }): Event => event
  expect((await byHeader.take(all.data.length)).map(strip)).toEqual(all.data)
  expect((await byQuery.take(all.data.length)).map(strip)).toEqual(all.data)
  byHeader.close()
  byQuery.close()
})

it('more events than fit a page arrive, each once', async () => {
  await Promise.all(Array.from({ length: 60 }, () => register(client, 'consumers')))

  const stream = await open('?after=0.0')
  const events = await stream.take(120)

  const places = events.map(({ place }) => place)
  expect(new Set(places).size).toBe(places.length)
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence).sort((a, b) => a - b))
  stream.close()
})

it('only the wanted types, of this tenant only', async () => {
  const stream = await open('?types=merchant.created,merchant.activated')
  const honduran = clientOf(server, 'HN')
  const { aMerchant } = await import('../testing/people.ts')

  await honduran.post('/v1/merchants', aMerchant('HN'))
  await register(client, 'consumers')
  const { id } = await register(client, 'merchants')

  expect((await stream.take(2)).map(({ objectId }) => objectId)).toEqual([id, id])
  stream.close()
})

it('a place that is none is refused', async () => {
  const refused = await open('?after=yesterday')
  expect(refused.status).toBe(400)
  expect((await open('', 'x.y')).status).toBe(400)
})

it('a list goes on from where it stopped, also when there is no more now', async () => {
  const { body: end } = await client.get('/v1/events?limit=100')
  let cursor = end.nextCursor
  for (let page = end; page.data.length > 0; cursor = page.nextCursor) {
    page = (await client.get(`/v1/events?limit=100&after=${cursor}`)).body
  }
  await register(client, 'consumers')

  const { body: next } = await client.get(`/v1/events?after=${cursor}`)

  expect(next.data.map(({ type }: Event) => type)).toEqual(['consumer.created', 'consumer.activated'])
})

it('ends whole when the server stops', async () => {
  const stream = await open()
  const ended = stream.rest()

  await server.stop()

  expect(await ended).toMatch(/^retry: 1000\n\n/)
})
