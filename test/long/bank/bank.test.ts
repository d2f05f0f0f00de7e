import { connectPostgres, type Database, ledgerMigrations, migrate, openPglite } from '@pisto/ledger'
import { embeddedPostgres } from '@pisto/testkit'
import { expect, it } from 'vitest'
import { centavos } from '../long-books.ts'
import { runBank } from './bank.ts'
import { BankReference } from './bank-reference.ts'
import { faultsOf } from './snapshots.ts'

async function expectSoundBank(db: Database): Promise<void> {
  const report = await runBank(db, { transfers: 2000, seed: 1 }, () => performance.now())

  expect(report.faults).toEqual([])
  expect(report.leaves).toBe(report.done + 101) // the accounts, and what each wallet began with
  expect(Object.values(report.refused).reduce((sum, count) => sum + count, report.done)).toBe(2000)
  expect(report.refused).toMatchObject({
    insufficient_funds: expect.any(Number),
    'limit_exceeded single': expect.any(Number),
    'limit_exceeded day': expect.any(Number),
    'receiving_limit_exceeded balance': expect.any(Number),
  })
  expect(Math.min(report.snapshots.sql, report.snapshots.asOf)).toBeGreaterThan(0)
}

it('64 writers and readers on PGlite: no money made or lost in any snapshot, all as the reference has it', async () => {
  const db = await openPglite({ migrations: [ledgerMigrations] })
  await migrate(db, [ledgerMigrations])
  await expectSoundBank(db)
  await db.close()
})

it('64 writers and readers on PostgreSQL: no money made or lost in any snapshot, all as the reference has it', async () => {
  await using postgres = await embeddedPostgres()
  const db = connectPostgres(await postgres.newDatabase())
  await migrate(db, [ledgerMigrations])
  await expectSoundBank(db)
  await db.close()
})

const ACCOUNTS = [
  { currency: 'GTQ', isCash: false, group: 0 },
  { currency: 'GTQ', isCash: false, group: undefined },
  { currency: 'GTQ', isCash: true, group: undefined },
]

it.each<[balances: bigint[], faults: string[], why: string]>([
  [[5n, 5n, 10n], [], 'what the wallets have is what the bank has'],
  [[5n, 6n, 10n], ['sql 7: GTQ sums to -1'], 'money was made'],
  [[-1n, 11n, 10n], ['sql 7: wallet 0 has -1'], 'a wallet is below zero'],
])('what a snapshot says by itself, case %#', (balances, faults, _why) => {
  expect(faultsOf({ accounts: ACCOUNTS }, { sequence: 7, source: 'sql', balances })).toEqual(faults)
})

it('the reference does all legs or none, and counts nothing of what it refuses', () => {
  const limits = { outSingle: 50n, outDay: 60n, inMonth: 1000n, balance: 1000n }
  const reference = new BankReference(ACCOUNTS, [limits], centavos)
  reference.fund({ from: 2, to: 0, minor: 100n })
  const legs = [
    { from: 0, to: 1, minor: 40n },
    { from: 0, to: 1, minor: 30n },
  ]

  const refused = reference.apply(legs, '2026-01-30')
  const asked = reference.refusalOf([{ from: 0, to: 1, minor: 50n }], '2026-01-30')

  expect(refused).toMatchObject({ code: 'limit_exceeded', facts: { limit: 'day', remaining: '0.20' } })
  expect(asked).toBeUndefined()
  expect([reference.balance(0), reference.balance(1), reference.balance(2)]).toEqual([100n, 0n, 100n])
})
