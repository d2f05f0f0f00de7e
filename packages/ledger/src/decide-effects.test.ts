import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransferPlan } from './model.ts'
import type { AccountState } from './state.ts'
import {
  ANA,
  type Books,
  CASH,
  decide,
  GTQ,
  group,
  hold,
  LATER,
  LUIS,
  move,
  NOTHING,
  NOW,
  pending,
  posted,
  refusal,
  TIME,
  viewOf,
} from './testing/decide-scene.ts'

/** The sums that a decision leaves an account with. */
function sumsAfter(decided: ReturnType<typeof decide>, id: string) {
  if (!decided.ok) throw new Error(decided.refusal.code)
  const { debitsPosted, creditsPosted, debitsPending, creditsPending } = decided.effects.accounts.get(id) ?? ANA
  return { debitsPosted, creditsPosted, debitsPending, creditsPending }
}

describe('refusals say which fact refuses', () => {
  it.each<[code: string, facts: Record<string, string>, transfer: TransferPlan, books: Books, why: string]>([
    [
      'insufficient_funds',
      { accountId: 'ana', available: '100.00', currency: 'GTQ' },
      posted('ana', 'luis', '100.01'),
      {},
      'one centavo',
    ],
    [
      'insufficient_funds',
      { accountId: 'ana', available: '60.00', currency: 'GTQ' },
      posted('ana', 'luis', '60.01'),
      { accounts: [{ ...ANA, debitsPending: 4_000n }, LUIS] },
      'holds keep back',
    ],
    [
      'insufficient_funds',
      { accountId: 'ana', available: '100.00', currency: 'GTQ' },
      pending('ana', 'luis', '100.01'),
      {},
      'a hold needs the money at once',
    ],
    ['same_account', { accountId: 'ana' }, posted('ana', 'ana', '1.00'), {}, 'nobody pays themselves'],
    ['account_not_found', { accountId: 'nobody' }, posted('nobody', 'luis', '1.00'), {}, 'payer'],
    ['account_not_found', { accountId: 'nobody' }, posted('ana', 'nobody', '1.00'), {}, 'payee'],
    [
      'account_closed',
      { accountId: 'luis' },
      posted('ana', 'luis', '1.00'),
      { accounts: [ANA, { ...LUIS, status: 'closed' }] },
      'a closed account takes nothing',
    ],
    [
      'account_closed',
      { accountId: 'ana' },
      posted('ana', 'luis', '1.00'),
      { accounts: [{ ...ANA, status: 'closed' }, LUIS] },
      'and gives nothing',
    ],
    [
      'account_frozen',
      { accountId: 'ana' },
      posted('ana', 'luis', '1.00'),
      { accounts: [{ ...ANA, status: 'frozen' }, LUIS] },
      'frozen money stays',
    ],
    [
      'account_frozen',
      { accountId: 'cash' },
      posted('ana', 'cash', '1.00'),
      { accounts: [ANA, { ...CASH, status: 'frozen' }] },
      'of a debit account it is the credit that takes away',
    ],
    [
      'currency_mismatch',
      { accountId: 'luis', currency: 'USD' },
      posted('ana', 'luis', '1.00'),
      { accounts: [ANA, { ...LUIS, currency: 'USD' }] },
      'accounts hold one currency',
    ],
    [
      'amount_not_positive',
      { amount: '0.00', currency: 'GTQ' },
      posted('ana', 'luis', '0.00'),
      {},
      'nothing is no amount',
    ],
    ['amount_not_positive', { amount: '-1.00', currency: 'GTQ' }, posted('ana', 'luis', '-1.00'), {}, 'nor is less'],
    [
      'amount_too_large',
      { accountId: 'luis' },
      posted('ana', 'luis', '0.01'),
      { accounts: [ANA, { ...LUIS, creditsPosted: 2n ** 63n - 1n }] },
      'a sum has 63 bits',
    ],
    ['hold_exists', { holdId: 'hold' }, pending('ana', 'luis', '1.00'), { holds: [hold()] }, 'an id is used once'],
    ['hold_expired', { holdId: 'hold' }, pending('ana', 'luis', '1.00', NOW), {}, 'a hold ends after now'],
    [
      'hold_expired',
      { holdId: 'hold' },
      { kind: 'postPending', holdId: 'hold' },
      { holds: [hold({ expiresAt: NOW })] },
      'at its expiry it is over',
    ],
    ['hold_not_found', { holdId: 'hold' }, { kind: 'postPending', holdId: 'hold' }, {}, 'there is none'],
    ['hold_not_found', { holdId: 'hold' }, { kind: 'voidPending', holdId: 'hold' }, {}, 'nor to void'],
    [
      'hold_resolved',
      { holdId: 'hold', status: 'posted' },
      { kind: 'voidPending', holdId: 'hold' },
      { holds: [hold({ status: 'posted' })] },
      'once',
    ],
    [
      'hold_resolved',
      { holdId: 'hold', status: 'voided' },
      { kind: 'postPending', holdId: 'hold' },
      { holds: [hold({ status: 'voided' })] },
      'either way',
    ],
    [
      'hold_exceeded',
      { holdId: 'hold', held: '40.00' },
      { kind: 'postPending', holdId: 'hold', amount: GTQ('40.01') },
      { holds: [hold()] },
      'not more than is held',
    ],
    [
      'currency_mismatch',
      { currency: 'GTQ' },
      { kind: 'postPending', holdId: 'hold', amount: { amount: '1.00', currency: 'USD' } },
      { holds: [hold()] },
      'in the hold’s currency',
    ],
    [
      'amount_not_positive',
      { amount: '0.00', currency: 'GTQ' },
      { kind: 'postPending', holdId: 'hold', amount: GTQ('0.00') },
      { holds: [hold()] },
      'to post nothing is to void',
    ],
  ])('%s: %#', (code, facts, transfer, books, _why) => {
    expect(move(transfer, books)).toEqual(refusal(code, facts))
  })

  it('an account with too little already may still take, and give nothing', () => {
    const poor = { ...ANA, debitsPosted: 10_500n }
    expect(move(posted('luis', 'ana', '1.00'), { accounts: [poor, { ...LUIS, creditsPosted: 100n }] })).toMatchObject({
      ok: true,
    })
    expect(move(posted('ana', 'luis', '1.00'), { accounts: [poor, LUIS] })).toEqual(
      refusal('insufficient_funds', { accountId: 'ana', available: '-5.00', currency: 'GTQ' }),
    )
  })

  it('a hold that was made in better times is posted: nothing more is drawn', () => {
    const accounts = [
      { ...ANA, debitsPosted: 6_500n, debitsPending: 4_000n },
      { ...LUIS, creditsPending: 4_000n },
    ]
    expect(move({ kind: 'postPending', holdId: 'hold' }, { accounts, holds: [hold()] })).toMatchObject({ ok: true })
  })

  it('a sum may be as large as the column', () => {
    const accounts = [ANA, { ...LUIS, creditsPosted: 2n ** 63n - 2n }]
    expect(move(posted('ana', 'luis', '0.01'), { accounts })).toMatchObject({ ok: true })
  })

  it('an error that is no refusal is thrown', () => {
    expect(() => move(posted('ana', 'luis', 'one'))).toThrow(expect.objectContaining({ name: 'InvalidAmount' }))
    const torn = [{ ...ANA, debitsPending: 1n }, LUIS]
    expect(() => move({ kind: 'voidPending', holdId: 'hold' }, { accounts: torn, holds: [hold()] })).toThrow(/negative/)
  })
})

describe('what transfers leave', () => {
  it('posted: both sides at once, the last centavo, too', () => {
    const decided = move(posted('ana', 'luis', '100.00'))
    expect(sumsAfter(decided, 'ana')).toEqual({ ...NOTHING, creditsPosted: 10_000n, debitsPosted: 10_000n })
    expect(sumsAfter(decided, 'luis')).toEqual({ ...NOTHING, creditsPosted: 10_000n })
  })

  it('a frozen account still takes', () => {
    expect(move(posted('ana', 'luis', '1.00'), { accounts: [ANA, { ...LUIS, status: 'frozen' }] })).toMatchObject({
      ok: true,
    })
    expect(move(posted('cash', 'luis', '1.00'), { accounts: [{ ...CASH, status: 'frozen' }, LUIS] })).toMatchObject({
      ok: true,
    })
  })

  it('pending, posted in part, the rest released', () => {
    const held = move(pending('ana', 'luis', '40.00'))
    expect(sumsAfter(held, 'ana')).toEqual({ ...NOTHING, creditsPosted: 10_000n, debitsPending: 4_000n })
    expect(sumsAfter(held, 'luis')).toEqual({ ...NOTHING, creditsPending: 4_000n })

    const accounts = [
      { ...ANA, debitsPending: 4_000n },
      { ...LUIS, creditsPending: 4_000n },
    ]
    const part = move({ kind: 'postPending', holdId: 'hold', amount: GTQ('15.00') }, { accounts, holds: [hold()] })
    expect(sumsAfter(part, 'ana')).toEqual({ ...NOTHING, creditsPosted: 10_000n, debitsPosted: 1_500n })
    expect(sumsAfter(part, 'luis')).toEqual({ ...NOTHING, creditsPosted: 1_500n })
    expect(part).toMatchObject({
      effects: { resolved: new Map([['hold', 1_500n]]), holds: new Map([['hold', hold({ status: 'posted' })]]) },
    })
  })

  it('voided: as if it had never been, also after its expiry', () => {
    const accounts = [
      { ...ANA, debitsPending: 4_000n },
      { ...LUIS, creditsPending: 4_000n },
    ]
    const voided = move({ kind: 'voidPending', holdId: 'hold' }, { accounts, holds: [hold({ expiresAt: NOW })] })
    expect(voided).toMatchObject({ effects: { entries: [{ kind: 'voidPending' }, { kind: 'voidPending' }] } })
    expect(sumsAfter(voided, 'ana')).toEqual({ ...NOTHING, creditsPosted: 10_000n })
    expect(sumsAfter(voided, 'luis')).toEqual(NOTHING)
    expect(voided).toMatchObject({
      effects: {
        resolved: new Map([['hold', 0n]]),
        holds: new Map([['hold', hold({ status: 'voided', expiresAt: NOW })]]),
      },
    })
  })

  it('one after another, each on what those before it leave, with an entry for each side', () => {
    const decided = decide({
      transfers: [posted('ana', 'luis', '100.00'), posted('luis', 'cash', '30.00'), pending('luis', 'ana', '70.00')],
    })
    if (!decided.ok) throw new Error(decided.refusal.code)
    const { entries, transfers, holds } = decided.effects
    expect(
      entries.map(({ accountId, position, kind, side, amountMinor }) => [accountId, position, kind, side, amountMinor]),
    ).toEqual([
      ['ana', 0, 'posted', 'debit', 10_000n],
      ['luis', 0, 'posted', 'credit', 10_000n],
      ['luis', 1, 'posted', 'debit', 3_000n],
      ['cash', 1, 'posted', 'credit', 3_000n],
      ['luis', 2, 'pending', 'debit', 7_000n],
      ['ana', 2, 'pending', 'credit', 7_000n],
    ])
    expect(entries.at(-1)?.after).toEqual(decided.effects.accounts.get('ana'))
    expect(transfers).toEqual([
      { kind: 'posted', debit: 'ana', credit: 'luis', amount: '100.00', currency: 'GTQ' },
      { kind: 'posted', debit: 'luis', credit: 'cash', amount: '30.00', currency: 'GTQ' },
      {
        kind: 'pending',
        debit: 'luis',
        credit: 'ana',
        amount: '70.00',
        currency: 'GTQ',
        hold: 'hold',
        expiresAt: LATER.toISOString(),
      },
    ])
    expect(holds.get('hold')).toEqual(hold({ debit: 'luis', credit: 'ana', amountMinor: 7_000n, countedDay: TIME.day }))
  })

  it('a hold is made and resolved in one transaction; the leaf names what was posted', () => {
    const decided = decide({ transfers: [pending('ana', 'luis', '40.00'), { kind: 'postPending', holdId: 'hold' }] })
    expect(sumsAfter(decided, 'luis')).toEqual({ ...NOTHING, creditsPosted: 4_000n })
    expect(decided).toMatchObject({
      effects: { transfers: [{}, { kind: 'postPending', amount: '40.00', hold: 'hold' }] },
    })
  })

  it('uncounted is said in the leaf, and a hold then counts on no day', () => {
    const decided = move({ ...pending('ana', 'luis', '1.00'), uncounted: true } as TransferPlan)
    expect(decided).toMatchObject({
      effects: { transfers: [{ uncounted: true }], holds: new Map([['hold', hold({ amountMinor: 100n })]]) },
    })
  })
})

describe('accounts', () => {
  const plan = {
    accountId: 'new',
    purpose: 'wallet',
    ownerId: null,
    currency: 'GTQ',
    normalSide: 'credit',
    noOverdraft: true,
  } as const

  it('is opened empty and can be used at once', () => {
    const decided = decide({ accounts: [plan], transfers: [posted('ana', 'new', '5.00')] })
    expect(sumsAfter(decided, 'new')).toEqual({ ...NOTHING, creditsPosted: 500n })
    const { purpose, currency, normalSide, noOverdraft } = plan
    expect(decided).toMatchObject({ effects: { opened: [{ id: 'new', purpose, currency, normalSide, noOverdraft }] } })
    expect(decided).not.toHaveProperty('effects.opened.0.limitGroups')
  })

  it('is opened once', () => {
    expect(decide({ accounts: [{ ...plan, accountId: 'ana' }] })).toEqual(
      refusal('account_exists', { accountId: 'ana' }),
    )
    expect(decide({ accounts: [plan, plan] })).toEqual(refusal('account_exists', { accountId: 'new' }))
  })

  it('names limit groups that are there, in its currency', () => {
    const limited = { ...plan, limitGroupIds: ['group'] }
    expect(decide({ accounts: [limited] }, { groups: [group()] })).toMatchObject({
      effects: { opened: [{ limitGroups: ['group'] }] },
    })
    expect(decide({ accounts: [limited] })).toEqual(refusal('limit_group_not_found', { groupId: 'group' }))
    expect(decide({ accounts: [limited] }, { groups: [group({ currency: 'USD' })] })).toEqual(
      refusal('currency_mismatch', { currency: 'USD' }),
    )
  })

  it.each<[status: AccountState['status'], before: Partial<AccountState>, expected: object, why: string]>([
    ['frozen', {}, { ok: true }, 'with money in it'],
    ['closed', { creditsPosted: 0n }, { ok: true }, 'empty'],
    ['closed', { debitsPosted: 10_000n }, { ok: true }, 'emptied'],
    [
      'closed',
      {},
      refusal('account_not_empty', { accountId: 'ana', balance: '100.00', currency: 'GTQ' }),
      'with money in it',
    ],
    [
      'closed',
      { creditsPosted: 0n, debitsPending: 1n },
      refusal('account_not_empty', { accountId: 'ana', balance: '0.00', currency: 'GTQ' }),
      'with money held',
    ],
    [
      'closed',
      { creditsPosted: 0n, creditsPending: 1n },
      refusal('account_not_empty', { accountId: 'ana', balance: '0.00', currency: 'GTQ' }),
      'with money coming',
    ],
    ['open', { status: 'closed' }, refusal('account_closed', { accountId: 'ana' }), 'closed is for good'],
    ['open', { status: 'frozen' }, { ok: true }, 'unfrozen'],
  ])('becomes %s: %#', (status, before, expected, _why) => {
    const decided = decide({ changes: [{ accountId: 'ana', status }] }, { accounts: [{ ...ANA, ...before }] })
    expect(decided).toMatchObject(expected)
    if (decided.ok) {
      expect(decided.effects.changed).toEqual([{ id: 'ana', status }])
      expect(decided.effects.accounts.get('ana')?.status).toBe(status)
    }
  })
})

it('whatever is decided, debits equal credits and nobody guarded is below zero (property)', () => {
  const name = fc.constantFrom('ana', 'luis', 'cash')
  const amount = fc.bigInt(1n, 12_000n).map((minor) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`)
  fc.assert(
    fc.property(
      fc.array(fc.record({ debit: name, credit: name, amount, isHold: fc.boolean() }), { maxLength: 8 }),
      (moves) => {
        const transfers = moves.map(({ debit, credit, amount: text, isHold }, at) =>
          isHold ? { ...pending(debit, credit, text), holdId: `hold ${at}` } : posted(debit, credit, text),
        ) as TransferPlan[]
        const decided = decide({ transfers })
        if (!decided.ok) return
        const all = ['ana', 'luis', 'cash'].map(
          (id) => decided.effects.accounts.get(id) ?? viewOf({}).account(id) ?? CASH,
        )
        const sum = (of: (account: AccountState) => bigint) => all.reduce((total, one) => total + of(one), 0n)
        expect(sum((one) => one.debitsPosted)).toBe(sum((one) => one.creditsPosted) - 10_000n)
        expect(sum((one) => one.debitsPending)).toBe(sum((one) => one.creditsPending))
        for (const one of all) {
          if (one.noOverdraft)
            expect(one.creditsPosted - one.debitsPosted - one.debitsPending).toBeGreaterThanOrEqual(0n)
        }
      },
    ),
  )
})
