import { toUuid } from '@pisto/ledger'
import { expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import { aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld } from '../testing/test-world.ts'
import { sealClearRows } from './seal-clear-rows.ts'
import { findTaken } from './uniqueness.ts'

/** What a version before 0010 had stored. */
async function inClear(rows: number) {
  const world = await openTestWorld()
  const tenant = await aTenant(world)
  const tenantUuid = toUuid(tenant.id, 'ten')
  const people = Array.from({ length: rows }, () => aMerchant())
  for (const [n, { phone, person, tradeName, categoryCode }] of people.entries()) {
    const [id, alias] = [world.ids.next('mer'), String(100_000_000_000 + n)]
    const { document } = person
    await world.db.query(
      `insert into registrations (tenant_id, kind, id, status, tier, country, phone, locale, given_names, family_names,
         date_of_birth, document_type, document_number, trade_name, category_code, consent_version,
         consent_accepted_at, consent_channel, alias, policy_version, external_id, metadata, notice, created_at)
       values ($1, 'merchant', $2, 'draft', 0, 'GT', $3, 'es', $4, $5, $6, $7, $8, $9, $10, 'v1', $11, 'api', $12,
         'p1', $13, '{"key":"value"}', null, $11)`,
      [
        ...[tenantUuid, toUuid(id), phone, person.givenNames, person.familyNames, person.dateOfBirth, document.type],
        ...[document.number, tradeName, categoryCode, world.clock.now(), alias, `ext-${n}`],
      ],
    )
    await world.db.query(`insert into registration_phones values ($1, 'merchant', $2, $3)`, [
      ...[tenantUuid, phone, toUuid(id)],
    ])
    await world.db.query(`insert into registration_documents values ($1, 'merchant', $2, $3)`, [
      ...[tenantUuid, `GT:DPI:${document.number}`, toUuid(id)],
    ])
  }
  return { world, tenant, people }
}

it('what older versions wrote in clear is sealed, found as before, and in clear nowhere', async () => {
  const { world, tenant, people } = await inClear(3)

  expect(await sealClearRows(world)).toBe(9)
  expect(await sealClearRows(world)).toBe(0)

  const [, second] = people
  const { data } = await merchantHandlers(world).listMerchants(
    { query: { externalId: 'ext-1' } },
    aCall(tenant, 'listMerchants'),
  )
  expect(data).toMatchObject([{ phone: second?.phone, person: { givenNames: second?.person.givenNames } }])
  expect(data).toMatchObject([{ externalId: 'ext-1', metadata: { key: 'value' } }])
  const keys = {
    document: world.personalData.blindIndex(tenant.id, 'document', `GT:DPI:${second?.person.document.number}`),
    phone: world.personalData.blindIndex(tenant.id, 'phone', second?.phone ?? ''),
  }
  const taken = await findTaken(world.db, tenant.id, 'merchant', [keys])
  expect([...taken.documents, ...taken.phones]).toEqual([keys.document, keys.phone])
  for (const table of ['registrations', 'registration_phones', 'registration_documents']) {
    const stored = JSON.stringify(await world.db.query(`select t::text from ${table} t`))
    for (const { phone, person } of people) {
      for (const word of [phone, person.familyNames, person.document.number]) expect(stored).not.toContain(word)
    }
  }
  await world.close()
})

it('a claim that an older version made again is dropped', async () => {
  const { world, tenant, people } = await inClear(1)
  await sealClearRows(world)
  await world.db.query(`insert into registration_phones values ($1, 'merchant', $2, $3)`, [
    ...[toUuid(tenant.id, 'ten'), people[0]?.phone ?? '', toUuid(world.ids.next('mer'))],
  ])

  expect(await sealClearRows(world)).toBe(1)

  const claims = await world.db.query('select phone from registration_phones')
  expect(claims).toEqual([{ phone: world.personalData.blindIndex(tenant.id, 'phone', people[0]?.phone ?? '') }])
  await world.close()
})
