import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONSUMER } from '../consumers/consumer.ts'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { aConsumer, aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { findPayeeByAlias, findPayeeByMerchant } from './payees.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

it('a merchant begins as a draft that says what is missing', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant('GT', { externalId: 'R-1', metadata: { note: 'ñ \u0000 "x" \\' } })

  const merchant = await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))

  expect(merchant).toMatchObject({
    id: expect.stringMatching(/^mer_/),
    livemode: false,
    status: 'draft',
    tier: 0,
    phone: body.phone,
    accountId: null,
    alias: expect.stringMatching(/^\d{12}$/),
    requirements: { currentlyDue: ['phoneVerification'], disabledReason: 'requirementsCurrentlyDue' },
    capabilities: { acceptPayments: { status: 'inactive', reasons: ['draft'] } },
    externalId: 'R-1',
    metadata: body.metadata,
  })
  const read = await merchantHandlers(world).getMerchant({ merchantId: merchant.id }, aCall(tenant, 'getMerchant'))
  expect(read).toEqual(merchant)
})

it('the document is shown as on the card, however it was typed', async () => {
  const tenant = await aTenant(world, 'HN')
  const { phone, person } = aPerson('HN')
  const typed = { ...person, document: { type: 'DNI', number: person.document.number.replaceAll('-', ' ') } } as const
  const body = aMerchant('HN', { phone, person: typed })

  const merchant = await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))

  expect(merchant.person).toEqual(person)
})

it('tells all mistakes at once, in both languages, and stores nothing', async () => {
  const tenant = await aTenant(world)
  const { person } = aPerson()
  const body = aMerchant('GT', {
    tradeName: ' ',
    phone: '2217 2486',
    person: { ...person, dateOfBirth: '2015-01-01', document: { type: 'DPI', number: '123' } },
  })
  const create = merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))

  await expect(create).rejects.toMatchObject({
    code: 'registration_invalid',
    errors: [
      { pointer: '/tradeName', code: 'name_empty' },
      { pointer: '/person/dateOfBirth', code: 'underage' },
      { pointer: '/person/document/number', code: 'document_check', messageEs: expect.stringContaining('DPI') },
      { pointer: '/phone', code: 'phone_fixed' },
    ],
  })
  const list = await merchantHandlers(world).listMerchants({ query: {} }, aCall(tenant, 'listMerchants'))
  expect(list).toEqual({ data: [], nextCursor: null })
})

it.each([
  ['2026-11-24T23:59:60Z', 'a leap second is no time that can be kept'],
  ['0000-01-01T00:00:00Z', 'the year 0000 is none'],
  ['2027-01-01T00:00:00Z', 'nobody has agreed in the future'],
])('refuses a consent of %s: %s', async (acceptedAt, _why) => {
  const tenant = await aTenant(world)
  const body = aConsumer('GT', { consent: { version: '1', acceptedAt } })
  const create = consumerHandlers(world).createConsumer({ body }, aCall(tenant, 'createConsumer'))

  await expect(create).rejects.toMatchObject({ errors: [{ pointer: '/consent', code: 'consent_invalid' }] })
})

it('submits: active on tier 1, with a wallet, two events, and payable by alias', async () => {
  const tenant = await aTenant(world)
  const draft = await confirmed(tenant)

  const active = await merchantHandlers(world).submitMerchant({ merchantId: draft.id }, aCall(tenant, 'submitMerchant'))

  expect(active).toMatchObject({
    status: 'active',
    tier: 1,
    accountId: expect.stringMatching(/^acc_/),
    requirements: { currentlyDue: [], disabledReason: null },
    capabilities: { acceptPayments: { status: 'active', reasons: [] } },
  })
  const account = await world.ledger.findAccount(tenant.id, active.accountId ?? '')
  expect(account).toMatchObject({
    purpose: 'merchantWallet',
    ownerId: active.id,
    currency: 'GTQ',
    normalSide: 'credit',
    posted: { amount: '0.00' },
  })
  const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 10 })
  expect(events.map(({ type, status }) => `${type} ${status}`)).toEqual([
    'merchant.created draft',
    'merchant.activated active',
  ])
  const payee = await findPayeeByAlias(world.db, tenant.id, active.alias)
  expect(payee).toEqual({
    merchantId: active.id,
    accountId: active.accountId,
    tradeName: active.tradeName,
    city: null,
    categoryCode: active.categoryCode,
    alias: active.alias,
    status: 'active',
    acceptPayments: true,
  })
  expect(await findPayeeByMerchant(world.db, tenant.id, active.id)).toEqual(payee)
})

it('a draft is no payee yet; nobody, another tenant’s and a consumer are none at all', async () => {
  const [tenant, other] = [await aTenant(world), await aTenant(world)]
  const draft = await merchantHandlers(world).createMerchant({ body: aMerchant() }, aCall(tenant, 'createMerchant'))
  const consumer = await consumerHandlers(world).createConsumer({ body: aConsumer() }, aCall(tenant, 'createConsumer'))

  expect(await findPayeeByAlias(world.db, tenant.id, draft.alias)).toMatchObject({ acceptPayments: false })
  expect(await findPayeeByAlias(world.db, other.id, draft.alias)).toBeUndefined()
  expect(await findPayeeByAlias(world.db, tenant.id, consumer.alias)).toBeUndefined()
  expect(await findPayeeByAlias(world.db, tenant.id, '1')).toBeUndefined()
  expect(await findPayeeByMerchant(world.db, tenant.id, 'mer_nonsense')).toBeUndefined()
})

it('submitting without the phone is refused; what is missing is named', async () => {
  const tenant = await aTenant(world)
  const { id } = await consumerHandlers(world).createConsumer({ body: aConsumer() }, aCall(tenant, 'createConsumer'))
  const submit = consumerHandlers(world).submitConsumer({ consumerId: id }, aCall(tenant, 'submitConsumer'))

  await expect(submit).rejects.toMatchObject({
    code: 'requirements_missing',
    facts: { currentlyDue: 'phoneVerification' },
  })
})

it('submitting again is refused; under its key it gives the first answer', async () => {
  const tenant = await aTenant(world)
  const { id: merchantId } = await confirmed(tenant)
  const { submitMerchant } = merchantHandlers(world)
  const first = await submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant', 'key'))

  await expect(submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant', 'other'))).rejects.toMatchObject({
    code: 'merchant_wrong_status',
    facts: { status: 'active' },
  })
  const again = aCall(tenant, 'submitMerchant', 'key')
  expect(await submitMerchant({ merchantId }, again)).toEqual(first)
  expect(again.replayed).toBe(true)
})

it('two submissions at once: one account, one activation', async () => {
  const tenant = await aTenant(world)
  const { id: merchantId } = await confirmed(tenant)
  const submit = () => merchantHandlers(world).submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant'))

  const outcomes = await Promise.allSettled([submit(), submit(), submit()])

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual([
    'merchant_wrong_status',
    'merchant_wrong_status',
  ])
  expect((await world.ledger.listAccounts(tenant.id, { limit: 10 })).data).toHaveLength(1)
})

it.each([
  ['1111', 'documentMismatch', { errors: [{ requirement: 'document', code: 'document_mismatch' }] }],
  ['2222', 'documentImageNeeded', { currentlyDue: ['documentImage'] }],
  ['9999', 'possibleMatch', { pendingVerification: ['screening'] }],
])('the magic serial %s stays in review: %s', async (serialEnd, reason, requirements) => {
  const tenant = await aTenant(world)
  const { id: merchantId } = await confirmed(tenant, aPerson('GT', serialEnd))

  const merchant = await merchantHandlers(world).submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant'))

  expect(merchant).toMatchObject({
    status: 'inReview',
    tier: 0,
    accountId: null,
    requirements: { ...requirements, disabledReason: 'underReview' },
    capabilities: { acceptPayments: { status: 'pending', reasons: [reason] } },
  })
  const read = await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))
  expect(read).toEqual(merchant)
})

it('ids of another tenant, of the other kind and no ids at all are not found', async () => {
  const [tenant, other] = [await aTenant(world), await aTenant(world)]
  const handlers = merchantHandlers(world)
  const { id } = await handlers.createMerchant({ body: aMerchant() }, aCall(tenant, 'createMerchant'))
  const consumer = await consumerHandlers(world).createConsumer({ body: aConsumer() }, aCall(tenant, 'createConsumer'))
  const wrong = [
    [other, id],
    [tenant, consumer.id],
    [tenant, id.replace('mer_', 'con_')],
    [tenant, consumer.id.replace('con_', 'mer_')],
    [tenant, 'mer_00000000000000000000000000'],
    [tenant, "mer_' or 1=1"],
  ] as const

  for (const [asked, merchantId] of wrong) {
    const call = aCall(asked, 'any')
    const notFound = expect.objectContaining({ code: 'merchant_not_found' })
    await expect(handlers.getMerchant({ merchantId }, call), merchantId).rejects.toEqual(notFound)
    await expect(handlers.getMerchantRequirements({ merchantId }, call), merchantId).rejects.toEqual(notFound)
    await expect(handlers.startMerchantPhoneVerification({ merchantId }, call), merchantId).rejects.toEqual(notFound)
    await expect(handlers.submitMerchant({ merchantId }, call), merchantId).rejects.toEqual(notFound)
  }
})

it('lists newest first, page by page, by status and by own id; each once', async () => {
  const tenant = await aTenant(world)
  const handlers = consumerHandlers(world)
  const ids: string[] = []
  for (let n = 0; n < 5; n++) {
    const body = aConsumer('GT', { externalId: `E-${n % 2}` })
    ids.unshift((await handlers.createConsumer({ body }, aCall(tenant, 'createConsumer'))).id)
    world.clock.advance(1)
  }
  const list = (query: Parameters<typeof handlers.listConsumers>[0]['query']) =>
    handlers.listConsumers({ query }, aCall(tenant, 'listConsumers'))

  const walked: string[] = []
  let after: string | null | undefined
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, ...(after && { after }) })
    walked.push(...page.data.map(({ id }) => id))
    after = page.nextCursor
  } while (after !== null)
  expect(walked).toEqual(ids)
  expect((await list({ externalId: 'E-1' })).data).toHaveLength(2)
  expect((await list({ status: 'active' })).data).toEqual([])
  await expect(list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'request_invalid' })
  await expect(list({ after: 'mer_01kb2xbfmze3mv9d0fq0n5x3ck' })).rejects.toMatchObject({ code: 'request_invalid' })
})

it('a consumer gets a wallet of its own kind', async () => {
  const tenant = await aTenant(world, 'SV')
  const handlers = consumerHandlers(world)
  const { id: consumerId } = await handlers.createConsumer({ body: aConsumer('SV') }, aCall(tenant, 'createConsumer'))
  const started = await handlers.startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))
  const confirm = { consumerId, verificationId: started.id, body: { code: '000000' } }
  await handlers.confirmConsumerPhoneVerification(confirm, aCall(tenant, 'confirm'))

  const active = await handlers.submitConsumer({ consumerId }, aCall(tenant, 'submitConsumer'))

  expect(active).toMatchObject({ status: 'active', capabilities: { pay: { status: 'active' } } })
  expect(await world.ledger.findAccount(tenant.id, active.accountId ?? '')).toMatchObject({
    purpose: CONSUMER.walletPurpose,
    currency: 'USD',
  })
})

/** A merchant whose phone is confirmed. */
async function confirmed(tenant: Awaited<ReturnType<typeof aTenant>>, person = aPerson()) {
  const handlers = merchantHandlers(world)
  const body = aMerchant('GT', person)
  const draft = await handlers.createMerchant({ body }, aCall(tenant, 'createMerchant'))
  const started = await handlers.startMerchantPhoneVerification({ merchantId: draft.id }, aCall(tenant, 'start'))
  const confirm = { merchantId: draft.id, verificationId: started.id, body: { code: '000000' } }
  await handlers.confirmMerchantPhoneVerification(confirm, aCall(tenant, 'confirm'))
  return draft
}

it('a person with a shop and a wallet has one set of limits, also when both become active at once', async () => {
  const tenant = await aTenant(world)
  const person = aPerson()
  const [shops, wallets] = [merchantHandlers(world), consumerHandlers(world)]
  const shop = await confirmed(tenant, person)
  const { id: consumerId } = await wallets.createConsumer({ body: aConsumer('GT', person) }, aCall(tenant, 'create'))
  const started = await wallets.startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))
  const confirm = { consumerId, verificationId: started.id, body: { code: '000000' } }
  await wallets.confirmConsumerPhoneVerification(confirm, aCall(tenant, 'confirm'))

  const active = await Promise.all([
    shops.submitMerchant({ merchantId: shop.id }, aCall(tenant, 'submitMerchant')),
    wallets.submitConsumer({ consumerId }, aCall(tenant, 'submitConsumer')),
  ])

  const limits = await Promise.all(
    active.map(({ accountId }) => world.ledger.findAccountLimits(tenant.id, accountId ?? '')),
  )
  expect(limits[0]).toMatchObject([{ policyVersion: expect.stringMatching(/^gt-/), limits: { balance: '25000.00' } }])
  expect(limits[1]).toEqual(limits[0])
})
