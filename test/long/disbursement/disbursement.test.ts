import { ledgerMigrations, migrate, openPglite } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runDisbursement } from './disbursement.ts'

let db: Awaited<ReturnType<typeof openPglite>>
beforeAll(async () => {
  db = await openPglite({ migrations: [ledgerMigrations] })
  await migrate(db, [ledgerMigrations])
})
afterAll(() => db.close())

it.each([
  [1, 'each payment alone'],
  [500, 'the last transaction has fewer'],
])('1,200 wallets are paid, %i together, each its own amount: %s', async (together, _why) => {
  const report = await runDisbursement(db, { items: 1_200, together }, () => performance.now())

  expect(report).toMatchObject({ items: 1_200, together, faults: [] })
  expect(report.itemsPerSecond).toBeGreaterThan(0)
})
