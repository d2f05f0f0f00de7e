import { toUuid } from '@pisto/ledger'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseHandlers } from '../cases/handlers.ts'
import { paymentHandlers } from '../payments/handlers.ts'
import { MemoryKeyring } from '../payments/testing/memory-keyring.ts'
import { aConsumerWithWallet, aMerchantWithWallet, fund } from '../payments/testing/wallets.ts'
import type { Person } from '../sessions/person.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { monitoringHandlers } from './handlers.ts'
import { Monitoring, monitor } from './worker.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>
type Holder = Awaited<ReturnType<typeof aConsumerWithWallet>>

const SOMEBODY: Omit<Person, 'deviceThumbprint'> = {
  ...{ id: 'per_01kb2xbfmze3mv9d0fq0n5x3ck', sessionId: 'ses_01kb2xbfmze3mv9d0fq0n5x3ck', phone: null },
  ...{ scopes: new Set(), memberships: [] },
}

async function scene() {
  const tenant = await aTenant(world)
  const [payer, payee] = [await aConsumerWithWallet(world, tenant), await aMerchantWithWallet(world, tenant)]
  return { tenant, payer, payee }
}

async function pay(
  tenant: Tenant,
  payer: Holder,
  payee: Holder,
  amount: string,
  times = 1,
  device?: string,
): Promise<void> {
  const person = device === undefined ? undefined : { ...SOMEBODY, deviceThumbprint: device }
  for (let time = 0; time < times; time++) {
    await fund(world, tenant, payer.accountId, amount)
    const body = { payerAccountId: payer.accountId, alias: payee.alias, amount: { amount, currency: 'GTQ' } } as const
    await paymentHandlers({ ...world, keys: new MemoryKeyring() }).createPayment(
      { body, query: {} },
      { ...aCall(tenant, 'createPayment', world.ids.next('pay')), person },
    )
  }
}

const paymentsOf = (tenant: Tenant) =>
  paymentHandlers({ ...world, keys: new MemoryKeyring() }).listPayments({ query: {} }, aCall(tenant, 'listPayments'))

async function alerts(tenant: Tenant): Promise<string[]> {
  await monitor(world, tenant.id)
  const query = { kind: 'monitoring' } as const
  const { data } = await caseHandlers(world).listCases({ query }, aCall(tenant, 'listCases'))
  return data.map(({ rule, personId, evidence }) => `${rule} ${personId} ${evidence['count']}`)
}

it('many payments just below the threshold raise one case, about the payer', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '900.00', 3)
  expect(await alerts(tenant)).toEqual([])

  await pay(tenant, payer, payee, '999.99')

  expect(await alerts(tenant)).toEqual([`many-under-threshold@0 ${payer.id} 4`])
  await pay(tenant, payer, payee, '900.00')
  expect(await alerts(tenant), 'one is enough for this stretch of time').toHaveLength(1)
})

it.each([
  ['1000.00', 'the threshold itself is above it'],
  ['799.99', 'less than its share'],
])('four payments of %s raise nothing: %s', async (amount, _why) => {
  const { tenant, payer, payee } = await scene()

  await pay(tenant, payer, payee, amount, 4)

  expect(await alerts(tenant)).toEqual([])
})

const rule = (tenant: Tenant, body: object) =>
  monitoringHandlers(world).createMonitoringRule(
    { body: { actor: 'ana', source: 'a test', isActive: true, ...body } as never },
    aCall(tenant, 'createMonitoringRule'),
  )

it('velocity, by a rule of the tenant’s own, in its newest version', async () => {
  const { tenant, payer, payee } = await scene()
  await rule(tenant, { name: 'velocity', kind: 'velocity', parameters: { windowHours: 1, count: 50 } })
  await rule(tenant, { name: 'velocity', kind: 'velocity', parameters: { windowHours: 1, count: 3 } })

  await pay(tenant, payer, payee, '1.00', 3)

  expect(await alerts(tenant)).toEqual([`velocity@2 ${payer.id} 3`])
})

it('an alert says what it was raised on: the payments, what they come to, and what the rule was', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '1.00')
  await pay(tenant, payer, payee, '900.50', 4)
  await alerts(tenant)

  const { data } = await caseHandlers(world).listCases({ query: {} }, aCall(tenant, 'listCases'))
  const { data: made } = await paymentsOf(tenant)
  expect(data).toMatchObject([
    {
      evidence: {
        ...{ count: '4', amount: '3602.00', currency: 'GTQ', to: made[0]?.createdAt },
        payments: made.slice(0, 4).map(({ id }) => id),
      },
    },
  ])
  expect(JSON.parse(String(data[0]?.evidence['rule']))).toMatchObject({
    ...{ kind: 'underThreshold', parameters: { windowHours: 24, count: 4, amount: '1000.00', percent: 80 } },
    source: expect.stringContaining('FATF'),
  })
})

it('looked at hours later, a stretch of time still ends with the payments; two of them are two cases', async () => {
  const { tenant, payer, payee } = await scene()
  await rule(tenant, { name: 'velocity', kind: 'velocity', parameters: { windowHours: 1, count: 3 } })
  await pay(tenant, payer, payee, '1.00', 3)
  world.clock.advance(5 * 3600)
  await pay(tenant, payer, payee, '1.00', 2)
  world.clock.advance(5 * 3600)
  await pay(tenant, payer, payee, '1.00', 3)
  world.clock.advance(48 * 3600)

  expect(await alerts(tenant)).toEqual(Array(2).fill(`velocity@1 ${payer.id} 3`))
})

it('what fails for one institution does not keep it from the others', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '900.00', 4)
  const log = pino({ level: 'silent' })
  const tenants = { list: async () => [{ id: 'ten_of-nobody' }, tenant] }

  await new Monitoring({ ...world, tenants, log }).sweep()

  const { data } = await caseHandlers(world).listCases({ query: {} }, aCall(tenant, 'listCases'))
  expect(data).toHaveLength(1)
})

it('many payers to one payee raise a case about the payee', async () => {
  const { tenant, payer, payee } = await scene()
  await rule(tenant, { name: 'many-payers', kind: 'manyPayers', parameters: { windowHours: 1, count: 3 } })
  const others = [await aConsumerWithWallet(world, tenant), await aConsumerWithWallet(world, tenant)]

  await pay(tenant, payer, payee, '1.00', 3)
  expect(await alerts(tenant)).toEqual([])
  for (const other of others) await pay(tenant, other, payee, '1.00')

  expect(await alerts(tenant)).toEqual([`many-payers@1 ${payee.id} 3`])
})

it('long quiet and then busy', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '1.00')
  expect(await alerts(tenant)).toEqual([])
  await world.db.query(`update payments set created_at = created_at - interval '100 days' where tenant_id = $1`, [
    toUuid(tenant.id, 'ten'),
  ])

  await pay(tenant, payer, payee, '1.00', 5)

  expect(await alerts(tenant)).toEqual([`dormant-then-busy@0 ${payer.id} 5`])
})

it('much paid from a device that somebody never paid with raises one case about them', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '2000.00', 1, 'their first phone')
  expect(await alerts(tenant), 'who has paid from nothing else has no new device').toEqual([])
  await pay(tenant, payer, payee, '999.99', 1, 'another phone')
  expect(await alerts(tenant), 'it is not much').toEqual([])

  await pay(tenant, payer, payee, '1000.00', 2, 'another phone')

  expect(await alerts(tenant)).toEqual([`new-device@0 ${payer.id} 2`])
})

it('a device is new for a day; a bank that pays for somebody has none', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '1.00')
  await pay(tenant, payer, payee, '1.00', 1, 'a phone')
  expect(await alerts(tenant)).toEqual([])
  const earlier = `created_at - interval '25 hours' where tenant_id = $1`
  for (const table of ['payments', 'payment_devices']) {
    await world.db.query(`update ${table} set created_at = ${earlier}`, [toUuid(tenant.id, 'ten')])
  }

  await pay(tenant, payer, payee, '2000.00', 1, 'a phone')
  await pay(tenant, payer, payee, '2000.00')

  expect(await alerts(tenant)).toEqual([])
})

it('a rule that is switched off raises nothing', async () => {
  const { tenant, payer, payee } = await scene()
  const parameters = { windowHours: 24, count: 4, amount: '1000.00', percent: 80 }
  await rule(tenant, { name: 'many-under-threshold', kind: 'underThreshold', parameters, isActive: false })

  await pay(tenant, payer, payee, '900.00', 4)

  expect(await alerts(tenant)).toEqual([])
})

it.each([
  ['underThreshold', {}, 'windowHours, count, amount, percent'],
  ['velocity', { amount: '1.00' }, 'windowHours, count'],
  ['dormantThenBusy', { percent: 80 }, 'windowHours, count, dormantDays'],
  ['newDevice', {}, 'windowHours, count, amount'],
  ['velocity', { count: 1 }, 'windowHours, count'],
])('a rule %s with %j is incomplete', async (kind, more, parameters) => {
  const tenant = await aTenant(world)
  const body = { name: 'x', kind, parameters: { windowHours: 1, count: 2, ...more } }

  await expect(rule(tenant, body)).rejects.toMatchObject({ code: 'monitoring_rule_incomplete', facts: { parameters } })
})

it('lists what counts: what ships, and the tenant’s own in place of it', async () => {
  const tenant = await aTenant(world)
  await rule(tenant, { name: 'velocity', kind: 'velocity', parameters: { windowHours: 1, count: 3 } })

  const { data } = await monitoringHandlers(world).listMonitoringRules({ query: {} }, aCall(tenant, 'list'))

  expect(data.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'dormant-then-busy 0',
    'many-payers 0',
    'many-under-threshold 0',
    'new-device 0',
    'velocity 1',
  ])
})

it('an alert that two people confirmed is in the report for the authority, with who it is; no spreadsheet runs it', async () => {
  const { tenant, payer, payee } = await scene()
  await pay(tenant, payer, payee, '900.00', 4)
  await alerts(tenant)
  const cases = caseHandlers(world)
  const { data } = await cases.listCases({ query: {} }, aCall(tenant, 'listCases'))
  const [{ id: caseId } = { id: '' }] = data
  const report = async (format: 'json' | 'csv') => {
    const { pieces } = await cases.getCaseReport({ query: { format } }, aCall(tenant, 'getCaseReport'))
    let text = ''
    for await (const piece of pieces) text += piece
    return text
  }
  expect(JSON.parse(await report('json'))).toEqual({ cases: [] })

  for (const actor of ['ana', 'luis']) {
    const body = { actor, outcome: 'confirmed' as const, reasons: ['unexplained' as const] }
    await cases.decideCase({ caseId, body }, aCall(tenant, 'decideCase'))
  }

  expect(JSON.parse(await report('json'))).toMatchObject({
    cases: [{ caseId, rule: 'many-under-threshold@0', personId: payer.id, reasons: ['unexplained'], country: 'GT' }],
  })
  const [head, row] = (await report('csv')).split('\r\n')
  expect(head).toContain('caseId,kind,rule')
  expect(row).toContain(`${caseId},monitoring,many-under-threshold@0`)
})
