import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import { aRow } from '../testing/import-people.ts'
import { importFile, jsonLines } from '../testing/importing.ts'
import { submit } from '../testing/merchants.ts'
import { aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'

let world: TestWorld
let shared: Tenant
beforeAll(async () => {
  world = await openTestWorld()
  shared = await aTenant(world)
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>

const SURNAMES = 'Ajanel Batz Calel Dubón Escobar Fuentes Girón Herrera Iboy Jocol Kastillo Loarca Macz Nájera'.split(
  ' ',
)
let people = 0
/** Two surnames that nobody else has: persons who resemble each other are another matter. */
const ownSurnames = (): string => {
  const count = people++
  return `${SURNAMES[count % SURNAMES.length]} ${SURNAMES[Math.floor(count / SURNAMES.length)]}`
}

/** @param municipality Left out: the bank does not say where it is. */
async function draft(tenant: Tenant, tradeName: string, municipality?: string, serialEnd?: string) {
  const place = municipality === undefined ? {} : { place: { municipality } }
  const { phone, person } = aPerson('GT', serialEnd)
  const own = { phone, person: { ...person, familyNames: ownSurnames() } }
  const body = aMerchant('GT', { tradeName, ...place, ...own })
  return merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))
}

const shop = async (...args: Parameters<typeof draft>) => submit(world, args[0], (await draft(...args)).id)

const like = (resemblance: string, ...registrationIds: string[]) => [
  { code: 'name_resembles', resemblance, registrationIds },
]

it.each([
  ['Tortillería Ñandú', '0101', 'Tortilleria Nandu', '0101', 'same', 'the same letters in one municipality'],
  ['Tortillería Maya', '0101', 'T0rtillería Maya', '0101', 'same', 'a digit for a letter'],
  ['Tienda La Esquina', '0101', 'Tienda La Esquina 2', '0101', 'alike', 'a number more'],
  ['Farmacia Galeno', '0101', 'Farmacia Galena', '0101', 'near', 'one vowel'],
  ['Comedor Rosy', undefined, 'Comedor Rosi', '0101', 'alike', 'the neighbour may be anywhere'],
  ['Heladería Polar', '0101', 'Eladería Polar', undefined, 'alike', 'the new one may be anywhere'],
  ['Carnicería Vaquero', '0101', 'Carnicería Baquero', '0102', null, 'another municipality'],
  ['Librería Tikal', '0101', 'Librería Quiriguá', '0101', null, 'another name'],
] as const)('%s in %s, then %s in %s: %s, for %s', async (name, where, other, there, resemblance, _why) => {
  const first = await shop(shared, name, where)

  const drafted = await draft(shared, other, there)

  expect(first.flags).toEqual([])
  expect(drafted.flags).toMatchObject(resemblance === null ? [] : like(resemblance, first.id))
  expect(await submit(world, shared, drafted.id)).toMatchObject({ status: 'active', flags: drafted.flags })
})

it('only active neighbours count: a draft is none, a closed one is none any more', async () => {
  const tenant = await aTenant(world)
  const waiting = await draft(tenant, 'Pupusería Suiza', '0101')
  const second = await shop(tenant, 'Pupusería Suiza', '0101')
  expect(second.flags).toEqual([])

  expect((await submit(world, tenant, waiting.id)).flags).toMatchObject(like('same', second.id))

  for (const merchantId of [second.id, waiting.id]) {
    const body = { actor: 'ana', reasons: ['own_request' as const] }
    await merchantHandlers(world).closeMerchant({ merchantId, body }, aCall(tenant, 'closeMerchant'))
  }
  expect((await draft(tenant, 'Pupusería Suiza', '0101')).flags).toEqual([])
})

it('another name or place is compared anew; operators see the flag in review, and it stops nobody', async () => {
  const tenant = await aTenant(world)
  const { id } = await shop(tenant, 'Taller Xelajú', '0901')
  const { id: merchantId } = await draft(tenant, 'Taller Xelaju', '0901', '9999')
  const update = (body: object) =>
    merchantHandlers(world).updateMerchant({ merchantId, body }, aCall(tenant, 'updateMerchant'))

  expect((await update({ tradeName: 'Taller Quiché' })).flags).toEqual([])
  expect((await update({ tradeName: 'Taller Xelajuu' })).flags).toMatchObject(like('alike', id))
  expect((await update({ place: { municipality: '0902' } })).flags).toEqual([])
  expect(await update({ place: { municipality: '0901' } })).toMatchObject({
    flags: like('alike', id),
    place: { municipality: '0901', municipalityName: 'Quetzaltenango', departmentName: 'Quetzaltenango' },
  })
  expect(await submit(world, tenant, merchantId)).toMatchObject({ status: 'inReview', flags: like('alike', id) })
  const approve = (actor: string) =>
    merchantHandlers(world).approveMerchant({ merchantId, body: { actor } }, aCall(tenant, 'approveMerchant'))
  await approve('ana')
  expect(await approve('luis')).toMatchObject({ status: 'active', flags: like('alike', id) })
})

it('another institution’s merchants are no neighbours', async () => {
  const [one, other] = [await aTenant(world), await aTenant(world)]
  await shop(one, 'Tienda El Sol', '0101')

  expect((await shop(other, 'Tienda El Sol', '0101')).flags).toEqual([])
})

it('rows of an import are compared with active merchants, and with the rows before them', async () => {
  const tenant = await aTenant(world)
  const { id } = await shop(tenant, 'Abarrotería Lupita')
  const names = ['Abarrotería Lupita', 'Librería Aurora', 'LIBRERIA AURORA', 'Abarrotería Margarita', 'Barbería Tikal']
  const { rows } = await importFile(
    world,
    tenant,
    jsonLines(names.map((tradeName) => aRow({ tradeName, familyNames: ownSurnames() }))),
  )

  const merchantIds = rows.map(({ registrationId }) => registrationId ?? '')
  const shown = await Promise.all(
    merchantIds.map((merchantId) => merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))),
  )
  expect(shown.map(({ status, flags }) => [status, flags.map((flag) => flag.registrationIds)])).toEqual([
    ['active', [[id]]],
    ['active', []],
    ['active', [[merchantIds[1]]]],
    ['active', []],
    ['active', []],
  ])
})

it('a name that thousands bear names the closest five', async () => {
  const tenant = await aTenant(world)
  for (let count = 0; count < 7; count++) await shop(tenant, 'Tienda La Bendición', '0101')

  const [flag] = (await draft(tenant, 'Tienda La Bendición', '0101')).flags
  expect(flag).toMatchObject({ resemblance: 'same' })
  expect(flag?.registrationIds).toHaveLength(5)
})
