import { expect, it } from 'vitest'
import { type CaughtRequest, catchWebhooks } from './webhooks.ts'

const send = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const isOf = (type: string) => (request: CaughtRequest) => (request.json as { type: string }).type === type

it('gives each request once, in the order asked for', async () => {
  await using webhooks = await catchWebhooks()

  const early = webhooks.next(isOf('b'))
  await send(webhooks.url, { type: 'a', n: 1 })
  await send(webhooks.url, { type: 'b', n: 2 })
  await send(webhooks.url, { type: 'b', n: 3 })

  expect((await early).json).toEqual({ type: 'b', n: 2 })
  expect((await webhooks.next(isOf('b'))).json).toEqual({ type: 'b', n: 3 })
  expect((await webhooks.next()).text).toBe('{"type":"a","n":1}')
  expect(webhooks.requests).toHaveLength(3)
})

it('keeps method, path, headers and the bytes', async () => {
  await using webhooks = await catchWebhooks()
  await fetch(`${webhooks.url}?x=1`, { method: 'PUT', body: 'ñ', headers: { 'webhook-id': 'evt_1' } })

  expect(await webhooks.next()).toMatchObject({
    method: 'PUT',
    path: '/webhooks?x=1',
    headers: { 'webhook-id': 'evt_1' },
    body: Buffer.from('ñ'),
    json: undefined,
  })
})

it('answers as told, and gives up waiting', async () => {
  await using webhooks = await catchWebhooks()
  webhooks.answerWith(503)

  expect((await send(webhooks.url, {})).status).toBe(503)
  await expect(webhooks.next(() => false, 20)).rejects.toThrow('within 20 ms')
})
