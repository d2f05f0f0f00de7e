import type { UpdateMerchant } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseHandlers } from '../cases/handlers.ts'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { Call } from '../platform/http/call.ts'
import { importFile, jsonLines } from '../testing/importing.ts'
import { submit } from '../testing/merchants.ts'
import { aConsumer, again, aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { policyOn, type Tier, tierOf } from './policy/policy.ts'

let world: TestWorld
let tenant: Awaited<ReturnType<typeof aTenant>>
beforeAll(async () => {
  world = await openTestWorld()
  tenant = await aTenant(world)
})
afterAll(() => world.close())

const merchants = () => merchantHandlers(world)
const PLACE = {
  municipality: '0101',
  address: '4a calle 5-60, zona 1',
  point: { latitude: 14.64123, longitude: -90.51987 },
}
const COMPANY = {
  taxId: '576937-K',
  businessRegistration: '123-45-6',
  beneficialOwners: [{ name: 'Rosa Umaña', dateOfBirth: '1990-02-28', sharePercent: 100 }],
}

async function aShop(change: object = {}) {
  const { id: merchantId } = await merchants().createMerchant(
    { body: aMerchant('GT', change) },
    aCall(tenant, 'createMerchant'),
  )
  return submit(world, tenant, merchantId)
}

/** What uploading documents leaves in a registration. */
const show = (id: string, kinds: readonly string[]) =>
  world.db.query('update registrations set given_documents = $3 where tenant_id = $1 and id = $2', [
    ...[toUuid(tenant.id, 'ten'), toUuid(id), JSON.stringify(kinds)],
  ])
const CARD = ['identityFront', 'identityBack']
const showCard = (id: string) => show(id, CARD)
const get = (merchantId: string) => merchants().getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))
const ask = (merchantId: string) => merchants().upgradeMerchant({ merchantId }, aCall(tenant, 'upgradeMerchant'))
const approve = (merchantId: string, actor: string) =>
  merchants().approveMerchant({ merchantId, body: { actor } }, aCall(tenant, 'approveMerchant'))
const limitsOf = async (id: string) =>
  (await world.ledger.findAccountLimits(tenant.id, (await get(id)).accountId ?? ''))?.[0]?.limits

it('asks for pictures and address, waits for two operators while everything goes on, then has higher limits', async () => {
  const { id } = await aShop()
  expect((await get(id)).requirements.eventuallyDue).toEqual(['documentImage', 'address'])
  await expect(ask(id)).rejects.toMatchObject({
    code: 'requirements_missing',
    facts: { currentlyDue: 'documentImage, address' },
  })

  await showCard(id)
  const update = { merchantId: id, body: { place: PLACE } }
  expect(await merchants().updateMerchant(update, aCall(tenant, 'updateMerchant'))).toMatchObject({
    place: { municipality: '0101', address: PLACE.address, point: { latitude: 14.64, longitude: -90.52 } },
    requirements: { eventuallyDue: [] },
  })
  const asked = await ask(id)
  expect(asked).toMatchObject({
    status: 'active',
    tier: 1,
    requestedTier: 2,
    review: { operatorsNeeded: 2 },
    requirements: { pendingVerification: ['documentImage', 'address'], disabledReason: null },
    capabilities: { acceptPayments: { status: 'active' } },
  })
  await expect(ask(id)).rejects.toMatchObject({ code: 'merchant_wrong_status', facts: { status: 'inReview' } })
  const list = async (reviewing: boolean) =>
    (await merchants().listMerchants({ query: { reviewing } }, aCall(tenant, 'listMerchants'))).data.map(
      (one) => one.id,
    )
  expect([await list(true), (await list(false)).includes(id)]).toEqual([[id], false])

  expect(await approve(id, 'ana')).toMatchObject({ tier: 1, review: { approval: { proposedBy: 'ana' } } })
  await expect(approve(id, 'ana')).rejects.toMatchObject({ code: 'second_operator_needed' })
  expect(await approve(id, 'luis')).toMatchObject({
    status: 'active',
    tier: 2,
    requestedTier: null,
    review: null,
    requirements: { eventuallyDue: ['businessRegistration', 'taxId', 'beneficialOwners'] },
  })
  const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 })
  expect(events.filter(({ objectId }) => objectId === id).map(({ type }) => type)).toEqual([
    ...['merchant.created', 'merchant.activated', 'merchant.updated', 'merchant.upgradeRequested'],
    ...['merchant.approvalProposed', 'merchant.approved', 'merchant.upgraded'],
  ])
})

it('tier 3 asks for the company; a document gives what a field gives; above it is nothing', async () => {
  const { id } = await aShop({ place: PLACE })
  await showCard(id)
  await ask(id)
  await approve(id, 'ana')
  await approve(id, 'luis')
  const { taxId: _, ...withoutTaxId } = COMPANY
  await merchants().updateMerchant({ merchantId: id, body: withoutTaxId }, aCall(tenant, 'updateMerchant'))
  await expect(ask(id)).rejects.toMatchObject({ facts: { currentlyDue: 'taxId' } })
  await show(id, [...CARD, 'taxCertificate'])
  await ask(id)
  await approve(id, 'ana')

  expect(await approve(id, 'luis')).toMatchObject({ tier: 3, ...withoutTaxId, requirements: { items: [] } })
  await expect(ask(id)).rejects.toMatchObject({ code: 'tier_highest', facts: { tier: '3' } })
})

it('what operators verified for tier 3 its owner does not replace alone; the institution may', async () => {
  const { id, phone } = await aShop({ place: PLACE })
  await showCard(id)
  const owner = { id: world.ids.next('per'), phone: '', memberships: [{ kind: 'merchant', registrationId: id }] }
  const edit = (body: UpdateMerchant, person?: object) =>
    merchants().updateMerchant(
      { merchantId: id, body },
      { ...aCall(tenant, 'updateMerchant'), ...(person && { person: person as NonNullable<Call['person']> }) },
    )
  await edit(COMPANY, owner)
  const mine = { beneficialOwners: [{ ...COMPANY.beneficialOwners[0], name: 'Otra Umaña' }] as never }
  await edit(mine, owner)
  await edit({ beneficialOwners: COMPANY.beneficialOwners }, owner)
  for (const _ of ['2', '3']) {
    await ask(id)
    await approve(id, 'ana')
    await approve(id, 'luis')
  }

  await expect(edit(mine, owner)).rejects.toMatchObject({
    code: 'evidence_verified',
    facts: { evidence: 'beneficialOwners' },
  })
  await edit({ ...COMPANY, metadata: { route: '7' } }, owner)
  expect(await edit(mine)).toMatchObject({ phone, tier: 3, beneficialOwners: [{ name: 'Otra Umaña' }] })
})

it('a tier may be for older people than the one below: whoever is too young stays on theirs', async () => {
  const { id } = await aShop({ place: PLACE })
  await showCard(id)
  const next = tierOf(policyOn('GT', '2026-11-28'), 2) as Tier
  const { minimumAge } = next
  try {
    Object.assign(next, { minimumAge: { ...minimumAge, years: 40 } }) // as a later policy might say
    await expect(ask(id)).rejects.toMatchObject({ code: 'tier_age', facts: { tier: '2', years: '40' } })
    expect((await get(id)).requirements.errors).toMatchObject([{ requirement: 'birthDate', code: 'tier_age' }])
  } finally {
    Object.assign(next, { minimumAge })
  }
  expect(await ask(id)).toMatchObject({ tier: 1, requestedTier: 2 })
})

it('an owner whom a list has is found as soon as they are named, and everything is held until people decide', async () => {
  const { id } = await aShop({ place: PLACE })
  await showCard(id)
  await ask(id)
  await approve(id, 'ana')
  await approve(id, 'luis')
  const beneficialOwners = [{ name: 'Eufrasia Uxmatzul Bolomkej', dateOfBirth: '1975-05-05', sharePercent: 100 }]
  const body = { ...COMPANY, beneficialOwners }
  await merchants().updateMerchant({ merchantId: id, body }, aCall(tenant, 'updateMerchant'))
  expect((await get(id)).capabilities.acceptPayments.status).toBe('paused')

  await ask(id)

  const cases = caseHandlers(world)
  const { data } = await cases.listCases({ query: { personId: id } }, aCall(tenant, 'listCases'))
  expect(data).toMatchObject([{ kind: 'screening', status: 'open', consequence: 'block' }])
  expect((await get(id)).capabilities.acceptPayments.status).not.toBe('active')

  const caseId = data[0]?.id ?? ''
  const refusal = { code: 'case_open', facts: { caseId } }
  await expect(approve(id, 'ana'), 'also to propose it').rejects.toMatchObject(refusal)
  const clear = (actor: string) => {
    const decided = { actor, outcome: 'cleared' as const, reasons: ['other_person' as const] }
    return cases.decideCase({ caseId, body: decided }, aCall(tenant, 'decideCase'))
  }
  await clear('ana')
  await expect(approve(id, 'ana'), 'one of two').rejects.toMatchObject(refusal)
  await clear('luis')
  await approve(id, 'ana')
  expect(await approve(id, 'luis')).toMatchObject({
    tier: 3,
    capabilities: { acceptPayments: { status: 'active' } },
  })
})

const aDocument = (id: string, kind: string) =>
  world.db.query(
    `insert into documents (tenant_id, id, person_kind, registration_id, kind, status, byte_length, received_length,
       lapses_at, created_at)
     values ($1, $2, 'merchant', $3, $4, 'stored', 1, 1, $5, $5)`,
    [toUuid(tenant.id, 'ten'), toUuid(world.ids.next('doc')), toUuid(id), kind, world.clock.now()],
  )

it.each<[what: string, change: (id: string) => unknown]>([
  [
    'another owner',
    (id) => {
      const beneficialOwners = [{ name: 'Petrona Caal Choc', dateOfBirth: '1961-07-03', sharePercent: 100 }]
      return merchants().updateMerchant({ merchantId: id, body: { beneficialOwners } }, aCall(tenant, 'updateMerchant'))
    },
  ],
  ['another picture of the same card', (id) => aDocument(id, 'identityFront')],
])('two approve the same: after %s the second approval is a first one', async (_what, change) => {
  const { id } = await aShop({ place: PLACE, ...COMPANY })
  await showCard(id)
  await aDocument(id, 'identityFront')
  await ask(id)
  await approve(id, 'ana')
  await merchants().assignMerchant({ merchantId: id, body: { to: 'luis' } }, aCall(tenant, 'assignMerchant'))
  await change(id)

  expect(await approve(id, 'luis')).toMatchObject({ tier: 1, review: { approval: { proposedBy: 'luis' } } })
  await expect(approve(id, 'luis')).rejects.toMatchObject({ code: 'second_operator_needed' })
  expect(await approve(id, 'ana')).toMatchObject({ tier: 2, review: null })
})

it('an upgrade that is returned leaves everything as it was, and says what to mend', async () => {
  const { id } = await aShop({ place: PLACE })
  await showCard(id)
  await ask(id)
  const body = { actor: 'ana', reasons: ['address_unclear' as const] }
  const returned = await merchants().returnMerchant({ merchantId: id, body }, aCall(tenant, 'returnMerchant'))
  expect(returned).toMatchObject({ status: 'active', tier: 1, requestedTier: null, review: null })
  expect(returned.requirements.errors.map(({ requirement }) => requirement)).toEqual(['address'])
  await expect(ask(id)).rejects.toMatchObject({ facts: { currentlyDue: 'address' } })

  const mended = { merchantId: id, body: { place: PLACE } }
  await merchants().updateMerchant(mended, aCall(tenant, 'updateMerchant'))

  expect(await ask(id)).toMatchObject({ requestedTier: 2, requirements: { errors: [] } })
})

it('an upgrade that is refused leaves the merchant as it was', async () => {
  const { id } = await aShop({ place: PLACE })
  await showCard(id)
  await ask(id)
  const body = { actor: 'ana', reasons: ['rules_not_met' as const] }

  expect(await merchants().rejectMerchant({ merchantId: id, body }, aCall(tenant, 'rejectMerchant'))).toMatchObject({
    status: 'active',
    tier: 1,
    requestedTier: null,
    notice: { action: 'reject' },
  })
  expect((await aShop()).status).toBe('active')
})

it('while active, nobody changes a name, a phone or a document', async () => {
  const { id } = await aShop()
  for (const body of [{ tradeName: 'Otra' }, { phone: '+50255550199' }, { person: aMerchant().person }]) {
    await expect(
      merchants().updateMerchant({ merchantId: id, body }, aCall(tenant, 'updateMerchant')),
    ).rejects.toMatchObject({ code: 'merchant_wrong_status' })
  }
})

it.each([
  [{ taxId: '1' }, 'document_', '/taxId', 'a tax number that cannot be'],
  [{ place: { municipality: '9901' } }, 'place_unknown', '/place/municipality', 'a place that is not there'],
])('refuses %j: %s at %s: %s', async (change, code, pointer, _why) => {
  const { id } = await aShop()

  await expect(
    merchants().updateMerchant({ merchantId: id, body: change }, aCall(tenant, 'updateMerchant')),
  ).rejects.toMatchObject({
    code: 'registration_invalid',
    errors: [{ pointer, code: expect.stringContaining(code) }],
  })
})

it('a consumer goes to tier 2 by one operator, and no further', async () => {
  const consumers = consumerHandlers(world)
  const { id: consumerId } = await consumers.createConsumer({ body: aConsumer() }, aCall(tenant, 'createConsumer'))
  const { id: verificationId } = await consumers.startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))
  const confirm = { consumerId, verificationId, body: { code: '000000' } }
  await consumers.confirmConsumerPhoneVerification(confirm, aCall(tenant, 'confirm'))
  await consumers.submitConsumer({ consumerId }, aCall(tenant, 'submitConsumer'))
  await showCard(consumerId)
  const update = { consumerId, body: { address: 'Barrio Abajo, casa 12' } }
  await consumers.updateConsumer(update, aCall(tenant, 'updateConsumer'))

  expect(await consumers.upgradeConsumer({ consumerId }, aCall(tenant, 'upgradeConsumer'))).toMatchObject({
    address: 'Barrio Abajo, casa 12',
    review: { operatorsNeeded: 1 },
  })
  const approved = { consumerId, body: { actor: 'ana' } }
  expect(await consumers.approveConsumer(approved, aCall(tenant, 'approveConsumer'))).toMatchObject({
    tier: 2,
    requirements: { eventuallyDue: [] },
  })
  await expect(consumers.upgradeConsumer({ consumerId }, aCall(tenant, 'upgradeConsumer'))).rejects.toMatchObject({
    code: 'tier_highest',
  })
})

/** A merchant on tier 2, and what they register with again. */
async function aPersonOnTier2() {
  const { id } = await aShop({ place: PLACE })
  const { phone, person: given } = await get(id)
  if (phone === null) throw new Error('nobody was erased')
  const person = again(given)
  await showCard(id)
  await ask(id)
  await approve(id, 'ana')
  await approve(id, 'luis')
  return { id, phone, person }
}

it('whoever is merchant and consumer has the limits of the higher tier, whichever comes last', async () => {
  const { id, phone, person } = await aPersonOnTier2()
  const consumers = consumerHandlers(world)
  const body = aConsumer('GT', { phone, person })
  const { id: consumerId } = await consumers.createConsumer({ body }, aCall(tenant, 'createConsumer'))
  const { id: verificationId } = await consumers.startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))
  const confirm = { consumerId, verificationId, body: { code: '000000' } }
  await consumers.confirmConsumerPhoneVerification(confirm, aCall(tenant, 'confirm'))

  expect(await consumers.submitConsumer({ consumerId }, aCall(tenant, 'submitConsumer'))).toMatchObject({ tier: 1 })
  expect((await limitsOf(id))?.balance).toBe('75000.00')
})

it('who is on a higher tier and comes again in a file keeps its limits', async () => {
  const { id, phone, person } = await aPersonOnTier2()
  const { document, ...named } = person
  const row = { ...named, documentNumber: document.number, phone, consent: 'yes' }
  const { rows } = await importFile(world, tenant, jsonLines([row]), { kind: 'consumers' })

  expect(rows.map(({ outcome }) => outcome)).toEqual(['active'])
  expect((await limitsOf(id))?.balance).toBe('75000.00')
})

it('the limits are those of the new tier', async () => {
  const { id } = await aShop({ place: PLACE })
  const before = await limitsOf(id)
  await showCard(id)
  await ask(id)
  await approve(id, 'ana')
  await approve(id, 'luis')

  expect([before?.balance, (await limitsOf(id))?.balance]).toEqual(['25000.00', '75000.00'])
})
