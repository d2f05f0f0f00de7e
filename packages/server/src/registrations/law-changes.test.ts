import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { consumerHandlers } from '../consumers/handlers.ts'
import { dueWorkerOf } from '../testing/due-work.ts'
import { aConsumer } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { checkDueHandlers } from './checks.ts'
import { lawChangeDueHandlers, scheduleLawChanges } from './law-changes.ts'
import type { PolicyBook } from './policy/read-policies.ts'

/** The data of the sandbox and one more file: from July 2027 tier 1 asks for an address, with 20 days of grace. */
vi.mock('./policy/read-policies.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./policy/read-policies.ts')>()
  const readPolicies = (folder: URL): PolicyBook => {
    const book = original.readPolicies(folder)
    const last = book.GT.at(-1)
    if (last === undefined) return book
    const tiers = last.tiers.map((tier) => ({
      ...tier,
      evidence: [...new Set([...tier.evidence, 'address' as const])],
    }))
    const graceDays = { ...last.graceDays, newRequirement: 20 }
    const law = { ...last, version: 'gt-2027-07-01', effectiveFrom: '2027-07-01', graceDays, tiers }
    return { ...book, GT: [...book.GT.slice(0, -1), { ...last, effectiveTo: '2027-06-30' }, law] }
  }
  return { ...original, readPolicies }
})

let world: TestWorld
let other: TestWorld
let tenant: Awaited<ReturnType<typeof aTenant>>
beforeAll(async () => {
  world = await openTestWorld()
  other = shareWorld(world.db)
  tenant = await aTenant(world)
})
afterAll(() => world.close())

const call = (operation: string) => aCall(tenant, operation)
const consumers = () => consumerHandlers(world)
const get = (consumerId: string) => consumers().getConsumer({ consumerId }, call('getConsumer'))
const start = () => scheduleLawChanges(world.db, [tenant], world.clock.now())

const workerOf = (on: TestWorld) => dueWorkerOf(on, [tenant], { ...checkDueHandlers(on), ...lawChangeDueHandlers(on) })

async function at(time: string): Promise<void> {
  const seconds = (Date.parse(time) - world.clock.now().getTime()) / 1000
  for (const on of [world, other]) on.clock.advance(seconds)
  await Promise.all([workerOf(world).runDue(), workerOf(other).runDue()])
}

async function somebody(change: object = {}) {
  const body = aConsumer('GT', change)
  const { id: consumerId } = await consumers().createConsumer({ body }, call('createConsumer'))
  const { id: verificationId } = await consumers().startConsumerPhoneVerification({ consumerId }, call('start'))
  const confirm = { consumerId, verificationId, body: { code: '000000' } }
  await consumers().confirmConsumerPhoneVerification(confirm, call('confirm'))
  return consumers().submitConsumer({ consumerId }, call('submitConsumer'))
}

const versionOf = async (id: string) => {
  const sql = 'select policy_version as version from registrations where tenant_id = $1 and id = $2'
  return (await world.db.query<{ version: string }>(sql, [toUuid(tenant.id, 'ten'), toUuid(id)]))[0]?.version
}
const dueCount = async () =>
  (
    await world.db.query('select 1 from due where tenant_id = $1 and kind = $2', [
      toUuid(tenant.id, 'ten'),
      'policy.apply',
    ])
  ).length

it('a new version of the law asks whoever is active for more, gives them its days, restricts, and lifts', async () => {
  const { id } = await somebody()
  const { id: complete } = await somebody({ address: 'Barrio Abajo, casa 12' })
  await start()
  await start() // every process that starts
  expect(await dueCount()).toBe(1)

  await at('2027-07-01T05:59:59Z')
  expect((await get(id)).requirements.currentlyDue).toEqual([])
  await at('2027-07-01T06:00:01Z')
  expect(await get(id)).toMatchObject({
    ...{ status: 'active', notice: { action: 'remind', reasons: [{ code: 'requirement_new' }] } },
    requirements: { currentlyDue: ['address'], currentDeadline: '2027-07-22T06:00:00.000Z', disabledReason: null },
  })
  expect(await get(complete)).toMatchObject({ notice: null, requirements: { currentlyDue: [], currentDeadline: null } })

  await at('2027-07-22T06:00:01Z')
  expect(await get(id)).toMatchObject({
    ...{ status: 'restricted', notice: { action: 'restrict', reasons: [{ code: 'requirement_overdue' }] } },
    requirements: { pastDue: ['address'], disabledReason: 'requirementsPastDue' },
  })
  const update = { consumerId: id, body: { address: 'Barrio Abajo, casa 13' } }
  expect(await consumers().updateConsumer(update, call('updateConsumer'))).toMatchObject({
    status: 'active',
    notice: null,
  })

  expect(await versionOf(id), 'what was decided before keeps its version').toBe('gt-2026-11-28')
  const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 })
  expect(events.filter(({ objectId }) => objectId === id).map(({ type }) => type.replace('consumer.', ''))).toEqual([
    ...['created', 'activated', 'requirementsDue', 'restricted', 'updated', 'lifted'],
  ])
  await start()
  expect(await dueCount(), 'each version once').toBe(0)
})

it('whoever registers afterwards gives it at once', async () => {
  await expect(somebody()).rejects.toMatchObject({ code: 'requirements_missing', facts: { currentlyDue: 'address' } })
})

it('a version that comes with the program after its first day is applied when the server starts', async () => {
  tenant = await aTenant(world)
  const { id } = await somebody({ address: 'Barrio Abajo, casa 12' })
  await start()
  expect(await dueCount(), 'nobody was decided before it').toBe(0)
  await world.db.query('update registrations set policy_version = $2 where tenant_id = $1', [
    ...[toUuid(tenant.id, 'ten'), 'gt-2026-11-28'],
  ])
  await start()
  expect(await dueCount()).toBe(1)
  await world.db.query('update due set reference = $2 where tenant_id = $1 and kind = $3', [
    ...[toUuid(tenant.id, 'ten'), `gt-2027-07-01 consumer ${toUuid(id)}`, 'policy.apply'],
  ])
  await start()
  expect(await dueCount(), 'it is on its way').toBe(1)

  await at('2027-08-01T12:00:00Z')
  expect([(await get(id)).status, await dueCount()]).toEqual(['active', 0])
})
