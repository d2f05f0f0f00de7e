import { expect, it } from 'vitest'
import { PistoApiError } from '../errors.ts'
import { rejection, testClient } from '../testing/clients.ts'
import { localServer } from '../testing/local-server.ts'
import { hangUp, json, problem } from '../testing/replies.ts'

const page = (ids: readonly number[], nextCursor: string | null) =>
  json({ data: ids.map((id) => ({ id })), nextCursor })
async function read(list: AsyncIterable<{ id: unknown }>): Promise<unknown[]> {
  const ids: unknown[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

it('reads all pages, keeps the filter, survives a cut line between', async () => {
  await using server = await localServer(page([1, 2], 'a/b+c'), hangUp, page([3, 4], 'd'), page([5], null))
  const list = testClient(server.baseUrl).payments.list({ merchantId: 'mer_1', limit: 2 })
  expect(server.seen).toHaveLength(0)
  expect(await read(list)).toEqual([1, 2, 3, 4, 5])
  expect(server.seen.map(({ url }) => url)).toEqual([
    '/v1/payments?merchantId=mer_1&limit=2',
    '/v1/payments?merchantId=mer_1&limit=2&after=a%2Fb%2Bc',
    '/v1/payments?merchantId=mer_1&limit=2&after=a%2Fb%2Bc',
    '/v1/payments?merchantId=mer_1&limit=2&after=d',
  ])
})

it('fetches no page that is not read', async () => {
  await using server = await localServer(page([1, 2], 'a'))
  for await (const _ of testClient(server.baseUrl).merchants.list()) break
  expect(server.seen).toHaveLength(1)
})

it('gives one page to those who page themselves, from any cursor', async () => {
  await using server = await localServer(page([1, 2], 'a'))
  const first = await testClient(server.baseUrl).accounts.entries('acc_1', { limit: 2, after: 'z' }).page()
  expect(first).toEqual({ data: [{ id: 1 }, { id: 2 }], nextCursor: 'a' })
  expect(server.seen.map(({ url }) => url)).toEqual(['/v1/accounts/acc_1/entries?limit=2&after=z'])
})

it('starts again when it is read again', async () => {
  await using server = await localServer(page([1], null))
  const list = testClient(server.baseUrl).transactions.list()
  expect([await read(list), await read(list)]).toEqual([[1], [1]])
})

it('goes on over a page that found nothing: only a cursor of null is the end', async () => {
  await using server = await localServer(page([1], '90'), page([], '80'), page([], '70'), page([2], null))
  const list = testClient(server.baseUrl).transactions.list({ purpose: 'payment.refunded' })
  expect(await read(list)).toEqual([1, 2])
})

it.each([
  ['the page after the last event is empty, with the cursor that it was asked with', page([], '5.0')],
  ['the cursor stands still, which would go on for ever', page([2], '5.0')],
])('ends where %s', async (_why, second) => {
  await using server = await localServer(page([1], '5.0'), second)
  const ids = await read(testClient(server.baseUrl).events.list())
  expect(ids[0]).toBe(1)
  expect(server.seen).toHaveLength(2)
})

it('throws what the server refuses, in the middle too', async () => {
  await using server = await localServer(page([1], 'a'), problem('unauthenticated', 401))
  await rejection(read(testClient(server.baseUrl).consumers.list()), PistoApiError)
})
