import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aTenant, openTestWorld, type TestWorld } from '../../testing/test-world.ts'
import { systemRandom } from '../runtime/random.ts'
import type { KeyProvider } from './key-provider.ts'
import { localKeys } from './local-keys.ts'
import { openPersonalData } from './open-personal-data.ts'
import type { PersonalData } from './personal-data.ts'
import { PersonErased } from './personal-data.ts'
import { NotOpened } from './sealed-box.ts'
import { insertPersonKey } from './store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const [OLD, NEW] = [1, 2].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array]
const openWith = (provider: KeyProvider) => openPersonalData(world.db, provider, systemRandom)

async function somebody(personalData: PersonalData, tenantId: string) {
  const person = { tenantId, personId: world.ids.next('con') }
  const { key, row } = await personalData.drawKey(person, world.clock.now())
  await insertPersonKey(world.db, toUuid(tenantId, 'ten'), row)
  return { person, key }
}

it('what one process seals, another opens, and only for whom and what it was sealed', async () => {
  const { id } = await aTenant(world)
  const { person } = await somebody(world.personalData, id)
  const { person: other } = await somebody(world.personalData, id)
  const sealed = await world.personalData.sealFor(world.db, person, 'name', Buffer.from('Rosa'))

  const open = (whose: typeof person, purpose: string) =>
    world.personalData.openFor(world.db, whose, purpose, sealed).then((bytes) => Buffer.from(bytes).toString())
  expect(await open(person, 'name')).toBe('Rosa')
  await expect(open(person, 'document')).rejects.toThrow(NotOpened)
  await expect(open(other, 'name')).rejects.toThrow(NotOpened)
})

it('a wrapped key that was copied to somebody else unwraps nothing', async () => {
  const { id } = await aTenant(world)
  const [{ person }, { person: thief }] = [
    await somebody(world.personalData, id),
    await somebody(world.personalData, id),
  ]
  await world.db.query(
    `update person_keys set wrapped_key = (select wrapped_key from person_keys where tenant_id = $1 and person_id = $2)
     where tenant_id = $1 and person_id = $3`,
    [toUuid(id, 'ten'), toUuid(person.personId), toUuid(thief.personId)],
  )

  await expect(world.personalData.keyOf(world.db, thief)).rejects.toThrow(NotOpened)
})

it('a page of keys is one query, and none the second time', async () => {
  const { id } = await aTenant(world)
  const people = [await somebody(world.personalData, id), await somebody(world.personalData, id)]
  let queries = 0
  const counting = {
    query: ((sql, parameters) => {
      queries++
      return world.db.query(sql, parameters)
    }) as typeof world.db.query,
  }
  const ids = people.map(({ person }) => person.personId)

  for (let time = 0; time < 2; time++) {
    expect([...(await world.personalData.keysOf(counting, id, ids)).keys()].toSorted()).toEqual(ids.toSorted())
  }
  expect(queries).toBe(1)
})

it('without a key nothing opens: there never was one, or it was erased', async () => {
  const { id } = await aTenant(world)
  const nobody = { tenantId: id, personId: world.ids.next('con') }
  const { person } = await somebody(world.personalData, id)
  await world.personalData.keyOf(world.db, person)
  await world.db.query('delete from person_keys where tenant_id = $1', [toUuid(id, 'ten')])
  await world.personalData.erased(person, world.clock.now())

  for (const whose of [nobody, person]) {
    await expect(world.personalData.keyOf(world.db, whose)).rejects.toThrow(PersonErased)
  }
})

it('the same value has the same index within a tenant and kind, and no other', async () => {
  const [one, other] = [await aTenant(world), await aTenant(world)]
  const index = (tenantId: string, kind: 'phone' | 'externalId', value: string) =>
    world.personalData.blindIndex(tenantId, kind, value)

  expect(index(one.id, 'phone', '+50255550000')).toBe(index(one.id, 'phone', '+50255550000'))
  const all = [
    index(one.id, 'phone', '+50255550000'),
    index(one.id, 'phone', '+50255550001'),
    index(one.id, 'externalId', '+50255550000'),
    index(other.id, 'phone', '+50255550000'),
  ]
  expect(new Set(all).size).toBe(4)
  expect(all.join()).not.toContain('5555')
})

it('another wrapping key: what the old one wrapped is wrapped anew, and the old one is needed no more', async () => {
  const before = await openWith(localKeys([OLD], systemRandom))
  const { id } = await aTenant(world)
  await world.db.query(
    `insert into tenants (tenant_id, code, name, country, currency, time_zone, log_origin, livemode, created_at)
     values ($1, 'x', 'x', 'GT', 'GTQ', 'UTC', 'x', false, $2)`,
    [toUuid(id, 'ten'), world.clock.now()],
  )
  const { person, key } = await somebody(before, id)
  const sealed = key.seal('name', Buffer.from('Rosa'))
  const index = before.blindIndex(id, 'phone', '+50255550000')

  await openWith(localKeys([NEW, OLD], systemRandom))
  const after = await openWith(localKeys([NEW], systemRandom))

  expect(Buffer.from(await after.openFor(world.db, person, 'name', sealed)).toString()).toBe('Rosa')
  expect(after.blindIndex(id, 'phone', '+50255550000')).toBe(index)
})
