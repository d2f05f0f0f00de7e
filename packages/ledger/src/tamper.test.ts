import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import { hashLeaf } from './leaf.ts'
import {
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
} from './testing/books.ts'
import { toUuid } from './type-id.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

/** Leaves: 0 cash opened, 1 and 2 wallets, 3 to 6 payments of 1.00, 7 a hold, 8 its posting. A checkpoint at 5, one at 9. */
async function someHistory(): Promise<TestBooks & { a: string; b: string }> {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '50.00'), await aWallet(books)]
  const pay = () => move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }])
  await pay()
  await pay()
  await books.ledger.log.checkpoint(books.tenantId)
  await pay()
  await pay()
  const holdId = randomIds.next('hld')
  const expiresAt = new Date('2026-02-01T00:00:00.000Z')
  await move(books, [{ kind: 'pending', holdId, debit: a, credit: b, amount: quetzales('5.00'), expiresAt }])
  await move(books, [{ kind: 'postPending', holdId, amount: quetzales('2.00') }])
  await books.ledger.log.checkpoint(books.tenantId)
  return { ...books, a, b }
}

it('finds nothing in books that nobody has touched', async () => {
  const books = await someHistory()

  const report = await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })

  expect(report).toMatchObject({ ok: true, size: 9, accountCount: 3, entryCount: 14, checkpointCount: 2, findings: [] })
})

it.each<[table: string, leafIndex: number, why: string, sql: string]>([
  ['entries', 4, 'an amount', 'update entries set amount_minor = 101 where tenant_id = $1 and sequence = 5'],
  [
    'entries',
    4,
    'a running sum',
    'update entries set credits_posted = credits_posted + 1 where tenant_id = $1 and sequence = 5',
  ],
  ['entries', 5, 'an entry is deleted', `delete from entries where tenant_id = $1 and sequence = 6 and side = 'debit'`],
  [
    'entries',
    3,
    'an entry is inserted',
    `insert into entries select tenant_id, account_id, sequence, 1, kind, side, amount_minor,
       debits_posted, credits_posted, debits_pending, credits_pending
     from entries where tenant_id = $1 and sequence = 4 and side = 'credit'`,
  ],
  [
    'transactions',
    4,
    'the leaf says less',
    `update transactions set leaf = replace(leaf, '1.00', '0.10') where tenant_id = $1 and sequence = 5`,
  ],
  ['transactions', 6, 'a transaction is deleted', 'delete from transactions where tenant_id = $1 and sequence = 7'],
  [
    'transactions',
    3,
    'two transactions change places',
    `update transactions t set leaf = o.leaf, leaf_hash = o.leaf_hash, transaction_id = o.transaction_id
     from transactions o where t.tenant_id = $1 and o.tenant_id = $1 and (t.sequence, o.sequence) in ((4, 5), (5, 4))`,
  ],
  [
    'accounts',
    1,
    'a guard is lifted',
    'update accounts set no_overdraft = false where tenant_id = $1 and opened_sequence = 2',
  ],
  ['holds', 7, 'a hold was posted for more', 'update holds set posted_minor = 500 where tenant_id = $1'],
  ['batches', 8, 'the last batch is deleted', 'delete from batches where tenant_id = $1 and batch_number = 9'],
  ['checkpoints', 4, 'another root', `update checkpoints set root = sha256('x') where tenant_id = $1 and size = 5`],
  [
    'checkpoints',
    4,
    'a note that nobody signed',
    `update checkpoints set note = replace(note, '—', '- ') where tenant_id = $1 and size = 5`,
  ],
])('%s: names index %s: %s', async (table, leafIndex, _why, sql) => {
  const books = await someHistory()
  await db.query(sql, [toUuid(books.tenantId, 'ten')])

  const report = await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })

  expect(report.ok).toBe(false)
  expect(report.findings).toContainEqual(expect.objectContaining({ table, leafIndex }))
  expect(report.findings[0]?.leafIndex).toBe(leafIndex)
})

it('a leaf that was changed together with its hash breaks the tree that its batch hashed', async () => {
  const books = await someHistory()
  const tenant = toUuid(books.tenantId, 'ten')
  const [row] = await db.query<{ leaf: string }>(
    'select leaf from transactions where tenant_id = $1 and sequence = 5',
    [tenant],
  )
  const forged = (row?.leaf ?? '').replace('"1.00"', '"0.10"')
  await db.query('update transactions set leaf = $2, leaf_hash = $3 where tenant_id = $1 and sequence = 5', [
    tenant,
    forged,
    hashLeaf(forged),
  ])

  const { findings } = await verifyBooks(db, books.tenantId)

  expect(findings).toContainEqual(expect.objectContaining({ table: 'batches', leafIndex: 4 }))
})

it('history that was cut off at its end contradicts the checkpoint that was signed', async () => {
  const books = await someHistory()
  const tenant = toUuid(books.tenantId, 'ten')
  for (const table of ['entries', 'transactions']) {
    await db.query(`delete from ${table} where tenant_id = $1 and sequence > 7`, [tenant])
  }
  await db.query('delete from holds where tenant_id = $1', [tenant])
  await db.query('delete from batches where tenant_id = $1 and last_sequence > 7', [tenant])

  const { findings } = await verifyBooks(db, books.tenantId)

  expect(findings).toMatchObject([{ table: 'checkpoints', leafIndex: 7 }])
})
