import type { ScreeningListEntry } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findActTexts } from '../../operators/acts.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../../testing/test-world.ts'
import { screeningListHandlers } from '../handlers.ts'
import { ListIndexes } from '../list-indexes.ts'
import { listsInForce, screenLists } from '../screen-lists.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>

const LIST = {
  name: 'ofac-sdn',
  version: '1',
  consequence: 'block',
  legalBasis: 'test',
  source: 'test',
  validFrom: '2020-01-01T00:00:00Z',
} as const
const DELFINA: ScreeningListEntry = { id: '1', name: 'XOLOLTEPEQUE, Delfina', kind: 'person' }
const WALTER: ScreeningListEntry = { id: '2', name: 'UXPANTAY, Wualter', kind: 'person' }

const handlers = () => screeningListHandlers(world)

async function loaded(tenant: Tenant, entries: readonly ScreeningListEntry[], more: object = {}) {
  const { id: listId } = await handlers().createScreeningList({ body: { ...LIST, ...more } }, aCall(tenant, 'create'))
  await handlers().addScreeningListEntries({ listId, body: { entries: [...entries] } }, aCall(tenant, 'add'))
  return listId
}

const activate = (tenant: Tenant, listId: string, entryCount: number) =>
  handlers().activateScreeningList({ listId, body: { actor: 'ana', entryCount } }, aCall(tenant, 'activate'))

async function namesFound(tenant: Tenant, name: string, time = world.clock.now()): Promise<string[]> {
  const lists = await listsInForce(world.db, tenant.id, time)
  const { hits } = await screenLists(new ListIndexes(), world.db, tenant.id, lists, [{ name }])
  return hits.map(({ entryId, consequence }) => `${entryId} ${consequence}`)
}

it('a list finds nobody while it loads, and from its activation on', async () => {
  const tenant = await aTenant(world)
  const listId = await loaded(tenant, [DELFINA])
  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual([])

  const active = await activate(tenant, listId, 1)

  expect(active).toMatchObject({
    status: 'active',
    isInForce: true,
    entryCount: 1,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual(['1 block'])
})

it('a new version replaces the one before, which stays as it was', async () => {
  const tenant = await aTenant(world)
  const first = await loaded(tenant, [DELFINA])
  await activate(tenant, first, 1)
  const second = await loaded(tenant, [WALTER], { version: '2' })

  await activate(tenant, second, 1)

  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual([])
  expect(await namesFound(tenant, 'Walter Uxpantay')).toEqual(['2 block'])
  const before = await handlers().getScreeningList({ listId: first }, aCall(tenant, 'get'))
  expect(before).toMatchObject({ status: 'superseded', isInForce: false, entryCount: 1 })
  const { data } = await handlers().listScreeningListEntries({ listId: first, query: {} }, aCall(tenant, 'list'))
  expect(data).toEqual([DELFINA])
})

it('the hash is that of the entries, whatever the order in which they came, and whoever loaded them', async () => {
  const [one, other] = [await aTenant(world), await aTenant(world)]
  const [a, b, c] = [
    await loaded(one, [DELFINA, WALTER]),
    await loaded(other, [WALTER, DELFINA], { name: 'otherwise' }),
    await loaded(one, [DELFINA, { ...WALTER, dob: '1970' }], { name: 'third' }),
  ]

  const [first, second, third] = [await activate(one, a, 2), await activate(other, b, 2), await activate(one, c, 2)]

  expect(second.hash).toBe(first.hash)
  expect(third.hash).not.toBe(first.hash)
})

it('entries that are sent again change nothing; another one under the same id is refused', async () => {
  const tenant = await aTenant(world)
  const listId = await loaded(tenant, [DELFINA])
  const add = (entries: ScreeningListEntry[]) =>
    handlers().addScreeningListEntries({ listId, body: { entries } }, aCall(tenant, 'add'))

  expect(await add([DELFINA, WALTER])).toMatchObject({ entryCount: 2 })
  await expect(add([{ ...DELFINA, name: 'Delfina' }])).rejects.toMatchObject({
    code: 'screening_entry_duplicate',
    facts: { entryId: '1' },
  })
})

it('a list that was cut short stays out, and one in force takes nothing more', async () => {
  const tenant = await aTenant(world)
  const listId = await loaded(tenant, [DELFINA])

  await expect(activate(tenant, listId, 2)).rejects.toMatchObject({ code: 'screening_list_incomplete' })
  await activate(tenant, listId, 1)
  const more = { listId, body: { entries: [WALTER] } }
  await expect(handlers().addScreeningListEntries(more, aCall(tenant, 'add'))).rejects.toMatchObject({
    code: 'screening_list_wrong_status',
    facts: { status: 'active' },
  })
})

it('withdrawn, it finds nobody any more', async () => {
  const tenant = await aTenant(world)
  const listId = await loaded(tenant, [DELFINA])
  await activate(tenant, listId, 1)

  const body = { actor: 'ana', note: 'Orden judicial' }
  await handlers().withdrawScreeningList({ listId, body }, aCall(tenant, 'withdraw'))

  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual([])
})

it('withdrawn after its window opened, it does not bring back the version before', async () => {
  const tenant = await aTenant(world)
  await activate(tenant, await loaded(tenant, [DELFINA]), 1)
  const validFrom = new Date(world.clock.now().getTime() + 1_000).toISOString()
  const listId = await loaded(tenant, [WALTER], { version: '2', validFrom })
  expect(await activate(tenant, listId, 1)).toMatchObject({ status: 'active', isInForce: false })
  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual(['1 block'])
  world.clock.advance(1)
  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual([])
  expect(await namesFound(tenant, 'Walter Uxpantay')).toEqual(['2 block'])

  await handlers().withdrawScreeningList({ listId, body: { actor: 'ana', note: 'x' } }, aCall(tenant, 'withdraw'))

  expect(await namesFound(tenant, 'Delfina Xololtepeque')).toEqual([])
  expect(await namesFound(tenant, 'Walter Uxpantay')).toEqual([])
})

it.each([
  ['2021-06-30T23:59:59Z', [], 'before it began'],
  ['2021-07-01T00:00:00Z', ['S353-001 review'], 'in its first moment; it never blocks'],
  ['2023-12-26T23:59:59Z', ['S353-001 review'], 'on its last day'],
  ['2023-12-27T00:00:00Z', [], 'its authority has ended'],
])('section 353, a visa measure with an end, at %s finds %j: %s', async (time, expected, _why) => {
  const tenant = await aTenant(world)

  expect(await namesFound(tenant, 'Teodosio Chajpop Xurumbul', new Date(time))).toEqual(expected)
})

it('a window that ends before it begins is refused', async () => {
  const tenant = await aTenant(world)
  const body = { ...LIST, validTo: '2019-01-01T00:00:00Z' }

  await expect(handlers().createScreeningList({ body }, aCall(tenant, 'create'))).rejects.toMatchObject({
    code: 'screening_list_window_invalid',
  })
})

it('lists are a tenant’s own', async () => {
  const [tenant, other] = [await aTenant(world), await aTenant(world)]
  const listId = await loaded(tenant, [DELFINA])
  await activate(tenant, listId, 1)

  expect(await namesFound(other, 'Delfina Xololtepeque')).toEqual([])
  await expect(handlers().getScreeningList({ listId }, aCall(other, 'get'))).rejects.toMatchObject({
    code: 'screening_list_not_found',
  })
})

it('pages of entries are in the order of their ids', async () => {
  const tenant = await aTenant(world)
  const ids = ['b', 'A', 'a', 'ñ', '10', '9']
  const listId = await loaded(
    tenant,
    ids.map((id) => ({ id, name: `Nombre ${id}` })),
  )
  const page = async (after?: string) =>
    handlers().listScreeningListEntries(
      { listId, query: { limit: 4, ...(after !== undefined && { after }) } },
      aCall(tenant, 'list'),
    )

  const first = await page()
  const second = await page(first.nextCursor ?? '')

  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(['10', '9', 'A', 'a', 'b', 'ñ'])
  expect(second.nextCursor).toBeNull()
})

it('activating is a leaf of the log that names the list and its hash', async () => {
  const tenant = await aTenant(world)
  const listId = await loaded(tenant, [DELFINA])
  const { hash } = await activate(tenant, listId, 1)

  const { data } = await world.ledger.listTransactions(tenant.id, { limit: 1 })
  expect(data).toMatchObject([{ purpose: 'screeningList.activated', references: { listId, listHash: hash } }])
  const [transaction] = data
  const opened = await findActTexts(world.db, tenant.id, transaction ?? { transactionId: '', references: {} })
  expect(opened).toEqual([{ salt: expect.any(Uint8Array), text: { actor: 'ana', note: null } }])
})
