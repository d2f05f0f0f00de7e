import { readFileSync } from 'node:fs'
import type { ScreeningListEntry } from '@pisto/contract'
import { SCREENING_ALGORITHM, ScreeningIndex, type ScreeningSubject, screen } from '@pisto/identity/screening'
import { toUuid } from '@pisto/ledger'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../../merchants/handlers.ts'
import { serverMigrations } from '../../platform/database/open.ts'
import { dueWorkerOf } from '../../testing/due-work.ts'
import { submit } from '../../testing/merchants.ts'
import { aMerchant, aPerson } from '../../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../../testing/test-world.ts'
import { screeningHandlers, screeningListHandlers } from '../handlers.ts'
import { affectedBy } from './affected.ts'
import { blindKeys, writeKeys } from './people-keys.ts'
import { scheduleRescreenings } from './sweeps.ts'
import { rescreenDueHandlers } from './worker.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const WORDS = [
  ...['José', 'Jose', 'Chepe', 'J.', 'Ma.', 'María', 'Juan', 'Juancarlos', 'Carlos', 'Vicente', 'Chente', 'Wualter'],
  ...[
    'Walter',
    'López',
    'Lopes',
    'Pérez',
    'Prez',
    'de la Cruz',
    'Delacruz',
    'Cruz',
    'Xol',
    'Shol',
    'Quixtán',
    'Kixtan',
  ],
  ...['Zaldumbide', 'Saldumvide', 'Zaldumbine', 'Uxmatzul', 'Hernández', 'Hdez.'],
]
const name = fc.array(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 4 }).map((words) => words.join(' '))
const date = fc.constantFrom('1970-01-02', '1970', '1985-05-05', undefined)
const subject = fc
  .record({ name, dob: date, alias: fc.option(name, { nil: undefined }), id: fc.constantFrom('1', '2', undefined) })
  .map(
    ({ name, dob, alias, id }): ScreeningSubject => ({
      ...{ name, kind: 'person' },
      ...(dob !== undefined && { dob }),
      ...(alias !== undefined && { aliases: [alias] }),
      ...(id !== undefined && { ids: [`GT_CUI:${id}`] }),
    }),
  )

it('whoever matches a changed entry is affected by it: only those who are not are left out', () => {
  const blind = blindKeys(world.personalData, world.ids.next('ten'))
  let found = 0
  fc.assert(
    fc.property(subject, subject, (person, entry) => {
      const isAffected = affectedBy([entry], blind)(writeKeys([person], blind))
      if (!screen(person, entry).match) return
      found++
      expect(isAffected, `${JSON.stringify(person)} ${JSON.stringify(entry)}`).toBe(true)
    }),
    { numRuns: 3000 },
  )
  expect(found).toBeGreaterThan(30)
})

it('most people are not affected', () => {
  const blind = blindKeys(world.personalData, world.ids.next('ten'))
  const affects = affectedBy([{ name: 'QUIXTÁN ZALDUMBIDE, Hermógenes', kind: 'person' }], blind)
  const keysOf = (name: string) => writeKeys([{ name, kind: 'person' }], blind)

  expect(affects(keysOf('Hermógenes Quixtán'))).toBe(true)
  expect(affects(keysOf('Rosa Umaña Pérez'))).toBe(false)
  expect(affects(keysOf('Juan Carlos López Hernández'))).toBe(false)
})

it('an entry whose kind is not certain affects everybody', () => {
  const blind = blindKeys(world.personalData, world.ids.next('ten'))

  expect(affectedBy([{ name: 'Nadie' }], blind)(writeKeys([{ name: 'Rosa Umaña', kind: 'person' }], blind))).toBe(true)
})

it('whose keys are empty, or of another version, everything affects', () => {
  const affects = affectedBy(
    [{ name: 'Nadie Nunca', kind: 'person' }],
    blindKeys(world.personalData, world.ids.next('ten')),
  )

  expect([Uint8Array.of(), Uint8Array.of(1, 0, 0)].map(affects)).toEqual([true, true])
})

it('tenants hash the same name differently', () => {
  const [one, other] = [world.ids.next('ten'), world.ids.next('ten')].map((id) => blindKeys(world.personalData, id))

  expect(one?.(['=mrya'])).not.toEqual(other?.(['=mrya']))
  expect(one?.(['=mrya'])).toHaveLength(4)
})

type Tenant = Awaited<ReturnType<typeof aTenant>>

async function registered(tenant: Tenant, familyNames: string, serialEnd?: string): Promise<string> {
  const handlers = merchantHandlers(world)
  const { phone, person } = aPerson('GT', serialEnd)
  const body = aMerchant('GT', { phone, person: { ...person, givenNames: 'Teódulo', familyNames } })
  const { id: merchantId } = await handlers.createMerchant({ body }, aCall(tenant, 'createMerchant'))
  await submit(world, tenant, merchantId)
  return merchantId
}

/** Activates another version, and has nobody asked about it yet. */
async function replace(
  tenant: Tenant,
  consequence: 'block' | 'review',
  entries: readonly ScreeningListEntry[],
  window: { readonly validFrom?: string; readonly validTo?: string } = {},
): Promise<string> {
  const handlers = screeningListHandlers(world)
  const about = {
    name: 'national',
    version: world.ids.next('scl'),
    consequence,
    legalBasis: 'x',
    source: 'x',
    ...window,
  }
  const { id: listId } = await handlers.createScreeningList({ body: about }, aCall(tenant, 'create'))
  await handlers.addScreeningListEntries({ listId, body: { entries: [...entries] } }, aCall(tenant, 'add'))
  const body = { actor: 'ana', entryCount: entries.length }
  await handlers.activateScreeningList({ listId, body }, aCall(tenant, 'activate'))
  world.clock.advance(1)
  return listId
}

const runDue = (tenant: Tenant) => dueWorkerOf(world, [tenant], rescreenDueHandlers(world)).runDue()

async function load(...version: Parameters<typeof replace>): Promise<string> {
  const listId = await replace(...version)
  await runDue(version[0])
  return listId
}

const entry = (id: string, surnames: string): ScreeningListEntry => ({
  id,
  name: `${surnames.toUpperCase()}, Teódulo`,
  kind: 'person',
})

async function casesOf(tenant: Tenant, personId: string): Promise<string[]> {
  const query = { personId }
  const { data } = await screeningHandlers(world).listScreenings({ query }, aCall(tenant, 'listScreenings'))
  return data.map(({ reason, status }) => `${reason} ${status}`)
}

it('a list that changes screens again whom it could affect, and holds whom a list that blocks may have', async () => {
  const tenant = await aTenant(world)
  const [listed, other] = [await registered(tenant, 'Xurumbul Zakij'), await registered(tenant, 'Uxpantay Bolom')]
  const capabilities = async (merchantId: string) =>
    (await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).capabilities

  await load(tenant, 'block', [entry('1', 'Xurumbul Zakij'), entry('2', 'Nadie Nunca')])

  expect(await casesOf(tenant, listed)).toEqual(['listChange potentialMatch', 'registration clear'])
  expect(await casesOf(tenant, other)).toEqual(['registration clear'])
  expect((await capabilities(listed)).acceptPayments).toEqual({ status: 'paused', reasons: ['screening'] })
  expect((await capabilities(other)).acceptPayments.status).toBe('active')
})

it('who is in review for another reason is not approved by one operator past a match that came since', async () => {
  const tenant = await aTenant(world)
  const merchantId = await registered(tenant, 'Xurumbul Zakij', '1111')
  await load(tenant, 'block', [entry('1', 'Xurumbul Zakij')])
  const approved = merchantHandlers(world).approveMerchant(
    { merchantId, body: { actor: 'ana' } },
    aCall(tenant, 'approveMerchant'),
  )

  await expect(approved).rejects.toMatchObject({ code: 'case_open', facts: { caseId: expect.stringMatching(/^cas_/) } })
})

it('the next version asks only for what changed in it', async () => {
  const tenant = await aTenant(world)
  const [one, two] = [await registered(tenant, 'Xurumbul Zakij'), await registered(tenant, 'Uxpantay Bolom')]
  await load(tenant, 'review', [entry('1', 'Xurumbul Zakij')])

  await load(tenant, 'review', [entry('1', 'Xurumbul Zakij'), entry('2', 'Uxpantay Bolom')])

  expect(await casesOf(tenant, one), 'looked at already').toEqual(['listChange potentialMatch', 'registration clear'])
  expect(await casesOf(tenant, two)).toEqual(['listChange potentialMatch', 'registration clear'])
})

it('a version that was replaced before everybody was asked about it is made up for by the next one', async () => {
  const tenant = await aTenant(world)
  const [one, two] = [await registered(tenant, 'Xurumbul Zakij'), await registered(tenant, 'Uxpantay Bolom')]
  await load(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
  await replace(tenant, 'review', [entry('1', 'Xurumbul Zakij'), entry('2', 'Uxpantay Bolom')])

  const listId = await load(tenant, 'review', [entry('1', 'Xurumbul Zakij'), entry('2', 'Uxpantay Bolom')])

  expect(await casesOf(tenant, two)).toEqual(['listChange potentialMatch', 'registration clear'])
  expect(await casesOf(tenant, one), 'asked by the first').toHaveLength(2)
  const { rescreenedAt } = await screeningListHandlers(world).getScreeningList({ listId }, aCall(tenant, 'get'))
  expect(rescreenedAt).toEqual(expect.any(String))
})

it('who came while no version was in force is asked about all of the next one', async () => {
  const tenant = await aTenant(world)
  const body = { actor: 'ana', note: 'x' }
  const first = await load(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
  await screeningListHandlers(world).withdrawScreeningList({ listId: first, body }, aCall(tenant, 'withdraw'))
  world.clock.advance(1)
  const one = await registered(tenant, 'Xurumbul Zakij')

  await load(tenant, 'review', [entry('1', 'Xurumbul Zakij'), entry('2', 'Nadie Nunca')])

  expect(await casesOf(tenant, one)).toEqual(['listChange potentialMatch', 'registration clear'])
})

it('a list whose window opens later leaves the one before it in force until then, and asks everybody when it opens', async () => {
  const tenant = await aTenant(world)
  const one = await registered(tenant, 'Uxpantay Bolom')
  await load(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
  const validFrom = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
  const first = (await screeningListHandlers(world).listScreeningLists({ query: {} }, aCall(tenant, 'list'))).data[0]
  await load(tenant, 'review', [entry('2', 'Uxpantay Bolom')], { validFrom })

  const before = await registered(tenant, 'Xurumbul Zakij')
  expect(await casesOf(tenant, before)).toEqual(['registration potentialMatch'])
  expect(await casesOf(tenant, one)).toEqual(['registration clear'])
  world.clock.advance(3_600)
  const after = await registered(tenant, 'Xurumbul Zakij')
  await runDue(tenant)

  expect(await casesOf(tenant, after), 'not the version before').toEqual(['registration clear'])
  expect(await casesOf(tenant, one)).toEqual(['listChange potentialMatch', 'registration clear'])
  const listId = first?.id ?? ''
  const ended = await screeningListHandlers(world).getScreeningList({ listId }, aCall(tenant, 'get'))
  expect(ended).toMatchObject({ status: 'superseded', isInForce: false })
})

it('lists that were in force before this was kept ask everybody once, by their migration', async () => {
  const tenant = await aTenant(world)
  const one = await registered(tenant, 'Xurumbul Zakij')
  const listId = await replace(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
  // as the version before this one left it: its rescreening was dropped
  await world.db.query('delete from due where tenant_id = $1', [toUuid(tenant.id, 'ten')])
  const migration = readFileSync(`${serverMigrations}0056-list-sweeps.sql`, 'utf8')
  await world.db.query(migration.slice(migration.indexOf('insert into due')).replace(';', ''))

  await runDue(tenant)

  expect(await casesOf(tenant, one)).toEqual(['listChange potentialMatch', 'registration clear'])
  const { data } = await screeningListHandlers(world).listScreeningLists({ query: {} }, aCall(tenant, 'list'))
  expect(data.filter(({ rescreenedAt }) => rescreenedAt !== null).map(({ id }) => id)).toContain(listId)
})

const inDatabase = (sql: string, ...parameters: string[]) => world.db.query(sql, parameters)
const ITS_SWEEPS = `where tenant_id = $1 and kind = 'screening.sweep'`
const sweepsOf = (tenant: Tenant) => inDatabase(`select 1 from due ${ITS_SWEEPS}`, toUuid(tenant.id, 'ten'))
const moveSweep = (tenant: Tenant, reference: string) =>
  inDatabase(`update due set reference = $2 ${ITS_SWEEPS}`, toUuid(tenant.id, 'ten'), reference)
const rulesOf = async (listId: string) => {
  const sql = 'select rescreened_by as rules from screening_lists where id = $1'
  return (await world.db.query<{ rules: string | null }>(sql, [toUuid(listId, 'scl')]))[0]?.rules
}

it.each([
  ['other', "'pisto-screening-0'"],
  ['unknown', 'null'],
])(
  'after %s rules, the present ones ask everybody again about a list in force, once, when a server starts',
  async (_, rules) => {
    const tenant = await aTenant(world)
    const one = await registered(tenant, 'Xurumbul Zakij')
    const asked = ['listChange potentialMatch', 'registration clear']
    const listId = await load(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
    expect(await casesOf(tenant, one), 'by the present rules, before').toEqual(asked)
    await inDatabase(`update screening_lists set rescreened_by = ${rules} where id = $1`, toUuid(listId, 'scl'))

    await scheduleRescreenings(world.db, [tenant], world.clock.now())
    world.clock.advance(1)
    await scheduleRescreenings(world.db, [tenant], world.clock.now())
    expect(await sweepsOf(tenant), 'not twice, where another server starts meanwhile').toHaveLength(1)
    await runDue(tenant)

    expect(await casesOf(tenant, one), 'the case is open already').toEqual(['listChange inReview', ...asked])
    expect(await rulesOf(listId)).toBe(SCREENING_ALGORITHM)
    await scheduleRescreenings(world.db, [tenant], world.clock.now())
    expect(await sweepsOf(tenant), 'once').toEqual([])
  },
)

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

it('a sweep by other rules is left to whoever has them, and begins anew by the present ones where nobody comes', async () => {
  const tenant = await aTenant(world)
  const one = await registered(tenant, 'Xurumbul Zakij')
  const listId = await replace(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
  await moveSweep(tenant, `${listId} ${LAST} pisto-screening-0 1`)

  await runDue(tenant)
  expect(await sweepsOf(tenant)).toHaveLength(1)
  expect([await casesOf(tenant, one), await rulesOf(listId)]).toEqual([['registration clear'], null])

  world.clock.advance(300)
  world.systemClock.advance(300)
  await runDue(tenant)
  expect(await sweepsOf(tenant)).toEqual([])
  expect(await casesOf(tenant, one)).toEqual(['listChange potentialMatch', 'registration clear'])
  expect(await rulesOf(listId)).toBe(SCREENING_ALGORITHM)
})

it('a sweep from before its run was kept begins anew at once', async () => {
  const tenant = await aTenant(world)
  const one = await registered(tenant, 'Xurumbul Zakij')
  const listId = await replace(tenant, 'review', [entry('1', 'Xurumbul Zakij')])
  await moveSweep(tenant, `${listId} ${LAST} ${SCREENING_ALGORITHM}`)

  await runDue(tenant)

  expect(await casesOf(tenant, one)).toEqual(['listChange potentialMatch', 'registration clear'])
})

it('who was let in and never asked about, or not as they are now, is asked about once, by their migration', async () => {
  const tenant = await aTenant(world)
  const never = await registered(tenant, 'Xurumbul Zakij')
  const changed = await registered(tenant, 'Uxpantay Bolom')
  const other = await registered(tenant, 'Pop Caal')
  const stale = writeKeys([{ name: 'Rosa Umaña', kind: 'person' }], blindKeys(world.personalData, tenant.id))
  await inDatabase('delete from screening_people where person_id = $1', toUuid(never))
  await world.db.query('update screening_people set keys = $2 where person_id = $1', [toUuid(changed), stale])
  await load(tenant, 'review', [entry('1', 'Xurumbul Zakij'), entry('2', 'Uxpantay Bolom')])
  expect([await casesOf(tenant, never), await casesOf(tenant, changed)].flat(), 'missed').toHaveLength(2)

  await world.db.transaction((tx) =>
    tx.script(readFileSync(`${serverMigrations}0068-people-never-screened.sql`, 'utf8')),
  )
  await scheduleRescreenings(world.db, [tenant], world.clock.now())
  await runDue(tenant)

  for (const id of [never, changed])
    expect(await casesOf(tenant, id)).toEqual(['listChange potentialMatch', 'registration clear'])
  expect(await casesOf(tenant, other)).toEqual(['registration clear'])
  const sql = 'select keys from screening_people where tenant_id = $1'
  const keys = await world.db.query<{ keys: Uint8Array }>(sql, [toUuid(tenant.id, 'ten')])
  expect(
    keys.map((row) => row.keys.length > 1),
    'written anew',
  ).toEqual([true, true, true])
})

it('a list that is withdrawn before its window opens asks nobody', async () => {
  const tenant = await aTenant(world)
  const one = await registered(tenant, 'Xurumbul Zakij')
  const validFrom = new Date(world.clock.now().getTime() + 60_000).toISOString()
  const listId = await replace(tenant, 'review', [entry('1', 'Xurumbul Zakij')], { validFrom })
  const body = { actor: 'ana', note: 'x' }
  await screeningListHandlers(world).withdrawScreeningList({ listId, body }, aCall(tenant, 'withdraw'))

  world.clock.advance(60)
  await runDue(tenant)

  expect(await casesOf(tenant, one)).toEqual(['registration clear'])
})

it('what it finds is what screening everybody finds', async () => {
  const tenant = await aTenant(world)
  const surnames = [
    'Xurumbul Zakij',
    'Shurumbul Sakij',
    'Xurumbul',
    'Zakij Xurumbul',
    'Uxpantay Bolom',
    'Bolom',
    'Pop Caal',
  ]
  const people = new Map<string, string>()
  for (const family of surnames) people.set(await registered(tenant, family), family)
  const entries = [entry('1', 'Xurumbul Zakij'), entry('2', 'Uxpantay'), entry('3', 'Pop')]

  await load(tenant, 'review', entries)

  const index = new ScreeningIndex(entries)
  for (const [id, family] of people) {
    const asked = { name: `Teódulo ${family}`, dob: '1990-02-28', country: 'GT', kind: 'person' } as const
    const isFound = index.search(asked).length > 0
    expect((await casesOf(tenant, id)).length, family).toBe(isFound ? 2 : 1)
  }
})
