import { createHash } from 'node:crypto'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consumerHandlers } from '../consumers/handlers.ts'
import { consumerDocumentHandlers } from '../documents/handlers.ts'
import { memoryStorage } from '../documents/storage/object-storage.ts'
import { plainJpeg } from '../documents/testing/samples.ts'
import { documentDueHandlers } from '../documents/worker.ts'
import { listMessages } from '../sandbox/inbox.ts'
import { dueWorkerOf } from '../testing/due-work.ts'
import { aConsumer } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { checkDueHandlers } from './checks.ts'
import { requirePayer } from './payers.ts'

let world: TestWorld
let other: TestWorld
let tenant: Awaited<ReturnType<typeof aTenant>>
beforeAll(async () => {
  world = await openTestWorld()
  other = shareWorld(world.db)
  tenant = await aTenant(world)
})
afterAll(() => world.close())

const storage = memoryStorage()
const call = (operation: string) => aCall(tenant, operation)
const consumers = () => consumerHandlers(world)
const get = (consumerId: string) => consumers().getConsumer({ consumerId }, call('getConsumer'))

const workerOf = (on: TestWorld) =>
  dueWorkerOf(on, [tenant], { ...documentDueHandlers({ ...on, storage }), ...checkDueHandlers(on) })

/** Business time goes on for both servers, and both do what is due. */
async function at(day: string): Promise<void> {
  const seconds = (Date.parse(`${day}T12:00:00Z`) - world.clock.now().getTime()) / 1000
  for (const on of [world, other]) on.clock.advance(seconds)
  await Promise.all([workerOf(world).runDue(), workerOf(other).runDue()])
}

async function upload(consumerId: string, kind: 'identityFront' | 'identityBack', expiresOn: string) {
  const [file, documents] = [plainJpeg(), consumerDocumentHandlers({ ...world, storage })]
  const sha256 = createHash('sha256').update(file).digest('hex')
  const body = { kind, byteLength: file.length, sha256, expiresOn }
  const { id } = await documents.createConsumerDocument({ consumerId, body }, call('createConsumerDocument'))
  const where = { consumerId, documentId: id }
  await documents.addConsumerDocumentPart({ ...where, query: { offset: 0 }, body: file }, call('add'))
  await documents.completeConsumerDocument(where, call('completeConsumerDocument'))
}

/** On tier 2, with a card. */
async function somebody(lastDay: string) {
  const { id: consumerId } = await consumers().createConsumer(
    { body: aConsumer('GT', { address: 'Barrio Abajo, casa 12' }) },
    call('createConsumer'),
  )
  const { id: verificationId } = await consumers().startConsumerPhoneVerification({ consumerId }, call('start'))
  const confirm = { consumerId, verificationId, body: { code: '000000' } }
  await consumers().confirmConsumerPhoneVerification(confirm, call('confirm'))
  await consumers().submitConsumer({ consumerId }, call('submitConsumer'))
  await upload(consumerId, 'identityFront', lastDay)
  await upload(consumerId, 'identityBack', lastDay)
  await consumers().upgradeConsumer({ consumerId }, call('upgradeConsumer'))
  await consumers().approveConsumer({ consumerId, body: { actor: 'ana' } }, call('approveConsumer'))
  return consumerId
}

const eventsOf = async (id: string) =>
  (await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 }))
    .filter(({ objectId }) => objectId === id)
    .map(({ type }) => type.replace('consumer.', ''))
    .filter((type) => ['requirementsDue', 'restricted', 'lifted'].includes(type))

const smsTo = async (to: string | null) =>
  (await listMessages(world, tenant.id, { to: to ?? '', limit: 10 })).filter(({ code }) => code === null)

it('asks before the card ends, restricts when it is too late, and lifts with the new one; once, under two servers', async () => {
  const id = await somebody('2027-01-31')
  await at('2027-01-01')
  expect((await get(id)).requirements).toMatchObject({ currentlyDue: [], currentDeadline: null })

  await at('2027-01-03')
  const { phone, requirements, notice, capabilities } = await get(id)
  expect(requirements).toMatchObject({
    ...{ currentlyDue: ['documentImage'], currentDeadline: '2027-03-03T06:00:00.000Z', disabledReason: null },
    items: [{ requirement: 'documentImage', status: 'currentlyDue', stops: ['pay'] }],
  })
  expect(notice).toMatchObject({ action: 'remind', reasons: [{ messageEs: expect.stringContaining('por vencer') }] })
  expect(capabilities.pay.status).toBe('active')

  await at('2027-02-02') // the card is over; nothing stops before the deadline
  expect((await get(id)).status).toBe('active')
  await at('2027-03-04')
  const late = await get(id)
  expect(late).toMatchObject({
    status: 'restricted',
    requirements: { pastDue: ['documentImage'], currentlyDue: [], disabledReason: 'requirementsPastDue' },
    capabilities: {
      pay: { status: 'paused', reasons: ['restricted', 'document_expired'] },
      holdBalance: { status: 'active' },
    },
  })
  const payer = { accountId: late.accountId ?? '', ownerId: id }
  await expect(requirePayer(world.db, tenant.id, payer)).rejects.toMatchObject({ code: 'account_frozen' })

  await upload(id, 'identityFront', '2037-01-31')
  expect((await get(id)).status).toBe('restricted')
  await upload(id, 'identityBack', '2037-01-31')
  expect(await get(id)).toMatchObject({
    status: 'active',
    notice: null,
    requirements: { pastDue: [], currentlyDue: [] },
  })
  await requirePayer(world.db, tenant.id, payer)

  expect(await eventsOf(id)).toEqual(['requirementsDue', 'restricted', 'lifted'])
  expect((await smsTo(phone)).map(({ text }) => text)).toEqual([
    expect.stringContaining('Su documento venció'),
    expect.stringContaining('Su documento está por vencer'),
  ])
})

it('a new card in time: nothing happens but that it is asked for again before the new one ends', async () => {
  const id = await somebody('2027-06-30')
  await at('2027-06-10')
  await upload(id, 'identityFront', '2028-06-30')
  await upload(id, 'identityBack', '2028-06-30')
  expect(await get(id)).toMatchObject({ notice: null, requirements: { currentlyDue: [], currentDeadline: null } })

  await at('2027-09-01')
  expect([(await get(id)).status, await eventsOf(id)]).toEqual(['active', ['requirementsDue']])
  await at('2028-06-15')
  expect((await get(id)).requirements.currentDeadline).toBe('2028-07-31T06:00:00.000Z')
})

it('whoever is suspended meanwhile is restricted when reinstated', async () => {
  const id = await somebody('2028-12-31')
  const body = { actor: 'ana', reasons: ['phone_lost' as const] }
  await consumers().suspendConsumer({ consumerId: id, body }, call('suspendConsumer'))
  await at('2029-03-01')
  expect((await get(id)).status).toBe('suspended')

  await consumers().reinstateConsumer({ consumerId: id, body: { actor: 'ana' } }, call('reinstateConsumer'))
  await at('2029-03-02')
  expect((await get(id)).status).toBe('restricted')
})

it('what was given before there were deadlines is looked at once', async () => {
  const id = await somebody('2029-12-31')
  await world.db.query('delete from due where tenant_id = $1', [toUuid(tenant.id, 'ten')])
  await world.db.query('insert into due (tenant_id, kind, reference, due_at) values ($1, $2, $3, $4)', [
    ...[toUuid(tenant.id, 'ten'), 'registration.check', `consumer ${toUuid(id)}`, world.clock.now()],
  ])
  await at('2029-12-20')

  expect((await get(id)).requirements.currentlyDue).toEqual(['documentImage'])
})
