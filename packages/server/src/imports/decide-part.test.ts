import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseHandlers } from '../cases/handlers.ts'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { screeningHandlers, screeningListHandlers } from '../screening/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aRow } from '../testing/import-people.ts'
import { importFile, importWorker, jsonLines, rowsOf, sendFile } from '../testing/importing.ts'
import { aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

async function outcomesOf(tenant: TenantProfile, rows: readonly object[]): Promise<string[]> {
  return (await importFile(world, tenant, jsonLines(rows))).rows.map(({ outcome }) => outcome)
}

async function count(table: string, tenant: TenantProfile): Promise<number> {
  return (await world.db.query(`select 1 from ${table} where tenant_id = $1`, [toUuid(tenant.id)])).length
}

it('an accepted row is an active merchant with a wallet and its two events', async () => {
  const tenant = await aTenant(world)
  const { rows } = await importFile(world, tenant, jsonLines([aRow()]))
  const merchantId = rows[0]?.registrationId ?? ''

  expect(rows).toMatchObject([{ row: 1, outcome: 'active', registrationId: expect.stringMatching(/^mer_/) }])
  const merchant = await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))
  expect(merchant).toMatchObject({ status: 'active', tier: 1, requirements: { currentlyDue: [] } })
  expect(await world.ledger.findAccount(tenant.id, merchant.accountId ?? '')).toMatchObject({ ownerId: merchantId })
  const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 9 })
  expect(events.map(({ type }) => type)).toEqual([
    ...['import.created', 'merchant.created', 'merchant.activated', 'import.completed'],
  ])
})

it('rows of consumers become consumers, who need no shop', async () => {
  const tenant = await aTenant(world)
  const { tradeName: _, categoryCode: __, ...person } = aRow()
  const { rows } = await importFile(world, tenant, jsonLines([person]), { kind: 'consumers' })
  const consumerId = rows[0]?.registrationId ?? ''

  expect(consumerId).toMatch(/^con_/)
  const consumer = await consumerHandlers(world).getConsumer({ consumerId }, aCall(tenant, 'getConsumer'))
  expect(consumer).toMatchObject({ status: 'active', capabilities: { pay: { status: 'active' } } })
})

it('whoever a list may have waits for people, without an account; the others go on', async () => {
  const tenant = await aTenant(world)
  const listed = {
    ...aRow(),
    givenNames: 'Hermógenes Eliseo',
    familyNames: 'Quixtán Zaldumbide',
    dateOfBirth: '1951-03-14',
  }

  const { rows } = await importFile(world, tenant, jsonLines([aRow(), listed]))

  expect(rows.map(({ outcome }) => outcome)).toEqual(['active', 'inReview'])
  const merchantId = rows[1]?.registrationId ?? ''
  const merchant = await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))
  expect(merchant).toMatchObject({ status: 'inReview', accountId: null, review: { reasons: ['possibleMatch'] } })
  expect([await count('screenings', tenant), await count('cases', tenant)]).toEqual([2, 1])
})

it('of a person in the file twice the earlier row wins, across documents, phones and parts of the file', async () => {
  const tenant = await aTenant(world)
  const [a, b, c] = [aRow(), aRow(), aRow()]
  const others = Array.from({ length: 1_200 }, () => aRow({ phone: '1' }))
  const rows = [a, b, c, { ...aRow(), documentNumber: b.documentNumber }, ...others, { ...aRow(), phone: a.phone }]

  const outcomes = await outcomesOf(tenant, rows)

  expect([...outcomes.slice(0, 4), outcomes.at(-1)]).toEqual([
    ...['active', 'active', 'active', 'document_duplicate', 'phone_duplicate'],
  ])
})

it('a refused row stands in nobody’s way', async () => {
  const mistaken = aRow({ categoryCode: 'x' })

  expect(await outcomesOf(await aTenant(world), [mistaken, { ...mistaken, categoryCode: '5411' }])).toEqual([
    'mcc_invalid',
    'active',
  ])
})

it('someone who registered otherwise is a duplicate, and so is a whole file sent a second time', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()
  await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))
  const rows = [aRow({ documentNumber: body.person.document.number }), aRow({ phone: body.phone }), aRow()]

  expect(await outcomesOf(tenant, rows)).toEqual(['document_duplicate', 'phone_duplicate', 'active'])
  expect(await outcomesOf(tenant, rows)).toEqual(['document_duplicate', 'phone_duplicate', 'document_duplicate'])
})

it('decided by two servers at once, each row is decided once', async () => {
  const tenant = await aTenant(world)
  const second = shareWorld(world.db)
  const { id } = await sendFile(world, tenant, jsonLines(Array.from({ length: 60 }, () => aRow())))
  const [item] = await world.db.query<{ due_at: Date }>(`select due_at from due where kind = 'import.execute'`)
  const due = { tenantId: tenant.id, kind: 'import.execute', reference: id, dueAt: item?.due_at ?? new Date(0) }
  const { importDueHandlers } = await import('./worker.ts')
  const execute = (on: TestWorld) =>
    importDueHandlers({ ...on, tenants: { get: async () => tenant } })['import.execute']?.(
      due,
      new AbortController().signal,
    )

  await Promise.all([world, second, world, second].map(execute))

  expect((await rowsOf(world, tenant, id)).map(({ outcome }) => outcome)).toEqual(Array(60).fill('active'))
  expect(await count('registrations', tenant)).toBe(60)
  const aliases = await world.db.query('select 1 from aliases where tenant_id = $1', [toUuid(tenant.id)])
  expect(aliases.length).toBe(60)
})

it('two files with the same people at once: each person is registered once', async () => {
  const tenant = await aTenant(world)
  const rows = Array.from({ length: 40 }, () => aRow())
  const files = [rows, rows.toReversed()].map((each) => sendFile(world, tenant, jsonLines(each)))
  const [first, second] = await Promise.all(files)
  await importWorker(world, tenant).runDue()

  const outcomes = [
    ...(await rowsOf(world, tenant, first?.id ?? '')),
    ...(await rowsOf(world, tenant, second?.id ?? '')),
  ]
  expect(outcomes).toHaveLength(80)
  expect(outcomes.filter(({ outcome }) => outcome === 'active')).toHaveLength(40)
  expect(await count('registrations', tenant)).toBe(40)
})

it('cut short at any row, it goes on: no row lost, none twice', async () => {
  const tenant = await aTenant(world)
  const rows = Array.from({ length: 50 }, (_, index) => aRow(index % 7 === 6 ? { phone: '1' } : {}))
  const { id } = await sendFile(world, tenant, jsonLines(rows))
  for (const after of [10, 3]) {
    const dying = { ...world, ledger: { ...world.ledger, decide: failingAfter(after) } }
    await importWorker(dying, tenant).runDue()
    world.systemClock.advance(3_600)
  }
  const halfway = await count('registrations', tenant)
  await importWorker(world, tenant).runDue()

  expect(halfway).toBeGreaterThan(0)
  expect(halfway).toBeLessThan(43)
  const outcomes = (await rowsOf(world, tenant, id)).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(rows.map(({ phone }) => (phone === '1' ? 'phone_short' : 'active')))
  expect(await count('registrations', tenant)).toBe(43)
})

it('whoever may be on a list is registered, and waits for operators without a wallet', async () => {
  const tenant = await aTenant(world)
  const name = 'Hermógenes Eliseo Quixtán Zaldumbide'
  const lists = screeningListHandlers(world)
  const about = { name: 'own', version: '1', consequence: 'review', legalBasis: 'x', source: 'x' } as const
  const { id: listId } = await lists.createScreeningList({ body: about }, aCall(tenant, 'create'))
  await lists.addScreeningListEntries({ listId, body: { entries: [{ id: 'e1', name }] } }, aCall(tenant, 'add'))
  await lists.activateScreeningList({ listId, body: { actor: 'ana', entryCount: 1 } }, aCall(tenant, 'activate'))
  const listed = aRow({ givenNames: 'Hermógenes Eliseo', familyNames: 'Quixtán Zaldumbide' })

  const { id: importId, rows } = await importFile(world, tenant, jsonLines([aRow(), listed]))

  expect(rows.map(({ outcome }) => outcome)).toEqual(['active', 'inReview'])
  const merchantId = rows[1]?.registrationId ?? ''
  expect(await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).toMatchObject({
    status: 'inReview',
    accountId: null,
  })
  const { data } = await caseHandlers(world).listCases({ query: {} }, aCall(tenant, 'listCases'))
  expect(data).toMatchObject([{ status: 'open', kind: 'screening' }])
  const { data: screenings } = await screeningHandlers(world).listScreenings({ query: {} }, aCall(tenant, 'list'))
  expect(screenings, 'the others were asked about, too').toHaveLength(2)
  expect(await importHandlers(world).getImport({ importId }, aCall(tenant, 'getImport'))).toMatchObject({
    acceptedCount: 2,
  })
})

it('an own id that no database keeps is refused, and shown as far as it can be', async () => {
  const { rows } = await importFile(world, await aTenant(world), jsonLines([aRow({ externalId: 'a\u0000b' })]))

  expect(rows).toEqual([{ row: 1, externalId: 'a\ufffdb', outcome: 'external_id_invalid', registrationId: null }])
})

/** As if the process were killed: after so many decisions no other comes back. */
function failingAfter(times: number): TestWorld['ledger']['decide'] {
  let left = times
  return (request, plan) => (left-- > 0 ? world.ledger.decide(request, plan) : Promise.reject(new Error('killed')))
}
