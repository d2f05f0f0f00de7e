import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPglite, toUuid } from '@pisto/ledger'
import type { Payment } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, startSandbox } from '@pisto/testkit'
import { expect, it } from 'vitest'

/** `pisto verify` on a folder, as a person runs it. */
const verify = (dataDir: string) => {
  const command = ['packages/cli/src/main.ts', 'verify', '--data', dataDir]
  return spawnSync(process.execPath, command, { encoding: 'utf8' })
}

it('amounts changed by hand, of an entry and of a payment: both indexes are named, exit code 1', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pisto-tamper-'))
  const [first, second] = await twoPayments(dataDir)
  expect(verify(dataDir)).toMatchObject({ status: 0 })

  const db = await connectPglite({ dataDir })
  await db.query('update entries set amount_minor = amount_minor - 1 where sequence = $1 and account_id = $2', [
    first.sequence,
    toUuid(first.payerAccountId, 'acc'),
  ])
  await db.query('update payments set amount_minor = amount_minor - 1 where id = $1', [toUuid(second.id, 'pay')])
  await db.close()
  const { status, stdout } = verify(dataDir)

  expect(status).toBe(1)
  for (const { sequence } of [first, second]) expect(stdout).toMatch(new RegExp(`\\b${sequence - 1}\\b`))
  await rm(dataDir, { recursive: true })
})

async function twoPayments(dataDir: string): Promise<readonly [Payment, Payment]> {
  await using sandbox = await startSandbox({ dataDir })
  const client = sandbox.client('GT')
  const shop = await aMerchant(client)
  const payer = await aFundedConsumer(client, '50.00')
  const pay = (amount: string) =>
    client.payments.create({
      payerAccountId: payer.accountId,
      alias: shop.alias,
      amount: { amount, currency: 'GTQ' },
    })
  return [await pay('30.10'), await pay('1.00')]
}
