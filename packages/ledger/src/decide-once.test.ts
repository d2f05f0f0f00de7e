import { afterAll, beforeAll, expect, it } from 'vitest'
import { companion } from './companion.ts'
import { type Database, sqlArray } from './database/index.ts'
import { KeyReused, LedgerOverloaded, Refused } from './model.ts'
import {
  aRequest,
  available,
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  transferPlan,
} from './testing/books.ts'
import { toUuid } from './type-id.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await db.transaction((tx) =>
    tx.script(
      `create table tickets (tenant_id uuid not null, ticket text not null, status text not null,
                             constraint tickets_pkey primary key (tenant_id, ticket))`,
    ),
  )
})
afterAll(() => db.close())

const insertTicket = companion<{ ticket: string; status: string }>({
  sql: `insert into tickets (tenant_id, ticket, status)
        select $1, x.ticket, x.status from unnest($2::text[], $3::text[]) as x(ticket, status)`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.ticket)), sqlArray(rows.map(({ row }) => row.status))],
})

const moveTicket = companion<{ ticket: string; from: string; to: string }>({
  refusal: 'ticket_wrong_status',
  key: (row) => row.ticket,
  sql: `update tickets t set status = x.next
        from unnest($2::text[], $3::text[], $4::text[]) with ordinality as x(ticket, previous, next, n)
        where t.tenant_id = $1 and t.ticket = x.ticket and t.status = x.previous returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.ticket)),
    sqlArray(rows.map(({ row }) => row.from)),
    sqlArray(rows.map(({ row }) => row.to)),
  ],
})

it('a success is given again under its key, and moves nothing twice', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const pay = () => move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('4.00') }], 'k')

  const first = await pay()
  const again = await pay()

  expect(first).toMatchObject({ ok: true, replayed: false })
  expect(again).toEqual({ ...first, replayed: true })
  expect(await available(books, a)).toBe('6.00')
})

it('a refusal is given again under its key, also when the money has come meanwhile', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books), await aWallet(books)]
  const pay = () => move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('4.00') }], 'k')
  expect(await pay()).toMatchObject({ ok: false, replayed: false })

  await move(books, [{ kind: 'posted', debit: books.cash, credit: a, amount: quetzales('4.00') }])

  expect(await pay()).toMatchObject({ ok: false, replayed: true, refusal: { code: 'insufficient_funds' } })
})

it('a process that never saw the key gives the first outcome all the same, also where it would refuse by now', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '4.00'), await aWallet(books)]
  const transfers = [{ kind: 'posted', debit: a, credit: b, amount: quetzales('4.00') }] as const
  const first = await move(books, transfers, 'k')

  const elsewhere = await move({ tenantId: books.tenantId, ledger: books.another() }, transfers, 'k')

  expect(first).toMatchObject({ ok: true })
  expect(elsewhere).toEqual({ ...first, replayed: true })
})

it('32 calls at once with one key are one effect and 32 equal answers', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '100.00'), await aWallet(books)]
  const ledgers = [books.ledger, books.another()]

  const decided = await Promise.all(
    Array.from({ length: 32 }, (_, n) =>
      (ledgers[n % 2] ?? books.ledger).decide(aRequest(books.tenantId, 'k'), () =>
        transferPlan({ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }),
      ),
    ),
  )

  expect(new Set(decided.map((one) => JSON.stringify({ ...one, replayed: null }))).size).toBe(1)
  expect(decided.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await available(books, a)).toBe('99.00')
})

it.each(['in one batch', 'later', 'elsewhere'])('the same key with another body is refused: %s', async (when) => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const other = when === 'elsewhere' ? books.another() : books.ledger
  const plan = () => transferPlan({ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') })

  const first = books.ledger.decide(aRequest(books.tenantId, 'k', 1), plan)
  if (when !== 'in one batch') await first
  const second = other.decide(aRequest(books.tenantId, 'k', 2), plan)

  await expect(second).rejects.toBeInstanceOf(KeyReused)
  expect(await first).toMatchObject({ ok: true })
  expect(await available(books, a)).toBe('9.00')
})

it('what a plan throws is not stored: the key can be used again', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const missing = new Error('no such thing')
  const failed = books.ledger.decide(aRequest(books.tenantId, 'k'), () => {
    throw missing
  })
  await expect(failed).rejects.toBe(missing)

  expect(await move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }], 'k')).toMatchObject({
    ok: true,
    replayed: false,
  })
})

it('a key with an outcome answers with it, whatever its plan would throw by now', async () => {
  const books = await openTestBooks(db)
  const first = await books.ledger.decide(aRequest(books.tenantId, 'k'), () => ({ purpose: 'x', answer: 1 }))

  const again = await books.another().decide(aRequest(books.tenantId, 'k'), () => {
    throw new Error('gone')
  })

  expect(first).toEqual({ ok: true, replayed: false, answer: 1 })
  expect(again).toEqual({ ok: true, replayed: true, answer: 1 })
})

it('a refusal of a plan never disturbs its neighbours', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '3.00'), await aWallet(books)]

  const decided = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      books.ledger.decide(aRequest(books.tenantId), () => {
        if (n === 1) throw new Refused('no', { n: '1' })
        return transferPlan({ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') })
      }),
    ),
  )

  expect(decided.map(({ ok }) => ok)).toEqual([true, false, true, true, false, false])
  expect(await available(books, b)).toBe('3.00')
})

it('a batch of refusals only, then a normal one: both commit', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books), await aWallet(books)]
  const pay = () => move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }])

  expect((await Promise.all([pay(), pay()])).map(({ ok }) => ok)).toEqual([false, false])
  await move(books, [{ kind: 'posted', debit: books.cash, credit: a, amount: quetzales('1.00') }])

  expect(await pay()).toMatchObject({ ok: true })
  expect((await verifyBooks(db, books.tenantId)).findings).toEqual([])
})

it('beyond the bounded queue callers are told to come again', async () => {
  const books = await openTestBooks(db, 5)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]

  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }])),
  )

  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(3)
  for (const { reason } of refused) expect(reason).toBeInstanceOf(LedgerOverloaded)
  expect(await available(books, b)).toBe('5.00')
})

/** Takes a ticket from `open` to a status, as it is found when the plan runs. */
const takeTicket = (books: Awaited<ReturnType<typeof openTestBooks>>, ledger = books.ledger, to = 'taken') =>
  ledger.decide(aRequest(books.tenantId), async ({ reader }) => {
    const [row] = await reader.query<{ status: string }>(
      'select status from tickets where tenant_id = $1 and ticket = $2',
      [toUuid(books.tenantId), 't'],
    )
    if (row?.status !== 'open') throw new Refused('ticket_gone', { status: row?.status ?? '' })
    return { purpose: 'take', companions: [moveTicket.row({ ticket: 't', from: 'open', to })], answer: to }
  })

const aTicket = (books: Awaited<ReturnType<typeof openTestBooks>>) =>
  books.ledger.decide(aRequest(books.tenantId), () => ({
    purpose: 'make',
    companions: [insertTicket.row({ ticket: 't', status: 'open' })],
    answer: null,
  }))

it('two in the same tick: the later one is planned on what the first has left', async () => {
  const books = await openTestBooks(db)
  await aTicket(books)

  const decided = await Promise.all([takeTicket(books), takeTicket(books)])

  expect(decided).toMatchObject([
    { ok: true },
    { ok: false, refusal: { code: 'ticket_gone', facts: { status: 'taken' } } },
  ])
})

it('two processes in the same tick: exactly one, and the other knows why', async () => {
  const books = await openTestBooks(db)
  await aTicket(books)
  const other = books.another()

  const decided = await Promise.all([takeTicket(books, books.ledger, 'here'), takeTicket(books, other, 'there')])

  expect(decided.filter(({ ok }) => ok)).toHaveLength(1)
  expect(decided.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'ticket_gone' } })
})

it('a guard that always refuses is believed: its code, and its neighbours go on', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '1.00'), await aWallet(books)]
  const stuck = books.ledger.decide(aRequest(books.tenantId), () => ({
    purpose: 'take',
    companions: [moveTicket.row({ ticket: 'none', from: 'open', to: 'taken' })],
    answer: null,
  }))

  const neighbour = move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }])

  expect(await stuck).toMatchObject({ ok: false, refusal: { code: 'ticket_wrong_status' } })
  expect(await neighbour).toMatchObject({ ok: true })
})

it('one poisonous transaction fails alone', async () => {
  const books = await openTestBooks(db)
  await aTicket(books)
  const [a, b] = [await aWallet(books, '5.00'), await aWallet(books)]

  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, (_, n) =>
      books.ledger.decide(aRequest(books.tenantId), () => ({
        ...transferPlan({ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }),
        companions: n === 2 ? [insertTicket.row({ ticket: 't', status: 'again' })] : [],
      })),
    ),
  )

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(await available(books, b)).toBe('4.00')
  expect((await verifyBooks(db, books.tenantId)).ok).toBe(true)
})

it('takes a sequence only for what moves money, opens an account or is told', async () => {
  const books = await openTestBooks(db)
  const before = await books.ledger.headSequence(books.tenantId)
  const decide = (more: object) =>
    books.ledger.decide(aRequest(books.tenantId), () => ({ purpose: 'x', ...more, answer: ({ sequence }) => sequence }))

  expect(await decide({})).toMatchObject({ answer: 0 })
  expect(await decide({ events: [{ type: 'a.happened', objectId: 'x', status: 'y' }] })).toMatchObject({
    answer: before + 1,
  })
})

it('a key is forgotten after 45 days, and not before; the books stay right', async () => {
  const books = await openTestBooks(db)
  const wallet = await aWallet(books, '100.00')
  const pay = (ledger = books.another()) =>
    move({ ...books, ledger }, [{ kind: 'posted', debit: wallet, credit: books.cash, amount: quetzales('10.00') }], 'k')
  await pay()

  books.clock.advance(45 * 86_400)
  await books.ledger.forgetDecisions(books.tenantId)
  expect(await pay()).toMatchObject({ replayed: true })
  books.clock.advance(1)
  expect(await books.ledger.forgetDecisions(books.tenantId)).toBeGreaterThan(0)
  expect(await pay()).toMatchObject({ replayed: false })

  expect(await available(books, wallet)).toBe('80.00')
  expect((await verifyBooks(db, books.tenantId)).findings).toEqual([])
})
