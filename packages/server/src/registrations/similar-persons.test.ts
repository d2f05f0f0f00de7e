import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { dueWorkerOf } from '../testing/due-work.ts'
import { aRow } from '../testing/import-people.ts'
import { importFile, jsonLines } from '../testing/importing.ts'
import { submit } from '../testing/merchants.ts'
import { aConsumer, aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { ERASED_ROWS } from './erasure/erased-rows.ts'
import { lookAlikeFillDueHandlers, scheduleLookAlikeFill } from './look-alike-fill.ts'
import { findSimilarPersons } from './similar-persons.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>
interface Described {
  readonly givenNames?: string
  readonly familyNames?: string
  readonly dateOfBirth?: string
}

const named = (person: Described) => {
  const body = aMerchant()
  return { ...body, person: { ...body.person, ...person } }
}

let shops = 0
async function draft(tenant: Tenant, person: Described, municipality?: string) {
  const place = municipality === undefined ? {} : { place: { municipality } }
  const tradeName = `Tienda ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[shops++ % 26]}${shops}`
  const { phone, person: somebody } = named(person)
  const body = aMerchant('GT', { tradeName, ...place, phone, person: somebody })
  return merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))
}

const shop = async (...args: Parameters<typeof draft>) => submit(world, args[0], (await draft(...args)).id)
const resembling = ({ flags }: { readonly flags: readonly { readonly code: string }[] }) =>
  flags.filter(({ code }) => code === 'person_resembles')

const ROSA = { givenNames: 'Rosa Elvira', familyNames: 'Umaña Pérez', dateOfBirth: '1985-03-12' }

it.each<[other: Described, place: string | undefined, how: string | undefined, why: string]>([
  [{}, '0101', 'same', 'the same name and birth date'],
  [{ familyNames: 'Umana Peres' }, '0102', 'alike', 'another spelling, another municipality of the department'],
  [{ dateOfBirth: '1985-12-03' }, '0101', 'near', 'day and month swapped'],
  [{ dateOfBirth: '1955-03-12' }, undefined, 'near', 'one digit of the year, and no place told'],
  [{}, '0901', undefined, 'another department'],
  [{ dateOfBirth: '1991-07-25' }, '0101', undefined, 'a namesake'],
  [{ givenNames: 'Marta Julia' }, '0101', undefined, 'a twin'],
])('%j in %s: %s, for %s', async (change, place, how) => {
  const tenant = await aTenant(world)
  const first = await shop(tenant, ROSA, '0101')
  const second = await shop(tenant, { ...ROSA, ...change }, place)
  expect(first.flags).toEqual([])
  expect(second.status).toBe('active')
  expect(resembling(second)).toMatchObject(
    how === undefined ? [] : [{ code: 'person_resembles', resemblance: how, registrationIds: [first.id] }],
  )
})

it('whoever is merchant and consumer by one document resembles nobody; by another one they do', async () => {
  const tenant = await aTenant(world)
  const first = await shop(tenant, ROSA)
  const again = async (document?: { type: 'DPI'; number: string }) => {
    const body = aConsumer('GT', {})
    const person = { ...body.person, ...ROSA, ...(document && { document }) }
    const handlers = consumerHandlers(world)
    const { id: consumerId } = await handlers.createConsumer({ body: { ...body, person } }, aCall(tenant, 'create'))
    const { id: verificationId } = await handlers.startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))
    const confirm = { consumerId, verificationId, body: { code: '000000' } }
    await handlers.confirmConsumerPhoneVerification(confirm, aCall(tenant, 'confirm'))
    return handlers.submitConsumer({ consumerId }, aCall(tenant, 'submitConsumer'))
  }
  const { number = '' } = first.person?.document ?? {}
  expect((await again({ type: 'DPI', number })).flags).toEqual([])
  const [flag] = (await again()).flags
  expect(flag).toMatchObject({ code: 'person_resembles', resemblance: 'same' })
  expect(flag?.registrationIds).toHaveLength(2)
})

it('drafts and those who are closed are compared with nobody', async () => {
  const tenant = await aTenant(world)
  await draft(tenant, ROSA)
  const first = await shop(tenant, ROSA)
  expect(first.flags).toEqual([])
  const body = { actor: 'ana', reasons: ['own_request' as const] }
  await merchantHandlers(world).closeMerchant({ merchantId: first.id, body }, aCall(tenant, 'closeMerchant'))
  expect((await shop(tenant, ROSA)).flags).toEqual([])
})

it('rows of an import are compared with active people and with the rows before them', async () => {
  const tenant = await aTenant(world)
  const first = await shop(tenant, ROSA)
  const rows = [aRow(), aRow()].map((row, index) => ({ ...row, ...ROSA, tradeName: `Puesto ${'AB'[index]}` }))
  await importFile(world, tenant, jsonLines(rows))
  const { data } = await merchantHandlers(world).listMerchants({ query: {} }, aCall(tenant, 'list'))
  const [second, third] = data.filter(({ id }) => id !== first.id).toReversed()
  expect(second?.flags).toMatchObject([{ registrationIds: [first.id] }])
  expect(third?.flags[0]?.registrationIds.toSorted()).toEqual([first.id, second?.id].toSorted())
})

it('what is kept is blind, and goes when the person is erased', async () => {
  const tenant = await aTenant(world)
  const { id: merchantId } = await shop(tenant, ROSA)
  const kept = () => {
    const sql = 'select p::text as row from person_likenesses p where tenant_id = $1'
    return world.db.query<{ row: string }>(sql, [toUuid(tenant.id, 'ten')])
  }
  const rows = await kept()
  expect(rows).toHaveLength(1)
  for (const { row } of rows)
    expect(row).toMatch(/^\([0-9a-f-]{36},[0-9a-f-]{36},(merchant|consumer)(,-?\d+){3},(\d\d)?\)$/)
  const request = {
    tenantId: tenant.id,
    clientId: 'test',
    operation: 'erase',
    key: undefined,
    bodyHash: new Uint8Array(),
  }
  const [erase] = ERASED_ROWS.filter((rows) => rows.sql.includes('person_likenesses'))
  expect(erase).toBeDefined()
  await world.ledger.decide(request, async ({ ledgerTime: erasedAt }) => ({
    purpose: 'test.erase',
    companions: erase === undefined ? [] : [erase.row({ id: merchantId, erasedAt })],
    answer: null,
  }))
  expect(await kept()).toEqual([])
})

it('asks once and writes once, however many rows come together', async () => {
  const tenant = await aTenant(world)
  const asked: string[] = []
  const query: typeof world.db.query = (sql, parameters) => {
    if (sql.includes('person_likenesses')) asked.push(sql)
    return world.db.query(sql, parameters)
  }
  const people = Array.from({ length: 50 }, () => {
    const { person } = aMerchant()
    return { kind: 'merchant' as const, id: world.ids.next('mer'), person, business: null }
  })
  const typed = people.map((one) => ({
    ...one,
    person: { ...one.person, document: { type: 'DPI' as const, number: one.id } },
  }))
  const flags = await findSimilarPersons(world, { query }, tenant.id, typed)
  expect(flags.size).toBe(49)
  expect(asked).toHaveLength(1)
})

it('whoever was active before there were indexes is put into them once, also when the server is killed on the way', async () => {
  const tenant = await aTenant(world)
  const first = await shop(tenant, ROSA, '0101')
  for (const familyNames of ['Coc Tiul', 'Xol Pop', 'Caal Bá']) await shop(tenant, { familyNames })
  const closed = await shop(tenant, { familyNames: 'Quej Ical' })
  const uuid = toUuid(tenant.id, 'ten')
  const indexed = async () =>
    Promise.all(
      ['person_likenesses', 'business_names'].map((table) =>
        world.db.query(
          `select * from ${table} where tenant_id = $1 and registration_id <> $2 order by registration_id`,
          [...[uuid, toUuid(closed.id)]],
        ),
      ),
    )
  const before = await indexed()
  await world.db.query(`update registrations set status = 'closed' where id = $1`, [toUuid(closed.id)])
  for (const table of ['person_likenesses', 'business_names'])
    await world.db.query(`delete from ${table} where tenant_id = $1`, [uuid])
  const start = () => scheduleLookAlikeFill(world.db, [tenant], world.clock.now())
  const due = () =>
    world.db.query<{ reference: string }>(
      `select reference from due where tenant_id = $1 and kind = 'lookAlike.fill'`,
      [uuid],
    )
  await start()
  await start()
  const [item, ...more] = await due()
  expect(more).toEqual([])

  const handlers = lookAlikeFillDueHandlers(world, { people: 2, missing: 1 })
  const dueAt = world.clock.now()
  await handlers['lookAlike.fill']?.(
    { tenantId: tenant.id, kind: 'lookAlike.fill', reference: item?.reference ?? '', dueAt },
    new AbortController().signal,
  )
  expect(await due(), 'done, and killed before the item was taken away').toHaveLength(2)
  await start()
  await dueWorkerOf(world, [tenant], handlers).runDue()

  expect(await indexed()).toEqual(before)
  const over = 'select 1 from person_likenesses where tenant_id = $1 and registration_id = $2'
  expect(await world.db.query(over, [uuid, toUuid(closed.id)]), 'who is over stays out').toEqual([])
  await start()
  expect(await due(), 'later starts have nothing to do').toEqual([])
  expect(resembling(await shop(tenant, ROSA, '0101'))).toMatchObject([{ registrationIds: [first.id] }])
})
