import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../start.ts'
import { clientOf, register } from '../../testing/client.ts'
import { json, send } from '../../testing/send.ts'
import { limitsUnder, mistakesOf, overrideOn, type PolicyOverride, versionsAt } from './overrides.ts'
import { type Policy, policiesOf, policyOf, policyOn, type TierLimits, tierOf } from './policy.ts'

const TODAY = '2026-11-28'
const GT = policyOn('GT', TODAY)
const WIDEST = tierOf(GT, 1)?.limits as TierLimits

const override = (number: number, effectiveFrom: string, limits: object = {}): PolicyOverride => ({
  ...{ number, version: `gtbank-${number}`, effectiveFrom, decidedBy: 'ana.lopez', createdAt: new Date(0) },
  source: { decision: 'Acta 41-2026 del comité de riesgos', decidedOn: '2026-11-20' },
  tiers: [{ tier: 1, limits }],
})
const FLOORED: Policy = {
  ...GT,
  tenantMay: [
    { tiers: [1], figures: ['balance'], atLeast: '1000.00', atMost: null, source: null },
    { tiers: [1], figures: ['in.perDay'], atLeast: '0.00', atMost: '12000.00', source: null },
  ],
}

it.each([
  [GT, { in: { perDay: '10000.01' } }, '/in/perDay', 'above_most', 'a cent more than the law'],
  [GT, { in: { perDay: '10000.00' } }, undefined, undefined, 'as much as the law'],
  [GT, { out: { perMonth: '0.00' }, balance: '0.00' }, undefined, undefined, 'nothing at all'],
  [FLOORED, { balance: '999.99' }, '/balance', 'below_least', 'less than the law lets an institution offer'],
  [FLOORED, { out: { perDay: '1.00' } }, '/out/perDay', 'not_permitted', 'a figure that is the law’s alone'],
  [FLOORED, { in: { perDay: '12000.00' } }, undefined, undefined, 'wider, where the law says how wide'],
  [FLOORED, { in: { perDay: '12000.01' } }, '/in/perDay', 'above_most', 'wider than that'],
])('%#: of tier 1 an institution sets %j: refused at %s by %s (%s)', (policy, limits, at, code, _why) => {
  const mistakes = mistakesOf([policy], override(1, TODAY, limits), TODAY)

  const pointer = `/policyOverrides/tiers/0/limits${at}`
  expect(mistakes.map((one) => [one.pointer, one.code])).toEqual(code === undefined ? [] : [[pointer, code]])
})

it('every mistake is told, in each version that is in force then; nothing is set for the past', () => {
  const tiers = [1, 1].map((tier) => ({ tier, limits: { balance: '99999999.00' } }))
  const mistakes = mistakesOf(policiesOf('GT'), { effectiveFrom: '2026-11-01', tiers }, TODAY)

  expect(mistakes.map(({ pointer, code }) => `${pointer.slice(17)} ${code}`)).toEqual([
    'effectiveFrom effective_in_past',
    ...policiesOf('GT').map(() => 'tiers/0/limits/balance above_most'),
    'tiers/1/tier tier_repeated',
    ...policiesOf('GT').map(() => 'tiers/1/limits/balance above_most'),
  ])
  const none = { ...GT, tiers: GT.tiers.filter(({ tier }) => tier !== 1) }
  expect(mistakesOf([none], override(1, TODAY), TODAY)).toMatchObject([{ code: 'tier_unknown' }])
})

it('what is left out stays; a later policy bounds what was set under an earlier one', () => {
  const under = (policy: Policy, limits: object, tier = 1, versions = 'gt-2026-11-28+gtbank-1') =>
    limitsUnder(policy, tier, { country: 'GT', policyOverrides: [override(1, TODAY, limits)] }, versions)

  expect(under(GT, { out: { perPayment: '1.00' } })).toEqual({ ...WIDEST, out: { ...WIDEST.out, perPayment: '1.00' } })
  expect(under(GT, { balance: '1.00' }, 1, 'gt-2026-11-28'), 'decided before there was one').toBe(WIDEST)
  expect(under(GT, { balance: '1.00' }, 2), 'another tier').toBe(tierOf(GT, 2)?.limits)
  expect(under(GT, { balance: '1.00' }, 9)).toBeUndefined()
  expect(under(FLOORED, { balance: '1.00', out: { perDay: '1.00' }, in: { perDay: '99999.00' } })).toEqual({
    ...{ ...WIDEST, balance: '1000.00' },
    in: { ...WIDEST.in, perDay: '12000.00' },
  })
})

it('from its day on decisions name both versions; of two of one day the one that was set later counts', () => {
  const policyOverrides = [override(1, '2026-11-28'), override(2, '2027-01-01'), override(3, '2026-11-28')]
  const tenant = { country: 'GT', timeZone: 'America/Guatemala', policyOverrides } as const

  expect(versionsAt(tenant, new Date('2027-01-01T05:59:59Z'))).toBe('gt-2026-11-28+gtbank-3')
  expect(versionsAt(tenant, new Date('2027-01-01T06:00:00Z'))).toBe('gt-2026-11-28+gtbank-2')
  expect(versionsAt({ ...tenant, policyOverrides: [] }, new Date('2027-01-01T06:00:00Z'))).toBe('gt-2026-11-28')
  expect(overrideOn(tenant, '2026-11-27')).toBeUndefined()
  expect(policyOf({ country: 'GT', policyVersion: 'gt-2026-11-24+gtbank-1' }).version).toBe('gt-2026-11-24')
})

describe('an institution sets its limits', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  })
  afterAll(() => server.stop())

  const source = { decision: 'Acta 41-2026 del comité de riesgos', decidedOn: '2026-11-20' }
  const tiers = [{ tier: 1, limits: { in: { perDay: '2000.00' }, balance: '5000.00' } }]

  function patch(policyOverrides: object, headers: object = {}) {
    const { headers: sent, ...body } = json({ actor: 'ana.lopez', policyOverrides: { source, ...policyOverrides } })
    const { authorization } = clientOf(server)
    return send(server.url, {
      ...{ method: 'PATCH', path: '/v1/tenant', ...body },
      headers: { ...sent, authorization, ...headers },
    })
  }
  const limitsOf = async (accountId: string) => {
    const tenant = server.tenants.find(({ country }) => country === 'GT')
    const [limits] = (await server.runtime.ledger.findAccountLimits(tenant?.id ?? '', accountId)) ?? []
    return limits
  }

  it('at once, for whoever comes from then on; shows them, and who set them', async () => {
    const [gt, hn] = [clientOf(server, 'GT'), clientOf(server, 'HN')]
    const before = await register(gt, 'consumers')
    const first = await gt.get('/v1/tenant')
    expect(first.body).toMatchObject({ policyOverrides: null, revision: 0 })

    const set = await patch({ tiers }, { 'if-match': first.headers['etag'], 'idempotency-key': 'limits' })
    expect(set).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { revision: 1 } })
    expect(set.body.policyOverrides).toMatchObject({
      ...{ version: 'gtbank-1', isInForce: true, source, tiers, decidedBy: 'ana.lopez' },
    })
    const { id, accountId } = await register(gt, 'consumers')
    expect(await limitsOf(accountId)).toMatchObject({
      policyVersion: 'gt-2026-11-28+gtbank-1',
      limits: { balance: '5000.00', in: { day: '2000.00', single: '5000.00' }, out: { day: '10000.00' } },
    })
    expect(await limitsOf(before.accountId)).toMatchObject({ limits: { balance: WIDEST.balance } })
    const rows = await server.runtime.db.query('select policy_version from registrations where id = $1', [toUuid(id)])
    expect(rows).toEqual([{ policy_version: 'gt-2026-11-28+gtbank-1' }])

    expect((await gt.get('/v1/policies/GT')).body.overrides).toEqual([set.body.policyOverrides])
    expect((await hn.get('/v1/policies/GT')).body.overrides).toEqual([])
    const again = await patch({ tiers }, { 'if-match': first.headers['etag'], 'idempotency-key': 'limits' })
    expect([again.headers['idempotent-replayed'], again.body]).toEqual(['true', set.body])
    const { body: events } = await gt.get('/v1/events?types=tenant.updated')
    expect(events.data).toMatchObject([{ objectId: set.body.id, status: 'active' }])
  })

  it('not over what somebody else has set meanwhile', async () => {
    const stale = await patch({ tiers: [] }, { 'if-match': '"0"' })
    expect(stale.body).toMatchObject({ status: 412, code: 'revision_stale', facts: { revision: '1' } })
    expect((await patch({ tiers: [], effectiveFrom: '2099-01-01' }, { 'if-match': '"0", "1"' })).body).toMatchObject({
      ...{ revision: 2, policyOverrides: { version: 'gtbank-2', isInForce: false } },
    })
    const { accountId } = await register(clientOf(server), 'consumers')
    expect(await limitsOf(accountId)).toMatchObject({ policyVersion: 'gt-2026-11-28+gtbank-1' })
    expect((await patch({ tiers: [] })).body).toMatchObject({
      policyOverrides: { version: 'gtbank-3', isInForce: true },
    })
    const { accountId: later } = await register(clientOf(server), 'consumers')
    expect(await limitsOf(later)).toMatchObject({ limits: { balance: WIDEST.balance } })
  })

  it('within what the law lets it set', async () => {
    const { body } = await patch({ tiers: [{ tier: 1, limits: { balance: '99999999.00' } }] })

    expect(body).toMatchObject({
      ...{ status: 422, code: 'policy_override_refused' },
      errors: [{ pointer: '/policyOverrides/tiers/0/limits/balance', code: 'above_most' }],
    })
    expect((await patch({ tiers: [{ tier: 1, limits: { balance: '-1.00' } }] })).body.code).toBe('request_invalid')
  })
})
