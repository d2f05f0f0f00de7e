import { type Queryable, toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MERCHANT } from '../merchants/merchant.ts'
import {
  aConsumerWithWallet,
  aMerchantWithWallet,
  type Holder,
  type HolderOptions,
} from '../payments/testing/wallets.ts'
import { reserveAliases } from '../registrations/aliases.ts'
import { findRegistration } from '../registrations/store.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { aliasHandlers } from './handlers.ts'
import { LookupLimit } from './lookup-limit.ts'

let world: TestWorld
let tenants: TenantProfile[]
beforeAll(async () => {
  world = await openTestWorld()
  tenants = [await aTenant(world, 'GT'), await aTenant(world, 'HN')]
})
afterAll(() => world.close())

const NOBODYS = '100000000093'
const handlersOf = (db: Queryable = world.db, lookupsPerMinute = 1000) =>
  aliasHandlers({
    db,
    personalData: world.personalData,
    ledger: world.ledger,
    tenants: { list: async () => tenants },
    lookups: new LookupLimit(lookupsPerMinute),
  })
const own = (): TenantProfile => tenants[0] as TenantProfile
const other = (): TenantProfile => tenants[1] as TenantProfile
const resolve = async (body: { alias?: string; phone?: string }, handlers = handlersOf(), tenant = own()) =>
  handlers.resolveAlias({ body }, aCall(tenant, 'resolveAlias'))
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => error,
  )

const aMerchant = async (tenant: TenantProfile, options: HolderOptions = {}): Promise<Holder> =>
  listed(tenant, 'merchant', await aMerchantWithWallet(world, tenant, options))
const aConsumer = async (): Promise<Holder> => listed(own(), 'consumer', await aConsumerWithWallet(world, own()))

/** With the alias in the table that all tenants share, as registering does it. */
async function listed(tenant: TenantProfile, kind: string, holder: Holder): Promise<Holder> {
  await world.db.query('insert into aliases (alias, tenant_id, kind, registration_id) values ($1, $2, $3, $4)', [
    holder.alias,
    toUuid(tenant.id, 'ten'),
    kind,
    toUuid(holder.id),
  ])
  return holder
}

const phoneOf = async (tenant: TenantProfile, merchantId: string): Promise<string> =>
  (await findRegistration(world, world.db, tenant.id, MERCHANT.name, merchantId))?.phone ?? ''

/** The same database, keeping the text of every query. */
function recorded() {
  const texts: string[] = []
  const db: Queryable = {
    query: (text, parameters) => {
      texts.push(text)
      return world.db.query(text, parameters)
    },
  }
  return { db, texts }
}

it('a shop: its trade name, currency, who keeps the account', async () => {
  const shop = await aMerchant(own())

  const shown = {
    livemode: false,
    alias: shop.alias,
    kind: 'merchant',
    name: 'Tortillería Ñandú',
    currency: 'GTQ',
    verified: true,
    institution: { code: own().code, name: 'Banco de Prueba' },
    payable: true,
  }
  expect(await resolve({ alias: shop.alias })).toEqual(shown)
  expect(await resolve({ alias: shop.alias.replace(/^(....)(....)/, '$1 $2-') })).toEqual(shown)
  expect(await resolve({ phone: await phoneOf(own(), shop.id) })).toEqual(shown)
})

it('a person: first name and initial, nothing else of them', async () => {
  const { alias } = await aConsumer()
  const shown = await resolve({ alias })

  expect(shown).toMatchObject({ kind: 'consumer', name: 'Rosa U.', payable: false })
  expect(JSON.stringify(shown)).not.toMatch(/Umaña|Pérez|\+502/)
})

it('an alias leads to another institution, its phone does not', async () => {
  const shop = await aMerchant(other())
  const phone = await phoneOf(other(), shop.id)

  expect(await resolve({ alias: shop.alias })).toMatchObject({ currency: 'HNL', payable: false })
  expect(await problemOf(resolve({ phone }))).toMatchObject({ code: 'payee_not_found' })
  expect(await resolve({ phone }, handlersOf(), other())).toMatchObject({ alias: shop.alias })
})

it('unknown, closed, suspended, reserved, hidden: one answer, after the same queries', async () => {
  const reserved = world.ids.next('mer')
  const unused = (
    await reserveAliases(world, { tenantId: own().id, kind: 'merchant', registrationIds: [reserved] })
  ).get(reserved)
  const [shop, closed, suspended, hidden] = await Promise.all([
    aMerchant(own()),
    aMerchant(own(), { status: 'closed' }),
    aMerchant(own(), { status: 'suspended' }),
    aMerchant(own()),
  ])
  const phones = { shop: await phoneOf(own(), shop.id), hidden: await phoneOf(own(), hidden.id) }
  await handlersOf().hideAlias({ alias: hidden.alias }, aCall(own(), 'hideAlias'))
  const look = async (body: { alias?: string; phone?: string }) => {
    const { db, texts } = recorded()
    const { code, facts, errors, message } = (await problemOf(resolve(body, handlersOf(db)))) as Record<string, unknown>
    return { texts, told: { code, facts, errors, message } }
  }

  const byAlias = await Promise.all(
    [NOBODYS, unused ?? '', closed.alias, suspended.alias, hidden.alias].map((alias) => look({ alias })),
  )
  const byPhone = await Promise.all(['+50255550199', phones.hidden].map((phone) => look({ phone })))
  const found = [await look({ alias: shop.alias }), await look({ phone: phones.shop })]

  for (const { told } of [...byAlias, ...byPhone]) {
    expect(told).toEqual({ code: 'payee_not_found', facts: {}, errors: [], message: expect.any(String) })
  }
  for (const { texts } of byAlias) expect(texts).toEqual(found[0]?.texts)
  for (const { texts } of byPhone) expect(texts).toEqual(found[1]?.texts)
  expect(found.map(({ texts }) => texts.length)).toEqual([2, 2])
})

it('whoever hid themselves can be found again', async () => {
  const { alias } = await aConsumer()
  const handlers = handlersOf()

  expect(await handlers.hideAlias({ alias }, aCall(own(), 'hideAlias'))).toEqual({
    livemode: false,
    alias,
    findable: false,
  })
  expect(await problemOf(resolve({ alias }))).toMatchObject({ code: 'payee_not_found' })
  await handlers.showAlias({ alias }, aCall(own(), 'showAlias'))
  expect(await resolve({ alias })).toMatchObject({ alias })
})

it.each([
  ['another institution’s', async () => (await aMerchant(other())).alias],
  ['nobody’s', async () => NOBODYS],
  ['no alias', async () => '12'],
])('hides nobody by an alias that is %s', async (_whose, aliasOf) => {
  const hidden = handlersOf().hideAlias({ alias: await aliasOf() }, aCall(own(), 'hideAlias'))

  expect(await problemOf(Promise.resolve(hidden))).toMatchObject({ code: 'payee_not_found' })
})

it.each([
  // asked, code, pointer, rule, why
  [{ alias: '1000 0000 0083' }, 'payee_invalid', '/alias', 'alias_check', 'a digit is wrong'],
  [{ alias: '1000 0000 009' }, 'payee_invalid', '/alias', 'alias_length', 'a digit is missing'],
  [{ alias: 'Rosa' }, 'payee_invalid', '/alias', 'alias_format', 'a name'],
  [{ phone: '12' }, 'payee_invalid', '/phone', 'phone_number', 'a digit is missing'],
  [{}, 'request_invalid', '/alias', 'payee_one_of', 'neither'],
  [{ alias: NOBODYS, phone: '+50255550101' }, 'request_invalid', '/alias', 'payee_one_of', 'both'],
] as const)('%j is %s at %s, %s: %s', async (asked, code, pointer, rule, _why) => {
  const { db, texts } = recorded()
  const problem = (await problemOf(resolve(asked, handlersOf(db)))) as { errors: { pointer: string; code: string }[] }

  expect(problem).toMatchObject({ code })
  expect(problem.errors[0]).toMatchObject({ pointer, code: rule, messageEs: expect.any(String) })
  expect(texts).toEqual([])
})

it('one caller may ask a few times a minute, others are not held back by it', async () => {
  const handlers = handlersOf(world.db, 2)
  const ask = (clientId: string) =>
    problemOf(
      Promise.resolve(
        handlers.resolveAlias({ body: { alias: NOBODYS } }, { ...aCall(own(), 'resolveAlias'), clientId }),
      ),
    )

  const codes = [await ask('a'), await ask('a'), await ask('a'), await ask('b')].map(
    (e) => (e as { code: string }).code,
  )
  expect(codes).toEqual(['payee_not_found', 'payee_not_found', 'rate_limited', 'payee_not_found'])
})
