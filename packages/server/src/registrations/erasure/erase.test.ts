import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scope } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseHandlers } from '../../cases/handlers.ts'
import { aMonitoringCase, aReportedCase, REPORTED } from '../../cases/testing/confirmed-case.ts'
import { consumerHandlers } from '../../consumers/handlers.ts'
import { getLogOpenings } from '../../log/openings.ts'
import { sealCard } from '../../members/member.ts'
import { merchantHandlers } from '../../merchants/handlers.ts'
import { checkPaymentBooks } from '../../payments/books-check.ts'
import { aConsumerWithWallet } from '../../payments/testing/wallets.ts'
import { erasedListFile } from '../../platform/personal-data/erased-list.ts'
import { insertPersonKey } from '../../platform/personal-data/store.ts'
import { screeningHandlers } from '../../screening/handlers.ts'
import { personOf } from '../../sessions/people.ts'
import { phoneIndex } from '../../sessions/phone-index.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { dueWorkerOf } from '../../testing/due-work.ts'
import { confirmPhone, submit } from '../../testing/merchants.ts'
import { aConsumer, aMerchant } from '../../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../../testing/test-world.ts'
import { findDecisionTexts } from '../decisions.ts'
import { erasureDueHandlers } from './erase.ts'
import { ERASED_ROWS, RESTORED_ROWS } from './erased-rows.ts'
import { eraseRestored } from './restored.ts'
import { ABANDONED_DAYS } from './retention.ts'
import { screenedNameDueHandlers } from './screened-names.ts'
import { unaskedErasureDueHandlers } from './unasked.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const body = { actor: 'ana' }
const YEAR_S = 366 * 86_400
const ERASED = { phone: null, person: null, externalId: null, metadata: {}, notice: null, status: 'closed' }

async function aDraft() {
  const tenant = await aTenant(world)
  const form = aMerchant('GT', { externalId: 'cliente-7', metadata: { sucursal: 'norte' } })
  const { id: merchantId } = await merchantHandlers(world).createMerchant(
    { body: form },
    aCall(tenant, 'createMerchant', 'key-1', form),
  )
  await merchantHandlers(world).startMerchantPhoneVerification({ merchantId }, aCall(tenant, 'start'))
  return { tenant, form, merchantId }
}

async function aClosedConsumer() {
  const tenant = await aTenant(world)
  const { id: consumerId } = await aConsumerWithWallet(world, tenant)
  const close = { actor: 'ana', reasons: ['own_request' as const], note: 'Se fue a otro banco' }
  await consumerHandlers(world).closeConsumer({ consumerId, body: close }, aCall(tenant, 'closeConsumer'))
  return { tenant, consumerId }
}

const worker = (tenant: TenantProfile) => dueWorkerOf(world, [tenant], erasureDueHandlers(world))

/** How many rows of the tenant each table that knows of persons has. */
async function rowsOf({ id }: TenantProfile) {
  const tables = Object.keys(NO_ROWS)
  const counts = await Promise.all(
    tables.map(async (table) => {
      const [row] = await world.db.query<{ n: bigint }>(`select count(*) as n from ${table} where tenant_id = $1`, [
        toUuid(id, 'ten'),
      ])
      return [table, Number(row?.n)] as const
    }),
  )
  return Object.fromEntries(counts)
}
const NO_ROWS = {
  person_keys: 0,
  registration_documents: 0,
  registration_phones: 0,
  phone_verifications: 0,
  messages: 0,
  person_limit_groups: 0,
  phone_limit_groups: 0,
}

it('whoever never was a customer is erased at once, with everything that they could be found by', async () => {
  const { tenant, form, merchantId } = await aDraft()
  const { eraseMerchant, getMerchant, listMerchants, createMerchant } = merchantHandlers(world)

  const erased = await eraseMerchant({ merchantId, body }, aCall(tenant, 'eraseMerchant', 'erase-1'))

  const now = world.clock.now().toISOString()
  expect(erased).toMatchObject({ ...ERASED, erasure: { requestedAt: now, dueAt: now, erasedAt: now } })
  expect(await getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).toEqual(erased)
  expect(await listMerchants({ query: {} }, aCall(tenant, 'listMerchants'))).toMatchObject({ data: [erased] })
  expect(await rowsOf(tenant)).toEqual(NO_ROWS)
  expect(await eraseMerchant({ merchantId, body }, aCall(tenant, 'eraseMerchant', 'erase-1'))).toEqual(erased)
  await expect(createMerchant({ body: form }, aCall(tenant, 'createMerchant', 'key-1', form))).rejects.toMatchObject({
    code: 'answer_erased',
  })
  expect(await checkPaymentBooks(world, tenant.id)).toEqual([])
})

it('whoever signed in for the shop alone is forgotten, and whoever acts for another one is not', async () => {
  const { tenant, merchantId } = await aDraft()
  const ten = toUuid(tenant.id, 'ten')
  const anId = (prefix: string) => toUuid(world.ids.next(prefix))
  const [alone, elsewhere, otherShop] = [anId('per'), anId('per'), anId('mer')]
  const now = world.clock.now()
  for (const personId of [alone, elsewhere]) {
    const sessionId = anId('ses')
    await world.db.query('insert into people (tenant_id, id, phone, created_at) values ($1, $2, $3, $4)', [
      ...[ten, personId, `h1:${personId}`, now],
    ])
    await world.db.query(
      `insert into sessions (tenant_id, id, status, person_id, code_hmac, wrong_tries, code_expires_at, created_at)
       values ($1, $2, 'active', $3, '', 0, $4, $4)`,
      [ten, sessionId, personId, now],
    )
    await world.db.query(
      `insert into person_keys (tenant_id, person_id, wrapped_key, provider_key_id, created_at)
       values ($1, $2, $3, 'local', $4)`,
      [ten, sessionId, new Uint8Array(1), now],
    )
    const shops = personId === elsewhere ? [toUuid(merchantId), otherShop] : [toUuid(merchantId)]
    for (const shop of shops) {
      await world.db.query(
        `insert into members (tenant_id, id, kind, registration_id, person_id, role, status, phone, sealed, created_at)
         values ($1, $2, 'merchant', $3, $4, 'staff', 'active', $5, $6, $7)`,
        [ten, anId('mbr'), shop, personId, `h1:${personId}`, new Uint8Array(1), now],
      )
    }
  }

  await merchantHandlers(world).eraseMerchant({ merchantId, body }, aCall(tenant, 'eraseMerchant'))

  const rows = async (sql: string) => (await world.db.query<{ id: string }>(sql, [ten])).map(({ id }) => id)
  expect(await rows('select id from people where tenant_id = $1 and phone is not null')).toEqual([elsewhere])
  expect(await rows('select person_id as id from sessions where tenant_id = $1')).toEqual([elsewhere])
  expect(await rows('select person_id as id from person_keys where tenant_id = $1')).toHaveLength(1)
  expect(await rows('select registration_id as id from members where tenant_id = $1 and sealed is not null')).toEqual([
    otherShop,
  ])
})

it('document and phone are free again', async () => {
  const { tenant, form, merchantId } = await aDraft()
  await merchantHandlers(world).eraseMerchant({ merchantId, body }, aCall(tenant, 'eraseMerchant'))

  const again = await merchantHandlers(world).createMerchant({ body: form }, aCall(tenant, 'createMerchant'))
  expect(again).toMatchObject({ phone: form.phone, erasure: null })
})

it('whom the law keeps is shown no more, can be exported, and is erased on the day', async () => {
  const { tenant, consumerId } = await aClosedConsumer()
  const { eraseConsumer, getConsumer, exportConsumer } = consumerHandlers(world)
  const asked = await eraseConsumer({ consumerId, body }, aCall(tenant, 'eraseConsumer'))

  expect(asked).toMatchObject({ ...ERASED, erasure: { erasedAt: null, source: expect.stringContaining('67-2001') } })
  expect(asked.erasure?.dueAt.slice(0, 4)).toBe(String(world.clock.now().getUTCFullYear() + 5))
  const { parts } = await exportConsumer({ consumerId }, aCall(tenant, 'exportConsumer'))
  expect(JSON.stringify(parts)).toContain('Se fue a otro banco')

  world.clock.advance(4 * YEAR_S)
  await worker(tenant).runDue()
  expect(await getConsumer({ consumerId }, aCall(tenant, 'getConsumer'))).toEqual(asked)

  world.clock.advance(2 * YEAR_S)
  await worker(tenant).runDue()
  expect(await getConsumer({ consumerId }, aCall(tenant, 'getConsumer'))).toEqual({
    ...asked,
    erasure: { ...asked.erasure, erasedAt: world.clock.now().toISOString() },
  })
  expect(await rowsOf(tenant)).toEqual(NO_ROWS)
  await expect(exportConsumer({ consumerId }, aCall(tenant, 'exportConsumer'))).rejects.toMatchObject({
    code: 'person_erased',
  })
  expect(await checkPaymentBooks(world, tenant.id)).toEqual([])
})

const clear = (tenant: TenantProfile, caseId: string) =>
  caseHandlers(world).decideCase(
    { caseId, body: { actor: 'eva', outcome: 'cleared', reasons: ['explained'] } },
    aCall(tenant, 'decideCase'),
  )

it('nobody is erased while a case about them is open', async () => {
  const { tenant, merchantId } = await aDraft()
  const caseId = await aMonitoringCase(world, tenant, { kind: 'merchant', id: merchantId })
  const ask = () => merchantHandlers(world).eraseMerchant({ merchantId, body }, aCall(tenant, 'eraseMerchant'))

  await expect(ask()).rejects.toMatchObject({ code: 'case_open', facts: { caseId } })
  await clear(tenant, caseId)
  expect((await ask()).erasure).toMatchObject({ erasedAt: expect.any(String) })
})

it('what two confirmed of whoever never was a customer is kept as a refusal is; then its appeal finds nobody', async () => {
  const { tenant, form, merchantId } = await aDraft()
  const caseId = await aReportedCase(world, tenant, { kind: 'merchant', id: merchantId })
  const { eraseMerchant, createMerchant } = merchantHandlers(world)

  const { erasure } = await eraseMerchant({ merchantId, body }, aCall(tenant, 'eraseMerchant'))

  expect(erasure).toMatchObject({ erasedAt: null, source: expect.stringContaining('67-2001') })
  expect(erasure?.dueAt.slice(0, 4)).toBe(String(world.clock.now().getUTCFullYear() + 5))
  expect(await createMerchant({ body: form }, aCall(tenant, 'createMerchant'))).toMatchObject({ status: 'draft' })
  world.clock.advance(6 * YEAR_S)
  await worker(tenant).runDue()
  const erased = { code: 'person_erased' }
  const appeal = { caseId, body: { actor: 'eva', note: 'No soy yo' } }
  await expect(caseHandlers(world).appealCase(appeal, aCall(tenant, 'appealCase'))).rejects.toMatchObject(erased)
  const asked = { body: { personId: merchantId } }
  const screening = screeningHandlers(world).createScreening(asked, aCall(tenant, 'createScreening'))
  await expect(screening).rejects.toMatchObject(erased)
})

it('an erasure whose day comes while a case is open waits for it, and a confirmation keeps the data for its years', async () => {
  const [one, other] = [await aClosedConsumer(), await aClosedConsumer()]
  const found = []
  for (const { tenant, consumerId } of [one, other]) {
    await consumerHandlers(world).eraseConsumer({ consumerId, body }, aCall(tenant, 'eraseConsumer'))
    found.push(await aMonitoringCase(world, tenant, { kind: 'consumer', id: consumerId }))
  }
  const erasedAt = async ({ tenant, consumerId }: typeof one) => {
    await worker(tenant).runDue()
    const { erasure } = await consumerHandlers(world).getConsumer({ consumerId }, aCall(tenant, 'getConsumer'))
    return erasure?.erasedAt
  }
  world.clock.advance(6 * YEAR_S)
  expect([await erasedAt(one), await erasedAt(other)]).toEqual([null, null])
  expect(await rowsOf(one.tenant)).toMatchObject({ person_keys: 1 })

  await clear(one.tenant, found[0] ?? '')
  for (const actor of ['ana', 'luis']) {
    const said = { actor, outcome: 'confirmed' as const, reasons: ['unexplained' as const] }
    const confirm = { caseId: found[1] ?? '', body: said }
    await caseHandlers(world).decideCase(confirm, aCall(other.tenant, 'decideCase'))
  }
  world.clock.advance(8 * 86_400)
  expect([await erasedAt(one), await erasedAt(other)]).toEqual([world.clock.now().toISOString(), null])
  world.clock.advance(6 * YEAR_S)
  expect(await erasedAt(other)).toBe(world.clock.now().toISOString())
})

const doUnasked = (tenant: TenantProfile) =>
  dueWorkerOf(world, [tenant], { ...erasureDueHandlers(world), ...unaskedErasureDueHandlers(world) }).runDue()
const DAY_S = 86_400

it('whoever left is erased when the law lets go, though nobody asks; a case about them is awaited', async () => {
  const { tenant, consumerId } = await aClosedConsumer()
  const erasure = async () => (await consumerHandlers(world).getConsumer({ consumerId }, aCall(tenant, 'get'))).erasure
  const caseId = await aMonitoringCase(world, tenant, { kind: 'consumer', id: consumerId })

  world.clock.advance(4 * YEAR_S)
  await doUnasked(tenant)
  expect(await erasure()).toBeNull()
  world.clock.advance(2 * YEAR_S)
  await doUnasked(tenant)
  expect(await erasure(), 'a case is open').toBeNull()
  await clear(tenant, caseId)
  world.clock.advance(8 * DAY_S)
  await doUnasked(tenant)

  expect(await erasure()).toMatchObject({ erasedAt: expect.any(String), source: expect.stringContaining('67-2001') })
  expect(await rowsOf(tenant)).toEqual(NO_ROWS)
  expect(await checkPaymentBooks(world, tenant.id)).toEqual([])
})

it('a draft that nobody touches for long is erased; one that was edited, or is no draft any more, is not', async () => {
  const tenant = await aTenant(world)
  const { createMerchant, updateMerchant, getMerchant } = merchantHandlers(world)
  const [left, edited, active] = await Promise.all(
    [1, 2, 3].map(() => createMerchant({ body: aMerchant() }, aCall(tenant, 'createMerchant'))),
  )
  const statusOf = async (id = '') => {
    const { status, erasure } = await getMerchant({ merchantId: id }, aCall(tenant, 'getMerchant'))
    return erasure === null ? status : 'erased'
  }
  const statuses = async () => [await statusOf(left?.id), await statusOf(edited?.id), await statusOf(active?.id)]
  await submit(world, tenant, active?.id ?? '')
  world.clock.advance(100 * DAY_S)
  await updateMerchant({ merchantId: edited?.id ?? '', body: { tradeName: 'Otra' } }, aCall(tenant, 'updateMerchant'))
  world.clock.advance((ABANDONED_DAYS - 100) * DAY_S)
  await doUnasked(tenant)
  expect(await statuses()).toEqual(['erased', 'draft', 'active'])

  world.clock.advance(100 * DAY_S)
  await doUnasked(tenant)
  expect(await statuses()).toEqual(['erased', 'erased', 'active'])
})

it.each([
  ['a confirmed phone', (id: string, tenant: TenantProfile) => confirmPhone(world, tenant, id), 1],
  // of what is written down by others nobody counts the days: at most twice as many
  [
    'another change',
    (id: string) => world.db.query('update registrations set revision = 2 where id = $1', [toUuid(id)]),
    2,
  ],
])('a draft is erased after %s, too', async (_what, change, periods) => {
  const tenant = await aTenant(world)
  const { createMerchant, getMerchant } = merchantHandlers(world)
  const { id: merchantId } = await createMerchant({ body: aMerchant() }, aCall(tenant, 'createMerchant'))
  const isErased = async () =>
    (await getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).erasure?.erasedAt !== undefined
  await change(merchantId, tenant)

  for (let period = 1; period <= periods; period++) {
    expect(await isErased()).toBe(false)
    world.clock.advance(ABANDONED_DAYS * DAY_S)
    await doUnasked(tenant)
  }
  expect(await isErased()).toBe(true)
})

it('a name that was asked for is forgotten when nothing keeps it, also one that was asked for before it was due', async () => {
  const tenant = await aTenant(world)
  const screenings = screeningHandlers(world)
  const ask = () =>
    screenings.createScreening(
      { body: { query: { name: 'Filiberta Ixbalanké Zúmuk' } } },
      aCall(tenant, 'createScreening'),
    )
  const [asked, other] = [await ask(), await ask()]
  const forget = () =>
    dueWorkerOf(world, [tenant], screenedNameDueHandlers({ ...world, tenants: { get: async () => tenant } })).runDue()
  const keys = async () => (await rowsOf(tenant))['person_keys']
  await world.db.query('delete from due where tenant_id = $1', [toUuid(tenant.id, 'ten')])
  await world.db.query(
    await readFile(new URL('../../platform/database/migrations/0061-unasked-names.sql', import.meta.url), 'utf8'),
  )
  await clear(tenant, asked.caseId ?? '')
  await forget()
  world.clock.advance(4 * YEAR_S)
  await forget()
  expect(await keys()).toBe(2)
  world.clock.advance(2 * YEAR_S)
  await forget()

  expect(await keys(), 'the case of the other is open').toBe(1)
  const { id: screeningId } = asked
  expect(await screenings.getScreening({ screeningId }, aCall(tenant, 'get'))).toMatchObject({ matches: [] })
  await clear(tenant, other.caseId ?? '')
  world.clock.advance(8 * DAY_S)
  await forget()
  expect(await keys()).toBe(0)
})

it('who left, and drafts, before an older version wrote down when they are erased, are found once', async () => {
  const { tenant, consumerId } = await aClosedConsumer()
  const { id: merchantId } = await merchantHandlers(world).createMerchant(
    { body: aMerchant() },
    aCall(tenant, 'create'),
  )
  const due = () =>
    world.db.query<{ kind: string; reference: string; due_at: Date }>(
      'select kind, reference, due_at from due where tenant_id = $1 order by kind',
      [toUuid(tenant.id, 'ten')],
    )
  const written = await due()
  await world.db.query('delete from due where tenant_id = $1', [toUuid(tenant.id, 'ten')])
  await world.db.query(
    await readFile(new URL('../../platform/database/migrations/0060-unasked-erasures.sql', import.meta.url), 'utf8'),
  )
  await doUnasked(tenant)

  expect(written.map(({ reference }) => reference)).toEqual([`${merchantId} 1`, consumerId])
  expect(await due()).toEqual(written)
})

it('who is in use, was erased, or is to be erased, is refused', async () => {
  const tenant = await aTenant(world)
  const { id: active } = await aConsumerWithWallet(world, tenant)
  const { tenant: other, merchantId } = await aDraft()
  await merchantHandlers(world).eraseMerchant({ merchantId, body }, aCall(other, 'eraseMerchant'))

  await expect(
    consumerHandlers(world).eraseConsumer({ consumerId: active, body }, aCall(tenant, 'eraseConsumer')),
  ).rejects.toMatchObject({ code: 'consumer_wrong_status', facts: { status: 'active' } })
  await expect(
    merchantHandlers(world).eraseMerchant({ merchantId, body }, aCall(other, 'eraseMerchant')),
  ).rejects.toMatchObject({ code: 'merchant_wrong_status' })
})

/** Where the export has what each table knows of a person; `–`: it has not, and why. */
const EXPORTED: Readonly<Record<string, string>> = {
  erased_persons: '– only of whoever was erased',
  person_keys: '– the key that opens the rest: a secret that says nothing',
  phone_verifications: 'phoneVerifications',
  messages: 'messages',
  business_names: 'registration',
  person_likenesses: 'registration',
  registration_decisions: 'decisions',
  registration_documents: 'registration',
  registration_phones: 'registration',
  screening_people: '– what names are compared with lists is kept back',
  screenings: '– as above',
  cases: '– nobody is told what they are suspected of',
  document_parts: 'documents',
  enrolments: 'enrolments',
  due: '– what the server has to do, by id',
  sessions: 'sessions',
  people: 'sessions',
  payment_devices: 'paymentDevices',
  phone_limit_groups: '– a keyed index of the phone, so that limits hold across registrations',
  members: 'members',
  ports: 'moves',
  import_rows: 'registration',
}

it('every table that erasing a person touches is in the export, or left out for a reason', () => {
  const statements = [...ERASED_ROWS.map(({ sql }) => sql), ...RESTORED_ROWS]
  const tables = statements.map((sql) => /^\s*(?:insert into|delete from|update) (\w+)/.exec(sql)?.[1] ?? sql)
  expect([...new Set(tables)].sort()).toEqual(Object.keys(EXPORTED).sort())
})

it('an export has what the person did on devices, who acts for the shop, and what an agent attested; others are not named', async () => {
  const tenant = await aTenant(world)
  const form = aMerchant()
  const { id } = await merchantHandlers(world).createMerchant({ body: form }, aCall(tenant, 'createMerchant'))
  const { accountId } = await aConsumerWithWallet(world, tenant)
  const ten = toUuid(tenant.id, 'ten')
  const now = world.clock.now()
  await world.db.query('update registrations set account_id = $3 where tenant_id = $1 and id = $2', [
    ...[ten, toUuid(id), toUuid(accountId)],
  ])
  const index = phoneIndex(world, tenant.id, form.phone)
  const personId = await personOf(world, tenant.id, index, now)
  const sessionId = world.ids.next('ses')
  const { key: sessionKey, row } = await world.personalData.drawKey({ tenantId: tenant.id, personId: sessionId }, now)
  await insertPersonKey(world.db, ten, row)
  await world.db.query(
    `insert into sessions (tenant_id, id, status, person_id, code_hmac, wrong_tries, code_expires_at, sealed_name,
       device_thumbprint, created_at) values ($1, $2, 'active', $3, '', 0, $4, $5, 'thumb', $4)`,
    [ten, toUuid(sessionId), toUuid(personId), now, sessionKey.sealJson('device', 'Teléfono de Rosa')],
  )
  const shopKey = await world.personalData.keyOf(world.db, { tenantId: tenant.id, personId: id })
  for (const [who, name] of [
    [personId, 'Rosa'],
    [world.ids.next('per'), 'Empleado'],
  ] as const) {
    const memberId = world.ids.next('mbr')
    await world.db.query(
      `insert into members (tenant_id, id, kind, registration_id, person_id, role, status, sealed, created_at)
       values ($1, $2, 'merchant', $3, $4, 'staff', 'active', $5, $6)`,
      [ten, toUuid(memberId), toUuid(id), toUuid(who), sealCard(shopKey, memberId, { name, phone: null }), now],
    )
  }
  for (let count = 0; count < 2; count++)
    await world.db.query(
      `insert into payment_devices (tenant_id, payment_id, payer_account_id, device, created_at)
       values ($1, $2, $3, 'thumb', $4)`,
      [ten, toUuid(world.ids.next('pay')), toUuid(accountId), now],
    )
  const ids = ['enr', 'agt', 'agd', 'enr', 'txn'].map((prefix) => toUuid(world.ids.next(prefix)))
  await world.db.query(
    `insert into enrolments (tenant_id, id, agent_id, device_id, operation_id, transaction_id, registration_id,
       attested_at, latitude, longitude, attestation, sequence, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, '14.6', '-90.5', 'eyJ', 1, $8)`,
    [ten, ...ids, id, now],
  )

  const { parts } = await merchantHandlers(world).exportMerchant({ merchantId: id }, aCall(tenant, 'exportMerchant'))
  const of = (name: string) => parts.find((part) => part.name === name)?.data

  expect(of('sessions')).toMatchObject([{ id: sessionId, deviceName: 'Teléfono de Rosa', deviceThumbprint: 'thumb' }])
  expect(of('members')).toMatchObject([
    { role: 'staff', isOwn: false, card: null },
    { role: 'staff', isOwn: true, card: { name: 'Rosa' } },
  ])
  expect(of('paymentDevices')).toMatchObject([{ deviceThumbprint: 'thumb', paymentCount: 2 }])
  expect(of('enrolments')).toMatchObject([{ attestation: 'eyJ', place: { latitude: '14.6', longitude: '-90.5' } }])
  expect(JSON.stringify(parts)).not.toMatch(/Empleado|agt_/)
})

it('an export names each part, why it is held and how long', async () => {
  const tenant = await aTenant(world)
  const form = aConsumer('GT', { externalId: 'cliente-9' })
  const { createConsumer, startConsumerPhoneVerification, exportConsumer } = consumerHandlers(world)
  const { id: consumerId } = await createConsumer({ body: form }, aCall(tenant, 'createConsumer'))
  await startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))

  const { parts } = await exportConsumer({ consumerId }, aCall(tenant, 'exportConsumer'))

  expect(parts.map(({ name }) => name)).toEqual([
    'registration',
    'consent',
    'decisions',
    'phoneVerifications',
    'documents',
    'cardLines',
    'messages',
    'enrolments',
    'members',
    'sessions',
    'paymentDevices',
    'moves',
    'accounts',
  ])
  const names = new Set(parts.map(({ name }) => name))
  for (const part of Object.values(EXPORTED)) expect(part.startsWith('–') || names.has(part), part).toBe(true)
  expect(parts.filter(({ purpose, retention }) => purpose === '' || retention === '')).toEqual([])
  const [registration, , , , , , messages] = parts
  expect(registration?.data).toMatchObject({ phone: form.phone, externalId: 'cliente-9' })
  expect(messages?.data).toMatchObject([{ to: form.phone }])
})

it('that somebody was reported to the authority is in no export, and in no list or opening without a right to cases', async () => {
  const tenant = await aTenant(world)
  const { id: consumerId } = await aConsumerWithWallet(world, tenant)
  const suspend = { actor: 'ana', reasons: ['own_request' as const], note: 'Lo pidió' }
  await consumerHandlers(world).suspendConsumer({ consumerId, body: suspend }, aCall(tenant, 'suspendConsumer'))
  const caseId = await aReportedCase(world, tenant, { kind: 'consumer', id: consumerId })
  const { exportConsumer, listConsumerDecisions } = consumerHandlers(world)

  const exported = JSON.stringify(await exportConsumer({ consumerId }, aCall(tenant, 'exportConsumer')))
  expect(exported).toContain('Lo pidió')
  for (const secret of [REPORTED.reason, REPORTED.note, caseId, 'roposeConfirmation', '"ana"'])
    expect(exported).not.toContain(secret)

  const list = (scopes: readonly Scope[]) =>
    listConsumerDecisions({ consumerId, query: {} }, { ...aCall(tenant, 'list'), scopes: new Set(scopes) })
  expect((await list(['consumers:review'])).data.map(({ action }) => action)).toEqual(['suspend'])
  const { data } = await list(['consumers:review', 'cases:read'])
  expect(data.map(({ action }) => action)).toEqual(['confirm', 'proposeConfirmation', 'suspend'])

  const opened = (scopes: readonly Scope[]) =>
    getLogOpenings(
      { ...world, keptTexts: [findDecisionTexts(world)] },
      { tenantId: tenant.id, scopes: new Set(scopes) },
      data[0]?.transactionId ?? '',
    )
  await expect(opened(['log:read'])).rejects.toMatchObject({ code: 'scope_missing', facts: { scope: 'cases:read' } })
  expect((await opened(['log:read', 'cases:read'])).data).toMatchObject([{ record: { note: REPORTED.note } }])
})

it('whom an older backup brings back is erased again before the server opens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pisto-erased-'))
  const list = erasedListFile(join(folder, 'erased-persons'))
  const { tenant, merchantId } = await aDraft()
  await world.db.query(
    `insert into tenants (tenant_id, code, name, country, currency, time_zone, log_origin, livemode, created_at)
     values ($1, 'x', 'x', 'GT', 'GTQ', 'UTC', 'x', false, $2)`,
    [toUuid(tenant.id, 'ten'), world.clock.now()],
  )
  const caseId = await aMonitoringCase(world, tenant, { kind: 'merchant', id: merchantId })
  const person = { tenant: toUuid(tenant.id, 'ten'), person: toUuid(merchantId), erasedAt: world.clock.now() }
  await list.add([person, person])

  expect(await eraseRestored(world.db, list)).toBe(1)
  expect(await eraseRestored(world.db, list)).toBe(0)

  const { getMerchant } = merchantHandlers(world)
  expect(await getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).toMatchObject(ERASED)
  expect(await rowsOf(tenant)).toEqual(NO_ROWS)
  const lapsed = { status: 'lapsed', decidedAt: world.clock.now().toISOString() }
  expect(await caseHandlers(world).getCase({ caseId }, aCall(tenant, 'getCase'))).toMatchObject(lapsed)
  await expect(clear(tenant, caseId)).rejects.toMatchObject({ code: 'case_wrong_status' })
  await rm(folder, { recursive: true })
})

it('who was erased and is not listed, because a process died in between, is listed at the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pisto-erased-'))
  const list = erasedListFile(join(folder, 'erased-persons'))
  const erased = await world.db.query(
    'select person_id from erased_persons where tenant_id in (select tenant_id from tenants)',
  )

  expect(await eraseRestored(world.db, list)).toBe(0)

  expect(erased.length).toBeGreaterThan(0)
  expect(await list.read()).toHaveLength(erased.length)
  await rm(folder, { recursive: true })
})
