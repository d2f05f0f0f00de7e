import { createHash } from 'node:crypto'
import type { RegistrationStatus } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { canonicalJson } from '@pisto/proof'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { confirmPhone } from '../testing/merchants.ts'
import { aConsumer, again, aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { nextStatus, REGISTRATION_MOVES } from './states.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>

/** A merchant as submitting leaves it. @param serialEnd Its fate. */
async function submitted(tenant: Tenant, serialEnd?: string) {
  const handlers = merchantHandlers(world)
  const body = aMerchant('GT', aPerson('GT', serialEnd))
  const { id: merchantId } = await handlers.createMerchant({ body }, aCall(tenant, 'createMerchant'))
  await confirmPhone(world, tenant, merchantId)
  return handlers.submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant'))
}

const eventsOf = async (tenant: Tenant) =>
  (await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 })).map(
    ({ type, status }) => `${type} ${status}`,
  )

const DECISIONS = {
  approve: 'approveMerchant',
  return: 'returnMerchant',
  reject: 'rejectMerchant',
  suspend: 'suspendMerchant',
  reinstate: 'reinstateMerchant',
  close: 'closeMerchant',
} as const
const REASONS = {
  approve: {},
  return: { reasons: ['name_mismatch'] },
  reject: { reasons: ['rules_not_met'] },
  suspend: { reasons: ['unusual_activity'] },
  reinstate: {},
  close: { reasons: ['own_request'] },
} as const
type Event = keyof typeof DECISIONS

const decide = (tenant: Tenant, merchantId: string, event: Event, more: object = {}) => {
  const handler = merchantHandlers(world)[DECISIONS[event]] as (input: object, call: object) => Promise<Shown>
  const body = { actor: 'ana', ...REASONS[event], ...more }
  return handler({ merchantId, body }, aCall(tenant, DECISIONS[event]))
}
type Shown = Awaited<ReturnType<typeof submitted>>

const STATUSES = Object.keys(REGISTRATION_MOVES) as RegistrationStatus[]

it.each(STATUSES.flatMap((status) => (Object.keys(DECISIONS) as Event[]).map((event) => [status, event] as const)))(
  'a merchant that is %s, and %s: what the state table says, and nothing else',
  async (status, event) => {
    const tenant = await aTenant(world)
    const merchant = await submitted(tenant, status === 'inReview' ? '1111' : undefined)
    await world.db.query('update registrations set status = $2 where tenant_id = $1', [
      toUuid(tenant.id, 'ten'),
      status,
    ])

    const to = nextStatus(status, event)

    if (to === undefined) {
      const refusal = { code: 'merchant_wrong_status', facts: { status } }
      await expect(decide(tenant, merchant.id, event)).rejects.toMatchObject(refusal)
    } else {
      expect(await decide(tenant, merchant.id, event)).toMatchObject({ status: to })
    }
    const read = await merchantHandlers(world).getMerchant({ merchantId: merchant.id }, aCall(tenant, 'getMerchant'))
    expect(read.status).toBe(to ?? status)
  },
)

it('approved: active with a wallet, two events, and a decision that says who and on what', async () => {
  const tenant = await aTenant(world)
  const { id: merchantId, review } = await submitted(tenant, '1111')
  expect(review).toMatchObject({ reasons: ['documentMismatch'], assignedTo: null, operatorsNeeded: 1, approval: null })

  const active = await decide(tenant, merchantId, 'approve', { note: 'DPI visto en la agencia' })

  expect(active).toMatchObject({ status: 'active', tier: 1, review: null, accountId: expect.stringMatching(/^acc_/) })
  expect(await world.ledger.findAccount(tenant.id, active.accountId ?? '')).toMatchObject({ ownerId: merchantId })
  expect(await eventsOf(tenant)).toEqual([
    'merchant.created draft',
    'merchant.submitted inReview',
    'merchant.approved active',
    'merchant.activated active',
  ])
  const { data } = await decisionsOf(tenant, merchantId)
  expect(data).toMatchObject([
    {
      action: 'approve',
      actor: 'ana',
      note: 'DPI visto en la agencia',
      reasons: [],
      saw: { finding: 'documentMismatch', policyVersion: expect.stringMatching(/^gt-/), revision: 3 },
    },
  ])
})

const decisionsOf = (tenant: Tenant, merchantId: string, query: { limit?: number; after?: string } = {}) =>
  merchantHandlers(world).listMerchantDecisions({ merchantId, query }, aCall(tenant, 'listMerchantDecisions'))

it('who may be on a list needs two operators: the first proposes, the same cannot decide, another one does', async () => {
  const tenant = await aTenant(world)
  const { id, review } = await submitted(tenant, '9999')
  expect(review).toMatchObject({ operatorsNeeded: 2 })
  await assign(tenant, id, 'ana')

  const proposed = await decide(tenant, id, 'approve')

  const { approval, assignedTo } = proposed.review ?? {}
  expect(proposed).toMatchObject({ status: 'inReview', accountId: null, tier: 0 })
  expect([approval?.proposedBy, assignedTo]).toEqual(['ana', null])
  for (const actor of ['ana', 'ANA', ' a na ']) {
    const refusal = { code: 'second_operator_needed', facts: { proposedBy: 'ana' } }
    await expect(decide(tenant, id, 'approve', { actor }), actor).rejects.toMatchObject(refusal)
  }
  expect(await decide(tenant, id, 'approve', { actor: 'luis' })).toMatchObject({ status: 'active', tier: 1 })
  expect((await decisionsOf(tenant, id)).data.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'approve luis',
    'proposeApproval ana',
  ])
})

it('a proposal ends with a return: the next review begins with no approval', async () => {
  const tenant = await aTenant(world)
  const { id: merchantId } = await submitted(tenant, '9999')
  await decide(tenant, merchantId, 'approve')
  await decide(tenant, merchantId, 'return', { actor: 'luis' })
  await update(tenant, merchantId, { person: aPerson('GT').person })

  const again = await merchantHandlers(world).submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant'))

  // the other number has no finding of its own: who may be on a list is looked at all the same
  expect(again).toMatchObject({ status: 'inReview', review: { reasons: ['possibleMatch'], approval: null } })
})

it.each([1, 2, 3])('approvals in one tick by several operators, run %i: one account', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, '1111')

  const outcomes = await Promise.allSettled(
    ['ana', 'luis', 'eva'].map((actor) => decide(tenant, id, 'approve', { actor })),
  )

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(codesOf(outcomes)).toEqual(['merchant_wrong_status', 'merchant_wrong_status'])
  expect((await world.ledger.listAccounts(tenant.id, { limit: 10 })).data).toHaveLength(1)
})

it('two first approvals in one tick where two are needed: one proposes, the other decides; never one for both', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, '9999')

  const outcomes = await Promise.allSettled([decide(tenant, id, 'approve'), decide(tenant, id, 'approve')])

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(codesOf(outcomes)).toEqual(['second_operator_needed'])
  const both = await Promise.all([
    decide(tenant, (await submitted(tenant, '9999')).id, 'approve', { actor: 'eva' }),
    decide(tenant, id, 'approve', { actor: 'luis' }),
  ])
  expect(both.map(({ status }) => status)).toEqual(['inReview', 'active'])
})

it('an approval and a rejection in one tick: one happens', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, '1111')

  const outcomes = await Promise.allSettled([decide(tenant, id, 'approve'), decide(tenant, id, 'reject')])

  expect(codesOf(outcomes)).toEqual(['merchant_wrong_status'])
  expect((await decisionsOf(tenant, id)).data).toHaveLength(1)
})

const codesOf = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))

const assign = (tenant: Tenant, merchantId: string, to: string | null, from: string | null = null) =>
  merchantHandlers(world).assignMerchant({ merchantId, body: { to, from } }, aCall(tenant, 'assignMerchant'))

it('a review is with one operator: taken once, given on, decided by nobody else', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, '1111')

  const taken = await Promise.allSettled([assign(tenant, id, 'ana'), assign(tenant, id, 'luis')])

  expect(codesOf(taken)).toEqual(['review_assigned'])
  const [first, other] = taken[0].status === 'fulfilled' ? ['ana', 'luis'] : ['luis', 'ana']
  expect(await assign(tenant, id, first)).toMatchObject({ review: { assignedTo: first } }) // again: as it is
  for (const event of ['approve', 'return', 'reject'] as const) {
    const refusal = { code: 'review_assigned', facts: { assignedTo: first } }
    await expect(decide(tenant, id, event, { actor: other }), event).rejects.toMatchObject(refusal)
  }
  await expect(assign(tenant, id, 'eva', other)).rejects.toMatchObject({ code: 'review_assigned' })
  expect(await queue(tenant, first)).toEqual([id])
  expect(await assign(tenant, id, other, first)).toMatchObject({ review: { assignedTo: other } })
  expect([await queue(tenant, first), await queue(tenant, other)]).toEqual([[], [id]])
  expect(await decide(tenant, id, 'approve', { actor: other })).toMatchObject({ status: 'active', review: null })
  await expect(assign(tenant, id, 'ana')).rejects.toMatchObject({ code: 'merchant_wrong_status' })
})

async function queue(tenant: Tenant, assignedTo: string) {
  const query = { status: 'inReview', assignedTo } as const
  const { data } = await merchantHandlers(world).listMerchants({ query }, aCall(tenant, 'listMerchants'))
  return data.map(({ id }) => id)
}

const update = (tenant: Tenant, merchantId: string, body: object) =>
  merchantHandlers(world).updateMerchant({ merchantId, body }, aCall(tenant, 'updateMerchant'))

it('returned, mended, submitted again, active: the person reads why in both languages', async () => {
  const tenant = await aTenant(world)
  const { submitMerchant } = merchantHandlers(world)
  const { id: merchantId, person } = await submitted(tenant, '1111')
  const returned = await decide(tenant, merchantId, 'return', {
    reasons: ['document_mismatch', 'trade_name_unclear'],
    note: 'Venga con su DPI',
  })

  expect(returned).toMatchObject({
    status: 'returned',
    review: null,
    notice: {
      action: 'return',
      reasons: [{ code: 'document_mismatch' }, { code: 'trade_name_unclear' }],
      note: 'Venga con su DPI',
    },
    requirements: {
      currentlyDue: ['document', 'tradeName'],
      errors: [
        {
          requirement: 'document',
          code: 'document_mismatch',
          message: expect.stringContaining('Check it against your card'),
          messageEs: expect.stringContaining('Revíselo con su documento'),
        },
        { requirement: 'tradeName', code: 'trade_name_unclear' },
      ],
      disabledReason: 'requirementsCurrentlyDue',
    },
    capabilities: { acceptPayments: { status: 'inactive', reasons: ['returned'] } },
  })
  const submit = () => submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant'))
  await expect(submit()).rejects.toMatchObject({ facts: { currentlyDue: 'document, tradeName' } })
  const half = await update(tenant, merchantId, { tradeName: 'Comedor Lupita' })
  expect(half).toMatchObject({ tradeName: 'Comedor Lupita', requirements: { currentlyDue: ['document'] } })
  const { document } = aPerson('GT').person
  const mended = await update(tenant, merchantId, { person: { ...person, document } })
  expect(mended.requirements).toMatchObject({ currentlyDue: [], errors: [], disabledReason: 'notSubmitted' })

  expect(await submit()).toMatchObject({ status: 'active', notice: null, tradeName: 'Comedor Lupita' })

  // the number that was given up is free again
  const other = aMerchant('GT', { ...aPerson('GT'), person: again(person) })
  await merchantHandlers(world).createMerchant({ body: other }, aCall(tenant, 'createMerchant'))
})

it('an edit is checked as at first, claims what is new and confirms another phone anew', async () => {
  const tenant = await aTenant(world)
  const [mine, taken] = [aMerchant(), aMerchant()]
  const { createMerchant, submitMerchant } = merchantHandlers(world)
  const { id } = await createMerchant({ body: mine }, aCall(tenant, 'createMerchant'))
  await createMerchant({ body: taken }, aCall(tenant, 'createMerchant'))
  await confirmPhone(world, tenant, id)
  const started = await merchantHandlers(world).startMerchantPhoneVerification(
    { merchantId: id },
    aCall(tenant, 'start'),
  )

  const refusals = await Promise.allSettled([
    update(tenant, id, { phone: '2217 2486' }),
    update(tenant, id, { phone: taken.phone }),
    update(tenant, id, { person: taken.person, phone: taken.phone }),
    update(tenant, id, { consent: { version: '1', acceptedAt: '2030-01-01T00:00:00Z' } }),
  ])
  expect(codesOf(refusals)).toEqual([
    'registration_invalid',
    'phone_duplicate',
    'document_duplicate',
    'registration_invalid',
  ])
  const moved = await update(tenant, id, { phone: aPerson().phone })
  expect(moved.requirements.currentlyDue).toEqual(['phoneVerification'])
  const old = { merchantId: id, verificationId: started.id, body: { code: '000000' } }
  const confirming = merchantHandlers(world).confirmMerchantPhoneVerification(old, aCall(tenant, 'confirm'))
  await expect(confirming).rejects.toMatchObject({ code: 'code_expired' })
  await createMerchant({ body: { ...aMerchant(), phone: mine.phone } }, aCall(tenant, 'createMerchant')) // free again
  await confirmPhone(world, tenant, id)
  expect(await submitMerchant({ merchantId: id }, aCall(tenant, 'submitMerchant'))).toMatchObject({ status: 'active' })
  await expect(update(tenant, id, { tradeName: 'Otro' })).rejects.toMatchObject({ code: 'merchant_wrong_status' })
})

it.each([1, 2, 3])('an edit and a submission in one tick, run %i: what was submitted is what was checked', async () => {
  const tenant = await aTenant(world)
  const { createMerchant, submitMerchant, getMerchant } = merchantHandlers(world)
  const { id: merchantId } = await createMerchant({ body: aMerchant() }, aCall(tenant, 'createMerchant'))
  await confirmPhone(world, tenant, merchantId)

  const outcomes = await Promise.allSettled([
    submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant')),
    update(tenant, merchantId, { person: aPerson('GT', '9999').person }),
  ])

  const { status } = await getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))
  const [submission, edit] = outcomes.map((outcome) => outcome.status)
  if (submission === 'rejected') expect(status, 'the edit was quicker, twice').toBe('draft')
  else expect(status).toBe(edit === 'fulfilled' ? 'inReview' : 'active')
})

it('suspended: cannot be paid and holds what it has; reinstated as before; closed only when empty, and then for good', async () => {
  const tenant = await aTenant(world)
  const merchant = await submitted(tenant)
  const suspended = await decide(tenant, merchant.id, 'suspend')
  expect(suspended).toMatchObject({
    status: 'suspended',
    accountId: merchant.accountId,
    notice: { action: 'suspend', reasons: [{ code: 'unusual_activity' }] },
    capabilities: {
      acceptPayments: { status: 'paused', reasons: ['suspended', 'unusual_activity'] },
      payout: { status: 'paused' },
      holdBalance: { status: 'active', reasons: [] },
    },
  })
  const accountOf = () => world.ledger.findAccount(tenant.id, merchant.accountId ?? '')
  expect(await accountOf()).toMatchObject({ status: 'open' })
  expect(await decide(tenant, merchant.id, 'reinstate')).toMatchObject({ status: 'active', notice: null })

  expect(await decide(tenant, merchant.id, 'close')).toMatchObject({
    status: 'closed',
    requirements: { currentlyDue: [], disabledReason: 'closed' },
    capabilities: { acceptPayments: { status: 'inactive', reasons: ['closed'] } },
  })
  expect(await accountOf()).toMatchObject({ status: 'closed' })
})

it('whoever was rejected or closed may register again; the record of the decision stays', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant('GT', aPerson('GT', '1111'))
  const { createMerchant, submitMerchant } = merchantHandlers(world)
  const { id: merchantId } = await createMerchant({ body }, aCall(tenant, 'createMerchant'))
  await confirmPhone(world, tenant, merchantId)
  await submitMerchant({ merchantId }, aCall(tenant, 'submitMerchant'))
  await decide(tenant, merchantId, 'reject')

  const again = await createMerchant({ body }, aCall(tenant, 'createMerchant'))

  expect(again.id).not.toBe(merchantId)
  expect((await decisionsOf(tenant, merchantId)).data).toMatchObject([{ reasons: [{ code: 'rules_not_met' }] }])
})

it('consumers are reviewed alike', async () => {
  const tenant = await aTenant(world)
  const handlers = consumerHandlers(world)
  const body = aConsumer('GT', aPerson('GT', '1111'))
  const { id: consumerId } = await handlers.createConsumer({ body }, aCall(tenant, 'create'))
  const { id: verificationId } = await handlers.startConsumerPhoneVerification({ consumerId }, aCall(tenant, 'start'))
  const confirm = { consumerId, verificationId, body: { code: '000000' } }
  await handlers.confirmConsumerPhoneVerification(confirm, aCall(tenant, 'confirm'))
  await handlers.submitConsumer({ consumerId }, aCall(tenant, 'submit'))

  const ana = { actor: 'ana' }
  await handlers.assignConsumer({ consumerId, body: { to: 'ana' } }, aCall(tenant, 'assign'))
  const returning = { consumerId, body: { ...ana, reasons: ['phone_unreachable' as const] } }
  const returned = await handlers.returnConsumer(returning, aCall(tenant, 'return'))
  expect(returned.requirements.currentlyDue).toEqual(['phone'])
  await handlers.updateConsumer({ consumerId, body: { phone: body.phone } }, aCall(tenant, 'update')) // it is right
  await handlers.submitConsumer({ consumerId }, aCall(tenant, 'submit'))
  await handlers.approveConsumer({ consumerId, body: ana }, aCall(tenant, 'approve'))
  const reasons = ['phone_lost' as const]
  const suspended = await handlers.suspendConsumer({ consumerId, body: { ...ana, reasons } }, aCall(tenant, 'suspend'))
  expect(suspended.capabilities).toEqual({
    pay: { status: 'paused', reasons: ['suspended', 'phone_lost'] },
    holdBalance: { status: 'active', reasons: [] },
  })
  await handlers.reinstateConsumer({ consumerId, body: ana }, aCall(tenant, 'reinstate'))
  const closing = { consumerId, body: { ...ana, reasons: ['own_request' as const] } }
  expect(await handlers.closeConsumer(closing, aCall(tenant, 'close'))).toMatchObject({ status: 'closed' })
  const page = await handlers.listConsumerDecisions({ consumerId, query: { limit: 2 } }, aCall(tenant, 'list'))
  expect(page.data.map(({ action }) => action)).toEqual(['close', 'reinstate'])
  const query = { after: page.nextCursor ?? '' }
  const rest = await handlers.listConsumerDecisions({ consumerId, query }, aCall(tenant, 'list'))
  expect(rest.data.map(({ action }) => action)).toEqual(['suspend', 'approve', 'return'])
})

it('what an operator saw is shown years later as it was then, also when the person has changed it', async () => {
  const [tenant, handlers] = [await aTenant(world), consumerHandlers(world)]
  const call = (operation: string) => aCall(tenant, operation)
  const { phone, person } = aPerson('GT', '1111')
  const { id: consumerId } = await handlers.createConsumer({ body: aConsumer('GT', { phone, person }) }, call('create'))
  const { id: verificationId } = await handlers.startConsumerPhoneVerification({ consumerId }, call('start'))
  const confirm = { consumerId, verificationId, body: { code: '000000' } }
  await handlers.confirmConsumerPhoneVerification(confirm, call('confirm'))
  await handlers.submitConsumer({ consumerId }, call('submit'))
  const reasons = ['document_mismatch' as const]
  await handlers.returnConsumer({ consumerId, body: { actor: 'ana', reasons } }, call('return'))
  const other = { ...person, givenNames: 'Otra' }
  await handlers.updateConsumer({ consumerId, body: { person: other } }, call('update'))
  await handlers.submitConsumer({ consumerId }, call('submit'))
  await handlers.approveConsumer({ consumerId, body: { actor: 'luis' } }, call('approve'))

  const { data } = await handlers.listConsumerDecisions({ consumerId, query: {} }, call('list'))
  const explained = (decisionId: string) => handlers.getConsumerDecision({ consumerId, decisionId }, call('get'))
  const seen = await Promise.all(data.map(({ id }) => explained(id)))

  expect(seen.map(({ content, ...decision }) => [decision, content?.['status'], content?.['person']])).toMatchObject([
    [data[0], 'inReview', { givenNames: 'Otra' }],
    [data[1], 'inReview', { givenNames: person.givenNames }],
  ])
  const hashes = seen.map(({ content }) => createHash('sha256').update(canonicalJson(content)).digest('hex'))
  expect(hashes).toEqual(data.map(({ saw }) => saw.contentHash))
  for (const decisionId of [world.ids.next('dec'), consumerId, 'x'])
    await expect(explained(decisionId)).rejects.toMatchObject({ code: 'decision_not_found' })
})
