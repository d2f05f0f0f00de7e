import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import type { AccountStatus, TransferPlan } from './model.ts'
import {
  aRequest,
  available,
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
} from './testing/books.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const LATER = new Date('2026-01-15T12:05:00.000Z')

describe('what a transfer is refused for', () => {
  it.each<[code: string, why: string, (a: string, b: string, cash: string) => TransferPlan[]]>([
    [
      'insufficient_funds',
      'one centavo too many',
      (a, b) => [{ kind: 'posted', debit: a, credit: b, amount: quetzales('100.01') }],
    ],
    [
      'insufficient_funds',
      'a hold counts at once',
      (a, b) => [
        {
          kind: 'pending',
          holdId: randomIds.next('hld'),
          debit: a,
          credit: b,
          amount: quetzales('60.00'),
          expiresAt: LATER,
        },
        { kind: 'posted', debit: a, credit: b, amount: quetzales('40.01') },
      ],
    ],
    [
      'insufficient_funds',
      'what is only on its way in cannot be spent',
      (a, b) => [
        {
          kind: 'pending',
          holdId: randomIds.next('hld'),
          debit: a,
          credit: b,
          amount: quetzales('50.00'),
          expiresAt: LATER,
        },
        { kind: 'posted', debit: b, credit: a, amount: quetzales('0.01') },
      ],
    ],
    [
      'same_account',
      'nobody pays themselves',
      (a) => [{ kind: 'posted', debit: a, credit: a, amount: quetzales('1.00') }],
    ],
    [
      'currency_mismatch',
      'accounts hold one currency',
      (a, b) => [{ kind: 'posted', debit: a, credit: b, amount: { amount: '1.00', currency: 'HNL' } }],
    ],
    [
      'amount_not_positive',
      'zero moves nothing',
      (a, b) => [{ kind: 'posted', debit: a, credit: b, amount: quetzales('0.00') }],
    ],
    [
      'amount_too_large',
      'a sum must fit 64 bits',
      (a, _, cash) => [{ kind: 'posted', debit: cash, credit: a, amount: quetzales('92233720368547758.07') }],
    ],
    [
      'account_not_found',
      'an account that was never opened',
      (a) => [{ kind: 'posted', debit: a, credit: randomIds.next('acc'), amount: quetzales('1.00') }],
    ],
    ['hold_not_found', 'a hold that was never made', () => [{ kind: 'postPending', holdId: randomIds.next('hld') }]],
    [
      'hold_expired',
      'a hold must end later than now',
      (a, b) => [
        {
          kind: 'pending',
          holdId: randomIds.next('hld'),
          debit: a,
          credit: b,
          amount: quetzales('1.00'),
          expiresAt: new Date('2026-01-15T12:00:00.000Z'),
        },
      ],
    ],
  ])('%s: %s', async (code, _why, transfers) => {
    const books = await openTestBooks(db)
    const a = await aWallet(books, '100.00')
    const b = await aWallet(books)

    const decided = await move(books, transfers(a, b, books.cash))

    expect(decided).toMatchObject({ ok: false, refusal: { code } })
    expect(await available(books, a)).toBe('100.00')
    expect(await available(books, b)).toBe('0.00')
  })
})

describe('holds', () => {
  it.each([
    ['postPending', undefined, '40.00', '60.00', 'the whole is posted'],
    ['postPending', '25.00', '75.00', '25.00', 'a part is posted and the rest released'],
    ['voidPending', undefined, '100.00', '0.00', 'all of it comes back'],
  ] as const)('%s %s leaves %s and %s: %s', async (kind, part, payer, payee, _why) => {
    const books = await openTestBooks(db)
    const [a, b] = [await aWallet(books, '100.00'), await aWallet(books)]
    const holdId = randomIds.next('hld')
    const hold = { kind: 'pending', holdId, debit: a, credit: b, amount: quetzales('60.00'), expiresAt: LATER } as const
    await move(books, [hold])

    const end: TransferPlan =
      kind === 'postPending' && part ? { kind, holdId, amount: quetzales(part) } : { kind, holdId }
    expect(await move(books, [end])).toMatchObject({ ok: true })

    expect(await available(books, a)).toBe(payer)
    expect(await available(books, b)).toBe(payee)
    expect(await move(books, [{ kind: 'voidPending', holdId }])).toMatchObject({ refusal: { code: 'hold_resolved' } })
  })

  it('is expired at its very second: posting is refused, voiding is not', async () => {
    const books = await openTestBooks(db)
    const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
    const holdId = randomIds.next('hld')
    await move(books, [{ kind: 'pending', holdId, debit: a, credit: b, amount: quetzales('10.00'), expiresAt: LATER }])

    books.clock.advance(300)

    expect(await move(books, [{ kind: 'postPending', holdId }])).toMatchObject({ refusal: { code: 'hold_expired' } })
    expect(await move(books, [{ kind: 'voidPending', holdId }])).toMatchObject({ ok: true })
    expect(await available(books, a)).toBe('10.00')
  })

  it('cannot be posted for more than it holds', async () => {
    const books = await openTestBooks(db)
    const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
    const holdId = randomIds.next('hld')
    await move(books, [{ kind: 'pending', holdId, debit: a, credit: b, amount: quetzales('5.00'), expiresAt: LATER }])

    const decided = await move(books, [{ kind: 'postPending', holdId, amount: quetzales('5.01') }])

    expect(decided).toMatchObject({ refusal: { code: 'hold_exceeded', facts: { held: '5.00' } } })
  })
})

it('a transaction happens wholly or not at all', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]

  const decided = await move(books, [
    { kind: 'posted', debit: a, credit: b, amount: quetzales('6.00') },
    { kind: 'posted', debit: a, credit: b, amount: quetzales('4.01') },
  ])

  expect(decided).toMatchObject({ ok: false, refusal: { code: 'insufficient_funds', facts: { available: '4.00' } } })
  expect(await available(books, a)).toBe('10.00')
})

it('what comes in by a first transfer pays a second of the same transaction', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]

  const decided = await move(books, [
    { kind: 'posted', debit: a, credit: b, amount: quetzales('10.00') },
    { kind: 'posted', debit: b, credit: a, amount: quetzales('3.00') },
  ])

  expect(decided).toMatchObject({ ok: true })
  expect([await available(books, a), await available(books, b)]).toEqual(['3.00', '7.00'])
})

describe('the status of an account', () => {
  const change = (books: TestBooks, accountId: string, status: AccountStatus) =>
    books.ledger.decide(aRequest(books.tenantId), () => ({
      purpose: 'test.changed',
      changes: [{ accountId, status }],
      answer: null,
    }))
  const pay = (books: TestBooks, debit: string, credit: string, amount: string) =>
    move(books, [{ kind: 'posted', debit, credit, amount: quetzales(amount) }])

  it('frozen: money comes in and holds are posted, nothing new goes out; open again it does', async () => {
    const books = await openTestBooks(db)
    const wallet = await aWallet(books, '100.00')
    const holdId = randomIds.next('hld')
    const expiresAt = new Date(books.clock.now().getTime() + 60_000)
    const parties = { debit: wallet, credit: books.cash }
    await move(books, [{ kind: 'pending', holdId, expiresAt, amount: quetzales('10.00'), ...parties }])

    expect(await change(books, wallet, 'frozen')).toMatchObject({ ok: true })

    expect(await pay(books, wallet, books.cash, '1.00')).toMatchObject({ refusal: { code: 'account_frozen' } })
    expect(await pay(books, books.cash, wallet, '1.00')).toMatchObject({ ok: true })
    expect(await move(books, [{ kind: 'postPending', holdId }])).toMatchObject({ ok: true })
    expect(await change(books, wallet, 'open')).toMatchObject({ ok: true })
    expect(await pay(books, wallet, books.cash, '91.00')).toMatchObject({ ok: true })
    expect((await verifyBooks(db, books.tenantId)).findings).toEqual([])
  })

  it.each([
    ['with money in it', async (books: TestBooks) => aWallet(books, '0.01'), '0.01'],
    [
      'with money on its way',
      async (books: TestBooks) => {
        const wallet = await aWallet(books)
        const expiresAt = new Date(books.clock.now().getTime() + 60_000)
        const parties = { debit: books.cash, credit: wallet, amount: quetzales('1.00') }
        await move(books, [{ kind: 'pending', holdId: randomIds.next('hld'), expiresAt, ...parties }])
        return wallet
      },
      '0.00',
    ],
  ])('is not closed %s', async (_what, open, balance) => {
    const books = await openTestBooks(db)
    const wallet = await open(books)

    expect(await change(books, wallet, 'closed')).toMatchObject({
      refusal: { code: 'account_not_empty', facts: { balance } },
    })
  })

  it('closed is for good, in another process, too, and the log says so', async () => {
    const books = await openTestBooks(db)
    const wallet = await aWallet(books)
    const other = { ...books, ledger: books.another() }
    await pay(other, books.cash, wallet, '1.00')
    await pay(other, wallet, books.cash, '1.00')

    expect(await change(books, wallet, 'closed')).toMatchObject({ ok: true })

    expect(await pay(other, books.cash, wallet, '1.00')).toMatchObject({ refusal: { code: 'account_closed' } })
    expect(await change(other, wallet, 'open')).toMatchObject({ refusal: { code: 'account_closed' } })
    expect(await books.ledger.findAccount(books.tenantId, wallet)).toMatchObject({ status: 'closed' })
    await db.query(`update accounts set status = 'open' where status = 'closed'`)
    expect((await verifyBooks(db, books.tenantId)).findings).toMatchObject([{ table: 'accounts' }])
  })
})
