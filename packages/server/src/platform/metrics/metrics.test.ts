import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../start.ts'
import { clientOf, register } from '../../testing/client.ts'
import { send } from '../../testing/send.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent' })
})
afterAll(() => server.stop())

/** The sample's value; undefined: there is no such line. */
async function sample(line: string): Promise<number | undefined> {
  const { text, headers } = await send(server.url, { path: '/metrics' })
  expect(headers['content-type']).toContain('text/plain')
  const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

it('counts batches, transactions and requests; needs no key', async () => {
  const client = clientOf(server)
  const before = (await sample('pisto_ledger_transactions_total')) ?? 0
  const { accountId } = await register(client, 'consumers')
  await client.post(`/v1/sandbox/accounts/${accountId}/fund`, { amount: { amount: '1.00', currency: 'GTQ' } })
  await client.get('/v1/accounts/nonsense')

  expect((await sample('pisto_ledger_transactions_total')) ?? 0).toBeGreaterThan(before)
  expect(await sample('pisto_ledger_queue_callers')).toBe(0)
  expect(await sample('pisto_ledger_conflicts_total')).toBe(0)
  expect(await sample('pisto_ledger_commit_duration_seconds_count')).toBe(
    await sample('pisto_ledger_batch_decisions_count'),
  )
  expect(await sample('pisto_http_request_duration_seconds_count{operation="fundAccount",status="201"}')).toBe(1)
  expect(await sample('pisto_http_request_duration_seconds_count{operation="getAccount",status="404"}')).toBe(1)
})

it('names nobody: no id, no key', async () => {
  const { text } = await send(server.url, { path: '/metrics' })

  expect(text).not.toMatch(/(ten|acc|con|mer)_[0-9a-z]{26}|sk_sandbox/)
})
