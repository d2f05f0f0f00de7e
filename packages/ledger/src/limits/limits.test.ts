import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import type { LimitGroupPlan, TransferPlan } from '../model.ts'
import {
  aLimitGroup,
  aRequest,
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
} from '../testing/books.ts'
import { toUuid } from '../type-id.ts'
import { verifyBooks } from '../verify.ts'
import type { Limits } from './limits.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const DAY_SECONDS = 86_400
/** The books begin at 06:00 in Guatemala on 15 January. */
const TO_MIDNIGHT_SECONDS = 18 * 3600

/** Two people with 1,000.00 each: one limited, one not. */
async function twoPeople(limits: Limits) {
  const books = await openTestBooks(db)
  const group = await aLimitGroup(books, limits)
  const limited = await aWallet(books, '1000.00', [group])
  const free = await aWallet(books, '1000.00')
  return { books, group, limited, free }
}

const posted = (debit: string, credit: string, amount: string, more: { uncounted?: boolean } = {}): TransferPlan => ({
  kind: 'posted',
  debit,
  credit,
  amount: quetzales(amount),
  ...more,
})

const held = ({ clock }: TestBooks, debit: string, credit: string, amount: string, seconds = 7 * DAY_SECONDS) => ({
  kind: 'pending' as const,
  holdId: randomIds.next('hld'),
  debit,
  credit,
  amount: quetzales(amount),
  expiresAt: new Date(clock.now().getTime() + seconds * 1000),
})

/** `ok`, or the code of the refusal with its facts. */
async function outcome(books: TestBooks, ...transfers: TransferPlan[]): Promise<unknown> {
  const decided = await move(books, transfers)
  return decided.ok ? 'ok' : [decided.refusal.code, decided.refusal.facts]
}

const exceeded = (facts: Record<string, string>) => [
  'limit_exceeded',
  { currency: 'GTQ', policyVersion: 'test-1', ...facts },
]
const receivingExceeded = (limit: string) => [
  'receiving_limit_exceeded',
  { limit, currency: 'GTQ', policyVersion: 'test-1' },
]

async function expectRightBooks({ tenantId, publicKey }: TestBooks): Promise<void> {
  expect((await verifyBooks(db, tenantId, { publicKeys: [publicKey] })).findings).toEqual([])
}

describe('what is refused', () => {
  it.each<[name: string, limits: Limits, before: string[], amount: string, expected: unknown, why: string]>([
    ['single', { out: { single: '50.00' } }, [], '50.00', 'ok', 'the limit itself is allowed'],
    [
      'single',
      { out: { single: '50.00' } },
      [],
      '50.01',
      exceeded({ limit: 'single', allowed: '50.00', remaining: '50.00' }),
      'one transfer is too large, whatever went before',
    ],
    ['day', { out: { day: '100.00' } }, ['60.00'], '40.00', 'ok', 'the day is used up exactly'],
    [
      'day',
      { out: { day: '100.00' } },
      ['60.00'],
      '40.01',
      exceeded({ limit: 'day', allowed: '100.00', remaining: '40.00', period: '2026-01-15' }),
      'one centavo more than the day allows',
    ],
    [
      'month',
      { out: { day: '100.00', month: '90.00' } },
      ['60.00'],
      '40.00',
      exceeded({ limit: 'month', allowed: '90.00', remaining: '30.00', period: '2026-01' }),
      'the month is smaller than what the day would allow',
    ],
    [
      'all of a zero limit',
      { out: { day: '0.00' } },
      [],
      '0.01',
      exceeded({ limit: 'day', allowed: '0.00', remaining: '0.00', period: '2026-01-15' }),
      'zero means nothing at all',
    ],
    [
      'the limit before the balance',
      { out: { single: '50.00' } },
      [],
      '5000.00',
      exceeded({ limit: 'single', allowed: '50.00', remaining: '50.00' }),
      'rules are asked first',
    ],
  ])('going out, %s: %#', async (_name, limits, before, amount, expected, _why) => {
    const { books, limited, free } = await twoPeople(limits)
    for (const one of before) expect(await outcome(books, posted(limited, free, one))).toBe('ok')

    expect(await outcome(books, posted(limited, free, amount))).toEqual(expected)

    await expectRightBooks(books)
  })

  it.each<[limit: string, limits: Limits]>([
    ['single', { in: { single: '30.00' } }],
    ['day', { in: { day: '30.00' } }],
    ['month', { in: { month: '30.00' } }],
    ['balance', { balance: '1030.00' }],
  ])('coming in, %s: the payer learns which limit it was and nothing of the payee’s money', async (limit, limits) => {
    const { books, limited, free } = await twoPeople(limits)

    expect(await outcome(books, posted(free, limited, '30.01'))).toEqual(receivingExceeded(limit))
    expect(await outcome(books, posted(free, limited, '30.00'))).toBe('ok')
  })

  it('two legs of one transaction count one after another', async () => {
    const { books, limited, free } = await twoPeople({ out: { day: '100.00' } })

    expect(await outcome(books, posted(limited, free, '60.00'), posted(limited, books.cash, '60.00'))).toEqual(
      exceeded({ limit: 'day', allowed: '100.00', remaining: '40.00', period: '2026-01-15' }),
    )
    expect(await outcome(books, posted(limited, free, '100.00'))).toBe('ok') // nothing of it was counted
  })
})

describe('whose money is limited together', () => {
  it('a person with a shop and a wallet has one set of limits', async () => {
    const { books, group, limited, free } = await twoPeople({ out: { day: '100.00' }, balance: '2000.00' })
    const shop = await aWallet(books, '500.00', [group])

    expect(await outcome(books, posted(limited, free, '70.00'))).toBe('ok')
    expect(await outcome(books, posted(shop, free, '30.01'))).toEqual(
      exceeded({ limit: 'day', allowed: '100.00', remaining: '30.00', period: '2026-01-15' }),
    )
    expect(await outcome(books, posted(free, shop, '570.01'))).toEqual(receivingExceeded('balance'))
  })

  it('what moves between their own accounts counts neither in nor out', async () => {
    const { books, group, limited, free } = await twoPeople({ in: { day: '0.00' }, out: { day: '10.00' } })
    const shop = await aWallet(books, '0.00', [group])

    expect(await outcome(books, posted(limited, shop, '900.00'))).toBe('ok')
    const hold = held(books, shop, limited, '400.00')
    expect(await outcome(books, hold)).toBe('ok')
    expect(await outcome(books, { kind: 'postPending', holdId: hold.holdId, amount: quetzales('150.00') })).toBe('ok')
    expect(await outcome(books, posted(shop, free, '10.00'))).toBe('ok')

    await expectRightBooks(books)
  })

  it('an account may have limits of its own besides', async () => {
    const { books, group, free } = await twoPeople({ out: { day: '100.00' } })
    const own = await aLimitGroup(books, { out: { single: '5.00' } })
    const till = await aWallet(books, '100.00', [group, own])

    expect(await outcome(books, posted(till, free, '5.01'))).toEqual(
      exceeded({ limit: 'single', allowed: '5.00', remaining: '5.00' }),
    )
    expect(await outcome(books, posted(till, free, '5.00'))).toBe('ok')
  })

  it.each([
    ['limit_group_not_found', 'GTQ', 'an account cannot be limited by what is not there'],
    ['currency_mismatch', 'USD', 'limits are amounts of one currency'],
  ])('%s: %s account: %s', async (code, currency, _why) => {
    const books = await openTestBooks(db)
    const known = await aLimitGroup(books, {})
    const limitGroupIds = [code === 'limit_group_not_found' ? randomIds.next('lgr') : known]
    const account = { purpose: 'wallet', ownerId: null, currency, normalSide: 'credit', noOverdraft: true } as const

    const decided = await books.ledger.decide(aRequest(books.tenantId), () => ({
      purpose: 'test.opened',
      accounts: [{ accountId: randomIds.next('acc'), ...account, limitGroupIds }],
      answer: null,
    }))

    expect(decided).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('time', () => {
  it('the day turns at midnight of the tenant, not of UTC; the month goes on', async () => {
    const { books, limited, free } = await twoPeople({ out: { day: '100.00', month: '250.00' } })
    const spend = (amount: string) => outcome(books, posted(limited, free, amount))
    expect(await spend('100.00')).toBe('ok')

    books.clock.advance(TO_MIDNIGHT_SECONDS - 1)
    expect(await spend('0.01')).toMatchObject(['limit_exceeded', { period: '2026-01-15' }])
    books.clock.advance(1)
    expect(await spend('100.00')).toBe('ok')
    books.clock.advance(DAY_SECONDS)
    expect(await spend('50.01')).toMatchObject(['limit_exceeded', { limit: 'month', remaining: '50.00' }])
    books.clock.advance(15 * DAY_SECONDS)
    expect(await spend('100.00')).toBe('ok')

    await expectRightBooks(books)
  })

  it('a hold counts on the day it is made, posting it later does not count again', async () => {
    const { books, limited, free } = await twoPeople({ out: { day: '100.00' } })
    const hold = held(books, limited, free, '80.00')
    expect(await outcome(books, hold)).toBe('ok')
    expect(await outcome(books, posted(limited, free, '20.01'))).toMatchObject([
      'limit_exceeded',
      { remaining: '20.00' },
    ])

    books.clock.advance(DAY_SECONDS)
    expect(await outcome(books, { kind: 'postPending', holdId: hold.holdId })).toBe('ok')
    expect(await outcome(books, posted(limited, free, '100.00'))).toBe('ok')

    await expectRightBooks(books)
  })

  it.each<[left: string, why: string, resolve: (holdId: string) => TransferPlan]>([
    ['100.00', 'a void gives all back', (holdId) => ({ kind: 'voidPending', holdId })],
    ['70.00', 'a part gives the rest back', (holdId) => ({ kind: 'postPending', holdId, amount: quetzales('30.00') })],
  ])('on the same day %s is left: %s', async (left, _why, resolve) => {
    const { books, limited, free } = await twoPeople({ out: { day: '100.00' }, in: { day: '0.00' } })
    const hold = held(books, limited, free, '80.00')
    await outcome(books, hold)

    expect(await outcome(books, resolve(hold.holdId))).toBe('ok')

    expect(await outcome(books, posted(limited, free, '100.01'))).toMatchObject(['limit_exceeded', { remaining: left }])
    await expectRightBooks(books)
  })

  it('a void on a later day gives nothing back to that day, but to the month that is still running', async () => {
    const { books, limited, free } = await twoPeople({ out: { day: '100.00', month: '150.00' } })
    const hold = held(books, limited, free, '80.00')
    await outcome(books, hold)
    books.clock.advance(DAY_SECONDS)
    expect(await outcome(books, posted(limited, free, '70.00'))).toBe('ok')

    expect(await outcome(books, { kind: 'voidPending', holdId: hold.holdId })).toBe('ok')

    expect(await outcome(books, posted(limited, free, '30.01'))).toMatchObject(['limit_exceeded', { limit: 'day' }])
    expect(await outcome(books, posted(limited, free, '30.00'))).toBe('ok')
    await expectRightBooks(books)
  })

  it('a credit that is still pending counts against the balance', async () => {
    const { books, limited, free } = await twoPeople({ balance: '1050.00' })
    const hold = held(books, free, limited, '40.00')
    expect(await outcome(books, hold)).toBe('ok')
    expect(await outcome(books, posted(free, limited, '10.01'))).toEqual(receivingExceeded('balance'))

    expect(await outcome(books, { kind: 'postPending', holdId: hold.holdId, amount: quetzales('15.00') })).toBe('ok')
    expect(await outcome(books, posted(free, limited, '35.00'))).toBe('ok')

    await expectRightBooks(books)
  })
})

it('a refund is refused by no limit and gives none back', async () => {
  const { books, limited, free } = await twoPeople({
    out: { day: '60.00' },
    in: { single: '1.00' },
    balance: '1000.00',
  })
  expect(await outcome(books, posted(limited, free, '60.00'))).toBe('ok')

  expect(await outcome(books, posted(free, limited, '60.00', { uncounted: true }))).toBe('ok')

  expect(await outcome(books, posted(limited, free, '0.01'))).toMatchObject(['limit_exceeded', { remaining: '0.00' }])
  await expectRightBooks(books)
})

it('other limits apply from the next transfer on, to what was counted before, and the log says which', async () => {
  const { books, group, limited, free } = await twoPeople({ out: { day: '100.00' } })
  expect(await outcome(books, posted(limited, free, '80.00'))).toBe('ok')

  await aLimitGroup(books, { out: { day: '50.00' } }, group)
  expect(await outcome(books, posted(limited, free, '0.01'))).toMatchObject(['limit_exceeded', { remaining: '0.00' }])
  await aLimitGroup(books, { out: { day: '85.00' } }, group)
  expect(await outcome(books, posted(limited, free, '5.00'))).toBe('ok')

  await expectRightBooks(books)
})

describe('two groups that turn out to be one person', () => {
  it('have what both have counted, whoever counted it; holds of before are given back to both', async () => {
    const { books, group, limited, free } = await twoPeople({ out: { day: '100.00' } })
    const other = await aLimitGroup(books, { out: { day: '100.00' } })
    const wallet = await aWallet(books, '500.00', [other])
    const hold = held(books, wallet, free, '30.00')
    expect(await outcome(books, posted(limited, free, '40.00'), hold)).toBe('ok')

    await aLimitGroup(books, { out: { day: '100.00' }, balance: '1500.00' }, group, other)

    const left = (remaining: string) => ['limit_exceeded', { remaining }]
    expect(await outcome(books, posted(wallet, free, '30.01'))).toMatchObject(left('30.00'))
    expect(await outcome(books, { kind: 'voidPending', holdId: hold.holdId })).toBe('ok')
    expect(await outcome(books, posted(limited, free, '60.01'))).toMatchObject(left('60.00'))
    expect(await outcome(books, posted(limited, wallet, '500.00'))).toBe('ok')
    expect(await outcome(books, posted(free, wallet, '40.01'))).toEqual(receivingExceeded('balance'))
    expect(await outcome(books, posted(free, wallet, '40.00'))).toBe('ok')
    const view = await books.ledger.findAccountLimits(books.tenantId, wallet)
    expect(view).toMatchObject([{ groupId: group, balance: '1500.00' }])
    await expectRightBooks(books)
  })

  it('stay one: either id names both, again changes nothing, and a third one joins them; another process knows', async () => {
    const { books, group, free } = await twoPeople({})
    const [second, third] = [await aLimitGroup(books, {}), await aLimitGroup(books, {})]
    const wallet = await aWallet(books, '100.00', [second])
    const other = { ...books, ledger: books.another() }
    expect(await outcome(other, posted(wallet, free, '10.00'))).toBe('ok')
    const limits = { out: { month: '20.00' } }
    await aLimitGroup(books, limits, group, second)
    await aLimitGroup(other, limits, second, group)
    await aLimitGroup(other, limits, third, second)

    const late = await aWallet(other, '100.00', [second, group])
    expect(await outcome(other, posted(wallet, free, '6.00'))).toBe('ok')
    expect(await outcome(books, posted(late, free, '4.01'))).toMatchObject(['limit_exceeded', { remaining: '4.00' }])
    expect(await outcome(books, posted(late, free, '4.00'))).toBe('ok')
    expect(await books.ledger.findAccountLimits(books.tenantId, late)).toMatchObject([{ groupId: third }])
    await expectRightBooks(books)
  })

  it.each([
    ['currency_mismatch', 'USD'],
    ['limit_group_not_found', undefined],
  ])('%s', async (code, currency) => {
    const books = await openTestBooks(db)
    const absorbs = randomIds.next('lgr')
    const plan = (groupId: string, of: string) => ({
      groupId,
      ownerId: null,
      currency: of,
      policyVersion: '',
      limits: {},
    })
    const set = (...limitGroups: LimitGroupPlan[]) =>
      books.ledger.decide(aRequest(books.tenantId), () => ({ purpose: 'test.limited', limitGroups, answer: null }))
    if (currency) await set(plan(absorbs, currency))

    const decided = await set({ ...plan(randomIds.next('lgr'), 'GTQ'), absorbs })

    expect(decided).toMatchObject({ ok: false, refusal: { code } })
  })

  it('of which somebody hides it are named', async () => {
    const { books, group } = await twoPeople({})
    await aLimitGroup(books, {}, group, await aLimitGroup(books, {}))
    await db.query('update limit_groups set merged_into = null where tenant_id = $1', [toUuid(books.tenantId, 'ten')])

    const { findings } = await verifyBooks(db, books.tenantId)

    expect(findings).toMatchObject([{ table: 'limit_groups', message: expect.stringContaining('is absorbed by lgr_') }])
  })
})

it('counters that somebody changed by hand are named', async () => {
  const { books, limited, free } = await twoPeople({ out: { day: '100.00' } })
  await outcome(books, posted(limited, free, '80.00'))
  await db.query('update limit_groups set day_out = 0 where day_out = 8000')

  const { findings } = await verifyBooks(db, books.tenantId)

  expect(findings).toEqual([
    { table: 'limit_groups', leafIndex: 1, message: expect.stringContaining('has other counters') },
  ])
})

it('two processes count together: 30 payments at once through both, and the day holds', async () => {
  const { books, limited, free } = await twoPeople({ out: { day: '100.00' } })
  const other = { ...books, ledger: books.another() }
  const pay = (on: TestBooks) => move(on, [posted(limited, free, '7.00')])

  const decided = await Promise.all(Array.from({ length: 30 }, (_, n) => pay(n % 2 === 0 ? books : other)))

  expect(decided.filter(({ ok }) => ok)).toHaveLength(14)
  await expectRightBooks(books)
})
