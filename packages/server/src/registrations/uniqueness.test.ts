import type { CreateMerchant, Merchant } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { perform } from '../platform/perform.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { claimDocuments, claimPhones } from './uniqueness.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const create = async (tenant: TenantProfile, body: CreateMerchant, key?: string, on = world): Promise<Merchant> =>
  merchantHandlers(on).createMerchant({ body }, aCall(tenant, 'createMerchant', key, body))

it('the same document is refused, in any spelling, with the field', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()
  await create(tenant, body)

  const { type, number } = body.person.document
  const spelled = { ...body.person, document: { type, number: `${number.slice(0, 4)} ${number.slice(4)}` } }
  await expect(create(tenant, aMerchant('GT', { person: spelled }))).rejects.toMatchObject({
    code: 'document_duplicate',
    errors: [{ pointer: '/person/document/number', code: 'document_duplicate' }],
  })
})

it('the same phone is refused, in any spelling, with the field', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()
  await create(tenant, body)

  const refused = create(tenant, aMerchant('GT', { phone: body.phone.replace('+502', '') }))

  await expect(refused).rejects.toMatchObject({
    code: 'phone_duplicate',
    errors: [{ pointer: '/phone', code: 'phone_duplicate', messageEs: expect.stringContaining('teléfono') }],
  })
})

it('with both taken, both are told', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()
  await create(tenant, body)

  await expect(create(tenant, body)).rejects.toMatchObject({
    code: 'document_duplicate',
    errors: [{ pointer: '/person/document/number' }, { pointer: '/phone' }],
  })
})

it('one person may be merchant and consumer, and customer of two banks', async () => {
  const [tenant, other] = [await aTenant(world), await aTenant(world)]
  const someone = aPerson()
  const { country, consent } = aMerchant()
  await create(tenant, aMerchant('GT', someone))

  const body = { country, consent, ...someone }
  await expect(
    consumerHandlers(world).createConsumer({ body }, aCall(tenant, 'createConsumer')),
  ).resolves.toMatchObject({ status: 'draft' })
  await expect(create(other, aMerchant('GT', someone))).resolves.toMatchObject({ status: 'draft' })
})

it.each([
  ['document_duplicate', () => ({ person: aPerson().person })],
  ['phone_duplicate', () => ({ phone: aPerson().phone })],
] as const)('eight at once with one %s: exactly one is registered', async (code, shared) => {
  const tenant = await aTenant(world)
  const same = shared()

  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => create(tenant, aMerchant('GT', same))))

  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toHaveLength(7)
  for (const reason of refused) expect(reason).toMatchObject({ code, errors: [{ code }] })
  expect((await merchantHandlers(world).listMerchants({ query: {} }, aCall(tenant, 'list'))).data).toHaveLength(1)
})

it('on two servers at once: exactly one is registered, every other alias is given back', async () => {
  const tenant = await aTenant(world)
  const second = shareWorld(world.db)
  const body = aMerchant()
  await Promise.all([create(tenant, aMerchant()), create(tenant, aMerchant(), undefined, second)]) // caches are warm

  const attempts = Array.from({ length: 6 }, (_, n) => create(tenant, body, undefined, n % 2 ? second : world))
  const outcomes = await Promise.allSettled(attempts)

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await countAliases(tenant)).toBe(3)
  await second.ledger.stop()
})

it.each([
  ['document_duplicate', claimDocuments],
  ['phone_duplicate', claimPhones],
] as const)('%s: the database refuses also those that no plan looked for', async (code, claims) => {
  const tenant = await aTenant(world)
  const claim = () => {
    const row = claims.row({ kind: 'merchant', value: 'X', registrationId: world.ids.next('mer') })
    return perform(world.ledger, aCall(tenant, 'claim'), () => ({ purpose: 'test', companions: [row], answer: null }))
  }

  const outcomes = await Promise.allSettled([claim(), claim(), claim()])

  expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done'))).toEqual([
    'done',
    code,
    code,
  ])
})

it('four at once under one key: one merchant, one answer, one alias', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()

  const answers = await Promise.all(Array.from({ length: 4 }, () => create(tenant, body, 'key')))

  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(await countAliases(tenant)).toBe(1)
})

it('a key replays its answer, and its refusal, after things have moved on', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()
  const created = await create(tenant, body, 'key')
  await expect(create(tenant, body, 'second')).rejects.toMatchObject({ code: 'document_duplicate' })

  for (const table of ['registration_documents', 'registration_phones']) {
    await world.db.query(`delete from ${table} where tenant_id = $1`, [toUuid(tenant.id)]) // as if it had been closed
  }
  expect(await create(tenant, body, 'key')).toEqual(created)
  await expect(create(tenant, body, 'second')).rejects.toMatchObject({ code: 'document_duplicate', errors: [{}, {}] })
  await expect(create(tenant, aMerchant(), 'key')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
})

async function countAliases(tenant: TenantProfile): Promise<number> {
  const rows = await world.db.query('select 1 from aliases where tenant_id = $1', [toUuid(tenant.id)])
  return rows.length
}
