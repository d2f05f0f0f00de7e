import { describe, expect, it } from 'vitest'
import type { TransferPlan } from '../model.ts'
import {
  ANA,
  CASH,
  decide,
  GTQ,
  group,
  hold,
  LUIS,
  move,
  pending,
  posted,
  refusal,
  TIME,
  UNLIMITED,
} from '../testing/decide-scene.ts'
import type { LimitGroupState } from './limit-group.ts'
import { type Limits, limitsAsText, limitsInMinor } from './limits.ts'

describe('limits', () => {
  const limited = { ...ANA, limitGroupIds: ['group'] }
  const from = { accounts: [limited, LUIS, CASH] }
  const out = (limits: Partial<LimitGroupState['limits']['out']>, change: Partial<LimitGroupState> = {}) => [
    group({ limits: { in: UNLIMITED, out: { ...UNLIMITED, ...limits }, balance: undefined }, ...change }),
  ]

  it.each<
    [limit: Partial<LimitGroupState['limits']['out']>, before: Partial<LimitGroupState>, facts: Record<string, string>]
  >([
    [{ single: 99n }, {}, { limit: 'single', allowed: '0.99', remaining: '0.99' }],
    [{ day: 199n }, { dayOut: 100n }, { limit: 'day', allowed: '1.99', remaining: '0.99', period: '2026-01-15' }],
    [{ day: 50n }, { dayOut: 100n }, { limit: 'day', allowed: '0.50', remaining: '0.00', period: '2026-01-15' }],
    [{ month: 199n }, { monthOut: 100n }, { limit: 'month', allowed: '1.99', remaining: '0.99', period: '2026-01' }],
  ])('going out: %#', (limits, before, facts) => {
    const refused = refusal('limit_exceeded', { currency: 'GTQ', policyVersion: 'v1', ...facts })
    expect(move(posted('ana', 'luis', '1.00'), { ...from, groups: out(limits, before) })).toEqual(refused)
    expect(
      move(posted('ana', 'luis', '0.99'), {
        ...from,
        groups: out({ ...limits, ...(limits.day === 50n && { day: 199n }) }, before),
      }),
    ).toMatchObject({ ok: true })
  })

  it('counters go on from where they are, on the day of the batch', () => {
    const on = (day: string) =>
      out({}, { day, dayIn: 1n, dayOut: 2n, monthIn: 3n, monthOut: 4n, balanceMinor: 10_000n })
    const after = (day: string) => {
      const decided = move(posted('ana', 'luis', '1.00'), { ...from, groups: on(day) })
      return decided.ok && decided.effects.limitGroups.get('group')
    }
    const moved = { day: '2026-01-15', balanceMinor: 9_900n }
    expect(after('2026-01-15')).toMatchObject({ ...moved, dayIn: 1n, dayOut: 102n, monthIn: 3n, monthOut: 104n })
    expect(after('2026-01-14')).toMatchObject({ ...moved, dayIn: 0n, dayOut: 100n, monthIn: 3n, monthOut: 104n })
    expect(after('2025-12-31')).toMatchObject({ ...moved, dayIn: 0n, dayOut: 100n, monthIn: 0n, monthOut: 100n })
  })

  it.each<[name: string, limits: Partial<LimitGroupState['limits']>, before: Partial<LimitGroupState>]>([
    ['single', { in: { ...UNLIMITED, single: 99n } }, {}],
    ['day', { in: { ...UNLIMITED, day: 199n } }, { dayIn: 100n }],
    ['month', { in: { ...UNLIMITED, month: 199n } }, { monthIn: 100n }],
    ['balance', { balance: 10_099n }, { balanceMinor: 10_000n }],
  ])('in %s: the other side learns the name alone', (limit, limits, before) => {
    const groups = [group({ limits: { in: UNLIMITED, out: UNLIMITED, balance: undefined, ...limits }, ...before })]
    const books = { accounts: [limited, CASH], groups }
    expect(move(posted('cash', 'ana', '1.00'), books)).toEqual(
      refusal('receiving_limit_exceeded', { limit, currency: 'GTQ', policyVersion: 'v1' }),
    )
    const decided = move(posted('cash', 'ana', '0.99'), books)
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      balanceMinor: (before.balanceMinor ?? 0n) + 99n,
      dayIn: (before.dayIn ?? 0n) + 99n,
      monthIn: (before.monthIn ?? 0n) + 99n,
      dayOut: 0n,
    })
  })

  it('uncounted moves the balance and nothing else', () => {
    const groups = out({ single: 0n }, { balanceMinor: 10_000n })
    const decided = move({ ...posted('ana', 'luis', '1.00'), uncounted: true } as TransferPlan, { ...from, groups })
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      balanceMinor: 9_900n,
      dayOut: 0n,
      monthOut: 0n,
    })
  })

  it('a hold going out leaves the balance until it is posted', () => {
    const decided = move(pending('ana', 'luis', '1.00'), { ...from, groups: out({}, { balanceMinor: 10_000n }) })
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      balanceMinor: 10_000n,
      dayOut: 100n,
    })
  })

  it.each<[countedDay: string | null, dayOut: bigint, monthOut: bigint, why: string]>([
    ['2026-01-15', 7_500n, 7_500n, 'the same day: both'],
    ['2026-01-14', 10_000n, 7_500n, 'an earlier day of this month: the month'],
    ['2025-12-31', 10_000n, 10_000n, 'an earlier month: nothing'],
    [null, 10_000n, 10_000n, 'never counted: nothing'],
  ])('a hold counted on %s gives back what is not posted: %#', (countedDay, dayOut, monthOut, _why) => {
    const groups = out({}, { dayOut: 10_000n, monthOut: 10_000n, balanceMinor: 10_000n })
    const accounts = [
      { ...limited, debitsPending: 4_000n },
      { ...LUIS, creditsPending: 4_000n },
    ]
    const part: TransferPlan = { kind: 'postPending', holdId: 'hold', amount: GTQ('15.00') }
    const decided = move(part, { accounts, groups, holds: [hold({ countedDay })] })
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      dayOut,
      monthOut,
      balanceMinor: 8_500n,
    })
  })

  it.each<[kind: 'postPending' | 'voidPending', dayIn: bigint, balanceMinor: bigint]>([
    ['postPending', 4_000n, 4_000n],
    ['voidPending', 0n, 0n],
  ])('coming in, %s: the pending credit becomes money, or goes', (kind, dayIn, balanceMinor) => {
    const groups = [group({ dayIn: 4_000n, monthIn: 4_000n, balanceMinor: 4_000n })]
    const accounts = [
      { ...ANA, debitsPending: 4_000n },
      { ...LUIS, creditsPending: 4_000n, limitGroupIds: ['group'] },
    ]
    const decided = move({ kind, holdId: 'hold' }, { accounts, groups, holds: [hold({ countedDay: TIME.day })] })
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      dayIn,
      monthIn: dayIn,
      balanceMinor,
    })
  })

  it('between accounts of one group nothing is counted and nothing refused', () => {
    const both = [limited, { ...LUIS, limitGroupIds: ['group'] }]
    const groups = out({ single: 0n }, { balanceMinor: 10_000n })
    const decided = move(posted('ana', 'luis', '1.00'), { accounts: both, groups })
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      dayOut: 0n,
      dayIn: 0n,
      balanceMinor: 10_000n,
    })
    const held = [
      { ...limited, debitsPending: 4_000n },
      { ...LUIS, creditsPending: 4_000n, limitGroupIds: ['group'] },
    ]
    const resolved = move(
      { kind: 'voidPending', holdId: 'hold' },
      {
        accounts: held,
        groups: out({}, { dayOut: 5n, balanceMinor: 14_000n }),
        holds: [hold({ countedDay: TIME.day })],
      },
    )
    expect(resolved.ok && resolved.effects.limitGroups.get('group')).toMatchObject({
      dayOut: 5n,
      balanceMinor: 10_000n,
    })
  })

  it('are set, with the counters going on; a group keeps its currency', () => {
    const plan = {
      groupId: 'group',
      ownerId: 'mer',
      currency: 'GTQ',
      policyVersion: 'v2',
      limits: { out: { day: '5.00' }, balance: '9.00' },
    }
    const fresh = decide({ limitGroups: [plan] })
    const limits = { in: UNLIMITED, out: { ...UNLIMITED, day: 500n }, balance: 900n }
    expect(fresh.ok && fresh.effects.limitGroups.get('group')).toEqual(
      group({ ownerId: 'mer', policyVersion: 'v2', limits }),
    )
    expect(fresh).toMatchObject({
      effects: { limitsSet: [{ id: 'group', currency: 'GTQ', policyVersion: 'v2', limits: plan.limits }] },
    })
    const changed = decide({ limitGroups: [plan] }, { groups: [group({ dayOut: 7n, day: '2026-01-14' })] })
    expect(changed.ok && changed.effects.limitGroups.get('group')).toEqual(group({ policyVersion: 'v2', limits }))
    expect(decide({ limitGroups: [{ ...plan, currency: 'USD', limits: {} }] }, { groups: [group()] })).toEqual(
      refusal('currency_mismatch', { currency: 'GTQ' }),
    )
    expect(() => decide({ limitGroups: [{ ...plan, limits: { balance: '-1.00' } }] })).toThrow(RangeError)
  })

  it('who has more than the limit already may still pay', () => {
    const groups = [group({ limits: { in: UNLIMITED, out: UNLIMITED, balance: 100n }, balanceMinor: 10_000n })]
    expect(move(posted('ana', 'luis', '1.00'), { ...from, groups })).toMatchObject({ ok: true })
  })

  it('money goes into a debit account by its debit', () => {
    const float = { ...CASH, limitGroupIds: ['group'] }
    const decided = move(posted('cash', 'luis', '1.00'), { accounts: [float, LUIS], groups: [group()] })
    expect(decided.ok && decided.effects.limitGroups.get('group')).toMatchObject({
      dayIn: 100n,
      dayOut: 0n,
      balanceMinor: 100n,
    })
  })

  it.each<Limits>([
    {},
    { balance: '0.00' },
    {
      in: { single: '1.00', day: '2.00', month: '3.00' },
      out: { single: '4.00', day: '5.00', month: '6.00' },
      balance: '7.00',
    },
    { out: { month: '6.00' } },
    { in: { day: '0.00' } },
  ])('are the same as text and in minor units: %j', (limits) => {
    expect(limitsAsText(limitsInMinor(limits, 'GTQ'), 'GTQ')).toEqual({ in: {}, out: {}, ...limits })
  })
})
