import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyProofText } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const folder = await mkdtemp(join(tmpdir(), 'pisto-restore-'))
afterAll(() => rm(folder, { recursive: true }))
const data = join(folder, 'data')
const start = () => startSandbox({ dataDir: data })
const pisto = (...args: readonly string[]) => record([...args, '--data', data, '--json'])

it('after a restore the log goes on in a new epoch, and what was signed before still verifies', async () => {
  // A backup of the database's folder, then more payments.
  const first = await start()
  const [payer, payee] = [await aFundedConsumer(first.client('GT'), '100.00'), await aMerchant(first.client('GT'))]
  const pay = (sandbox: Sandbox) =>
    sandbox.client('GT').payments.create({
      payerAccountId: payer.accountId,
      alias: payee.alias,
      amount: { amount: '1.00', currency: 'GTQ' },
    })
  const kept = await pay(first)
  const keptReceipt = await first.client('GT').payments.receiptProof(kept.id)
  await first.stop()
  await cp(join(data, 'database'), join(folder, 'backup'), { recursive: true })
  const second = await start()
  const lost = await pay(second)
  const lostReceipt = await second.client('GT').payments.receiptProof(lost.id)
  const tenant = await second.client('GT').tenant.get()
  const { keys } = await second.client('GT').service.keys()
  await second.stop()

  // The database is lost; the backup is restored.
  await rm(join(data, 'database'), { recursive: true })
  await cp(join(folder, 'backup'), join(data, 'database'), { recursive: true })
  const restored = await start()
  const { log, service, payments } = restored.client('GT')
  const later = await pay(restored)
  expect(later.status).toBe('completed')
  await expect(payments.receiptProof(later.id)).rejects.toMatchObject({ code: 'log_unsigned', status: 503 })
  await expect(payments.get(lost.id)).rejects.toMatchObject({ code: 'payment_not_found' })
  expect((await log.publishedCheckpoint('gtbank')).split('\n')[1]).toBe(`${kept.sequence}`)
  expect(await service.readiness()).toEqual({ status: 'degraded', unsignedLogs: ['gtbank'] })
  await restored.stop()

  // The operator looks, and goes on.
  const status = await pisto('log', 'status')
  expect(status.exitCode).toBe(1)
  expect(JSON.parse(status.out).logs.map(({ failure }: { failure: string | null }) => failure !== null)).toEqual([
    true,
    false,
    false,
    false,
  ])
  const begun = await pisto('log', 'new-epoch')
  expect(begun.error).toBe('')
  const origin = `${tenant.logOrigin}/2`
  expect(JSON.parse(begun.out).epochs).toMatchObject([
    { tenantCode: 'gtbank', epoch: 2, origin, firstLeafIndex: later.sequence },
  ])
  expect(JSON.parse(begun.out).epochs[0].previousCheckpoint.split('\n')[0]).toBe(tenant.logOrigin)
  expect((await pisto('log', 'status')).exitCode).toBe(0)
  expect((await pisto('log', 'new-epoch')).out).toBe('{"epochs":[]}\n')
  expect(JSON.parse((await pisto('verify')).out)).toMatchObject({ ok: true })

  // Whoever knew the log before believes it still: what was kept, what was lost, and what came after.
  const after = await start()
  const client = after.client('GT')
  expect(await client.service.readiness()).toEqual({ status: 'ok', unsignedLogs: [] })
  expect((await client.log.epochCheckpoint('gtbank', '2')).split('\n')[0]).toBe(origin)
  const laterReceipt = await client.payments.receiptProof(later.id)
  for (const [receipt, payment] of [
    [keptReceipt, kept],
    [lostReceipt, lost],
    [laterReceipt, later],
    [await client.payments.receiptProof(kept.id), kept],
  ] as const) {
    expect((await verifyProofText(receipt, tenant, keys)).transactionId).toBe(payment.transactionId)
  }
  expect((await pay(after)).status).toBe('completed')
  const { data: events } = await client.events.list({ types: 'log.epochBegun' }).page()
  expect(events).toMatchObject([{ objectId: tenant.id, status: 'begun', sequence: later.sequence + 1 }])
  const overApi = await record(['verify', '--url', after.url, '--key', after.tenant('GT').apiKey, '--json'])
  expect(JSON.parse(overApi.out)).toMatchObject({ ok: true, tenants: [{ findings: [] }] })
  await after.stop()
}, 180_000)

it.each([
  [['log', 'status'], 2, /--data or --database-url/],
  [['log', 'status', '--data', join(folder, 'nowhere')], 1, /is no folder of a sandbox/],
  [['log', 'status', '--data', folder, '--database-url', 'postgresql://x'], 2, /one of them/],
  [['log', 'new-epoch', '--data', folder, '--last-checkpoint', 'note'], 2, /--tenant CODE/],
])('%#: used wrongly, exit code says so', async (args, exitCode, error) => {
  const recording = await record(args)

  expect([recording.exitCode, recording.error]).toEqual([exitCode, expect.stringMatching(error)])
})
