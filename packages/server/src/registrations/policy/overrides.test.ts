import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toUuid } from '@pisto/ledger'
import { expect, it } from 'vitest'
import { startServer } from '../../start.ts'
import { clientOf, register } from '../../testing/client.ts'
import { limitsUnder, overrideOn, readOverrides, versionsAt } from './overrides.ts'
import { policyOf, policyOn, type TierLimits, tierOf } from './policy.ts'

const OWN = {
  ...{ tenant: 'gtbank', country: 'GT', version: 'gtbank-2026-1', effectiveFrom: '2026-01-01' },
  source: { decision: 'Acta 41-2026 del comité de riesgos', decidedOn: '2026-11-20' },
  tiers: [{ tier: 1, limits: { in: { perDay: '2000.00' }, balance: '5000.00' } }],
}
const LATER = { ...OWN, version: 'gtbank-2027-1', effectiveFrom: '2027-01-01' }
const withLimits = (limits: object, tier = 1) => [{ ...OWN, tiers: [{ tier, limits }] }]

it.each([
  [
    '/0/tiers/0/limits/in/perDay',
    'tighterOnly',
    withLimits({ in: { perDay: '10000.01' } }),
    'a cent more than the law',
  ],
  ['/0/tiers/0/limits/balance', 'tighterOnly', withLimits({ balance: '99999999.00' }), 'more than the law'],
  ['/0/tiers/0/limits/out/perMonth', 'amountInvalid', withLimits({ out: { perMonth: '12.5' } }), 'no amount'],
  ['/0/tiers/0/limits', 'schema', withLimits({}), 'nothing'],
  ['/0/tiers/0/limits', 'schema', withLimits({ perYear: '1.00' }), 'a limit that there is not'],
  ['/0', 'schema', [{ ...OWN, source: undefined }], 'nobody who decided'],
  ['', 'schema', OWN, 'no list'],
])('refuses at %s by the rule %s: %j: %s', (pointer, rule, data, _why) => {
  expect(() => readOverrides(JSON.parse(JSON.stringify(data)))).toThrow(
    expect.objectContaining({ name: 'OverrideRefused', pointer, rule }),
  )
})

it('as much as the policy is allowed; what is left out stays; a policy that is tighter later wins', () => {
  const policyOverrides = readOverrides(withLimits({ in: { perDay: '10000.00' }, out: { perPayment: '1.00' } }))
  const tenant = { country: 'GT', policyOverrides } as const
  const widest = tierOf(policyOn('GT', '2026-11-28'), 1)?.limits as TierLimits

  const own = limitsUnder(widest, 1, tenant, 'gt-2026-11-28+gtbank-2026-1')
  expect(own).toEqual({ ...widest, out: { ...widest.out, perPayment: '1.00' } })
  const law = { ...widest, in: { ...widest.in, perDay: '9.00' } }
  expect(limitsUnder(law, 1, tenant, 'gt-2027+gtbank-2026-1').in.perDay).toBe('9.00')
  expect(limitsUnder(widest, 1, tenant, 'gt-2026-11-28'), 'decided before there was one').toBe(widest)
  expect(limitsUnder(widest, 2, tenant, 'gt-2026-11-28+gtbank-2026-1'), 'another tier').toBe(widest)
})

it('from its day on decisions name both versions; an older decision keeps the override that it was made under', () => {
  const policyOverrides = readOverrides([OWN, LATER])
  const tenant = { country: 'GT', timeZone: 'America/Guatemala', policyOverrides } as const

  expect(versionsAt(tenant, new Date('2027-01-01T05:59:59Z'))).toBe('gt-2026-11-28+gtbank-2026-1')
  expect(versionsAt(tenant, new Date('2027-01-01T06:00:00Z'))).toBe('gt-2026-11-28+gtbank-2027-1')
  expect(versionsAt({ ...tenant, policyOverrides: [] }, new Date('2027-01-01T06:00:00Z'))).toBe('gt-2026-11-28')
  expect(overrideOn(tenant, '2025-12-31')).toBeUndefined()
  expect(policyOf({ country: 'GT', policyVersion: 'gt-2026-11-24+gtbank-2026-1' }).version).toBe('gt-2026-11-24')
})

const fileOf = (data: unknown): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'overrides-')), 'overrides.json')
  writeFileSync(path, JSON.stringify(data))
  return path
}

it('an institution has the limits that it decided, and shows them; another one does not', async () => {
  const policyOverrides = fileOf([OWN])
  const server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true, policyOverrides })
  try {
    const [gt, hn] = [clientOf(server, 'GT'), clientOf(server, 'HN')]
    const { id, accountId } = await register(gt, 'consumers')

    const { body } = await gt.get('/v1/policies/GT')
    const { tenant: _, country: __, ...shown } = OWN
    expect(body.overrides).toEqual([{ ...shown, isInForce: true }])
    expect((await hn.get('/v1/policies/GT')).body.overrides).toEqual([])
    const tenant = server.tenants.find(({ country }) => country === 'GT')
    const [limits] = (await server.runtime.ledger.findAccountLimits(tenant?.id ?? '', accountId)) ?? []
    expect(limits).toMatchObject({
      policyVersion: 'gt-2026-11-28+gtbank-2026-1',
      limits: { balance: '5000.00', in: { day: '2000.00', single: '5000.00' }, out: { day: '10000.00' } },
    })
    const rows = await server.runtime.db.query('select policy_version from registrations where id = $1', [toUuid(id)])
    expect(rows).toEqual([{ policy_version: 'gt-2026-11-28+gtbank-2026-1' }])
  } finally {
    await server.stop()
  }
})

it('a server does not start with an override that the law does not permit, and says which', async () => {
  const policyOverrides = fileOf(withLimits({ balance: '99999999.00' }))

  await expect(startServer({ port: 0, dataDir: 'memory', log: 'silent', policyOverrides })).rejects.toThrow(
    /\/0\/tiers\/0\/limits\/balance: tighterOnly: gt-.* allows at most 25000\.00/,
  )
})
