import { expect, it, vi } from 'vitest'
import { PistoConnectionError } from '../errors.ts'
import { systemClock } from '../runtime.ts'
import { rejection, testClient } from '../testing/clients.ts'
import { localServer, type Reply } from '../testing/local-server.ts'
import { json, problem, silence } from '../testing/replies.ts'

const halfAnswer: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"id":')
}

it.each([
  ['no answer', silence],
  ['half an answer', halfAnswer],
])('gives up on %s when the time is up', async (_what, reply) => {
  await using server = await localServer(reply)
  const call = testClient(server.baseUrl, { timeoutMs: 60_000 }).tenant.get({ timeoutMs: 50, maxRetries: 0 })
  expect(await rejection(call, PistoConnectionError)).toMatchObject({ reason: 'timeout', retryable: true })
})

it.each([
  ['no answer', silence],
  ['half an answer', halfAnswer],
])('gives up on %s when the caller aborts, with the caller’s reason, and does not try again', async (_what, reply) => {
  await using server = await localServer(reply)
  const controller = new AbortController()
  const call = testClient(server.baseUrl).tenant.get({ signal: controller.signal })
  const refused = expect(call).rejects.toThrow('page left')
  await vi.waitFor(() => expect(server.seen).toHaveLength(1))
  controller.abort(new Error('page left'))
  await refused
  expect(server.seen).toHaveLength(1)
})

it('sends nothing when the signal has aborted before', async () => {
  await using server = await localServer(json({}))
  const call = testClient(server.baseUrl).tenant.get({ signal: AbortSignal.abort() })
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  expect(server.seen).toHaveLength(0)
})

it('stops waiting for a retry when the caller aborts', async () => {
  await using server = await localServer(problem('overloaded', 503, { 'retry-after': '30' }))
  const signal = AbortSignal.timeout(50)
  const call = testClient(server.baseUrl, { clock: systemClock }).tenant.get({ signal })
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('leaves no listener on a signal that lives longer than its calls', async () => {
  await using server = await localServer(json({ id: 'ten_1' }))
  const controller = new AbortController()
  const { signal } = controller
  const added = vi.spyOn(signal, 'addEventListener')
  const removed = vi.spyOn(signal, 'removeEventListener')
  await testClient(server.baseUrl).tenant.get({ signal })
  expect(added).toHaveBeenCalled()
  expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
    expect.arrayContaining(added.mock.calls.map(([type, listener]) => [type, listener])),
  )
})
