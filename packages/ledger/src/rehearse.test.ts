import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimOnce } from './claims.ts'
import type { Database } from './database/index.ts'
import type { Plan } from './model.ts'
import {
  aLimitGroup,
  aRequest,
  available,
  aWallet,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
  transferPlan,
} from './testing/books.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const claimLot = claimOnce('lot', 'lot_delivered')

const pay = ({ cash }: TestBooks, from: string, amount: string): Plan<unknown> =>
  transferPlan({ kind: 'posted', debit: from, credit: cash, amount: quetzales(amount) })

/** Everything that a tenant has stored. */
async function stored({ tenantId, ledger }: TestBooks): Promise<unknown> {
  const tables = ['batches', 'transactions', 'entries', 'decisions', 'claims', 'limit_groups', 'accounts', 'holds']
  const counts = tables.map((table) => `(select count(*) from ${table} where tenant_id = t.id) as ${table}`)
  const tenant = await db.query(`select ${counts} from (select tenant_id as id from books where origin = $1) t`, [
    `test/${tenantId}`,
  ])
  return [tenant, await ledger.headSequence(tenantId)]
}

it('answers as the decision would, and changes nothing', async () => {
  const books = await openTestBooks(db)
  const wallet = await aWallet(books, '100.00')
  const before = await stored(books)
  const { ledger, tenantId } = books

  const rehearsed = await ledger.dryRun(tenantId, () => pay(books, wallet, '60.00'))

  expect(await stored(books)).toEqual(before)
  expect(await available(books, wallet)).toBe('100.00')
  expect(await ledger.decide(aRequest(tenantId), () => pay(books, wallet, '60.00'))).toEqual(rehearsed)
})

it.each<[code: string, plan: (books: TestBooks, wallet: string) => Plan<unknown>, why: string]>([
  ['insufficient_funds', (books, wallet) => pay(books, wallet, '100.01'), 'the balance is asked'],
  ['limit_exceeded', (books, wallet) => pay(books, wallet, '50.01'), 'limits are asked'],
  [
    'lot_delivered',
    (books, wallet) => ({ ...pay(books, wallet, '1.00'), companions: [claimLot.row({ reference: 'lot-1' })] }),
    'the guards of companions are asked',
  ],
])('refuses with %s: %#', async (code, plan, _why) => {
  const books = await openTestBooks(db)
  const { ledger, tenantId } = books
  const group = await aLimitGroup(books, code === 'limit_exceeded' ? { out: { single: '50.00' } } : {})
  const wallet = await aWallet(books, '100.00', [group])
  const claimed = { ...pay(books, wallet, '0.01'), companions: [claimLot.row({ reference: 'lot-1' })] }
  await ledger.decide(aRequest(tenantId), () => claimed)
  const before = await stored(books)

  const refused = await ledger.dryRun(tenantId, () => plan(books, wallet))

  expect(refused).toMatchObject({ ok: false, refusal: { code } })
  expect(await stored(books)).toEqual(before)
})

it('rehearses on what other processes have just written, while payments go on', async () => {
  const books = await openTestBooks(db)
  const wallet = await aWallet(books, '100.00')
  const other = books.another()
  const { ledger, tenantId } = books
  const all: Promise<unknown>[] = []
  for (let n = 0; n < 20; n++) {
    all.push(other.decide(aRequest(tenantId), () => pay(books, wallet, '1.00')))
    all.push(ledger.dryRun(tenantId, () => pay(books, wallet, '50.00')))
  }

  expect(await Promise.all(all)).toSatisfy((decided: { ok: boolean }[]) => decided.every(({ ok }) => ok))
  expect(await available(books, wallet)).toBe('80.00')
  expect(await ledger.dryRun(tenantId, () => pay(books, wallet, '80.01'))).toMatchObject({ ok: false })
})

it('of two claims at once one holds, also through two processes', async () => {
  const books = await openTestBooks(db)
  const wallet = await aWallet(books, '100.00')
  const ledgers = [books.ledger, books.another()]
  const plan = () => ({ ...pay(books, wallet, '1.00'), companions: [claimLot.row({ reference: randomLot })] })
  const randomLot = randomIds.next('lot')

  const decided = await Promise.all(
    Array.from({ length: 10 }, (_, n) => ledgers[n % 2]?.decide(aRequest(books.tenantId), plan)),
  )

  expect(decided.filter((one) => one?.ok)).toHaveLength(1)
  expect(await available(books, wallet)).toBe('99.00')
})
