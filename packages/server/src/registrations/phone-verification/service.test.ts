import type { PhoneVerification } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consumerHandlers } from '../../consumers/handlers.ts'
import { merchantHandlers } from '../../merchants/handlers.ts'
import { listMessages } from '../../sandbox/inbox.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { aConsumer, aMerchant, aPerson } from '../../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

it('sends a code that is good for ten minutes, in the person’s language', async () => {
  const { tenant, merchantId, phone } = await aDraft({ locale: 'en' })
  const started = await start(tenant, merchantId)

  expect(started).toMatchObject({ id: expect.stringMatching(/^phv_/), status: 'pending', livemode: false })
  expect(Date.parse(started.expiresAt) - Date.parse(started.createdAt)).toBe(600_000)
  const [message] = await listMessages(world, tenant.id, { to: phone, limit: 1 })
  expect(message).toMatchObject({
    code: expect.stringMatching(/^\d{6}$/),
    text: expect.stringContaining('Your Pisto code'),
  })
  expect(message?.text).toContain(message?.code)
  const stored = await world.db.query('select code_hmac from phone_verifications')
  expect(JSON.stringify(stored)).not.toContain(message?.code)
})

it('the right code confirms; it is asked for once', async () => {
  const draft = await aDraft()
  const started = await start(draft.tenant, draft.merchantId)

  expect(await confirm(draft, started, await codeOf(draft))).toEqual({ ...started, status: 'confirmed' })
  const read = await merchantHandlers(world).getMerchant(draft, aCall(draft.tenant, 'getMerchant'))
  expect(read.requirements).toMatchObject({ currentlyDue: [], disabledReason: 'notSubmitted' })
  await expect(confirm(draft, started, '000000')).rejects.toMatchObject({
    code: 'phone_verification_wrong_status',
    facts: { status: 'confirmed' },
  })
})

it('five wrong codes end it, also for the right code', async () => {
  const draft = await aDraft()
  const started = await start(draft.tenant, draft.merchantId)
  const right = await codeOf(draft)

  const answers: unknown[] = []
  for (let n = 0; n < 6; n++) answers.push(await confirm(draft, started, wrongFor(right)).catch(codeAndFacts))

  expect(answers).toEqual([
    'code_mismatch 4',
    'code_mismatch 3',
    'code_mismatch 2',
    'code_mismatch 1',
    'code_tries_exhausted',
    'code_tries_exhausted',
  ])
  await expect(confirm(draft, started, right)).rejects.toMatchObject({ code: 'code_tries_exhausted' })
  const fresh = await start(draft.tenant, draft.merchantId)
  await expect(confirm(draft, fresh, await codeOf(draft))).resolves.toMatchObject({ status: 'confirmed' })
})

it('wrong codes at once are counted one by one: nobody tries more than five', async () => {
  const draft = await aDraft()
  const started = await start(draft.tenant, draft.merchantId)
  const wrong = wrongFor(await codeOf(draft))

  const tries = Array.from({ length: 12 }, () => confirm(draft, started, wrong).catch(codeAndFacts))
  const answers = await Promise.all(tries)

  expect(answers.filter((answer) => String(answer).startsWith('code_mismatch')).toSorted()).toEqual([
    'code_mismatch 1',
    'code_mismatch 2',
    'code_mismatch 3',
    'code_mismatch 4',
  ])
  expect(answers.filter((answer) => answer === 'code_tries_exhausted')).toHaveLength(8)
})

it('a wrong code repeated under its key counts once', async () => {
  const draft = await aDraft()
  const started = await start(draft.tenant, draft.merchantId)
  const wrong = wrongFor(await codeOf(draft))

  expect(await confirm(draft, started, wrong, 'key').catch(codeAndFacts)).toBe('code_mismatch 4')
  expect(await confirm(draft, started, wrong, 'key').catch(codeAndFacts)).toBe('code_mismatch 4')
  expect(await confirm(draft, started, wrong).catch(codeAndFacts)).toBe('code_mismatch 3')
})

it('a code is late after ten minutes of business time', async () => {
  const draft = await aDraft()
  const started = await start(draft.tenant, draft.merchantId)
  const right = await codeOf(draft)

  world.clock.advance(600)

  await expect(confirm(draft, started, right)).rejects.toMatchObject({ code: 'code_expired' })
})

it('a new code takes the place of the older', async () => {
  const draft = await aDraft()
  const first = await start(draft.tenant, draft.merchantId)
  const firstCode = await codeOf(draft)
  world.clock.advance(1)
  const second = await start(draft.tenant, draft.merchantId)

  await expect(confirm(draft, first, firstCode)).rejects.toMatchObject({ code: 'code_expired' })
  await expect(confirm(draft, second, await codeOf(draft))).resolves.toMatchObject({ status: 'confirmed' })
})

it('starts at once leave one pending', async () => {
  const { tenant, merchantId } = await aDraft()

  await Promise.all(Array.from({ length: 4 }, () => start(tenant, merchantId)))

  const rows = await world.db.query<{ status: string }>(
    `select v.status from phone_verifications v join registrations r on r.id = v.registration_id and r.tenant_id = v.tenant_id
     where r.alias = $1`,
    [(await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'get'))).alias],
  )
  expect(rows.map(({ status }) => status).toSorted()).toEqual(['expired', 'expired', 'expired', 'pending'])
})

it('five codes an hour for one phone, also at once and by way of another registration', async () => {
  const { tenant, merchantId, phone } = await aDraft()
  const { person } = aPerson()
  const consumer = await consumerHandlers(world).createConsumer(
    { body: aConsumer('GT', { phone, person }) },
    aCall(tenant, 'createConsumer'),
  )

  const starts = Array.from({ length: 7 }, () => start(tenant, merchantId).then(() => 'sent', codeAndFacts))
  const answers = await Promise.all(starts)

  expect(answers.toSorted()).toEqual(['rate_limited', 'rate_limited', ...Array.from({ length: 5 }, () => 'sent')])
  const other = () =>
    consumerHandlers(world).startConsumerPhoneVerification({ consumerId: consumer.id }, aCall(tenant, 'start'))
  await expect(other()).rejects.toMatchObject({ code: 'rate_limited' })
  world.clock.advance(7200)
  await expect(other(), 'business time does not help').rejects.toMatchObject({ code: 'rate_limited' })
  world.systemClock.advance(3600)
  await expect(other()).resolves.toMatchObject({ status: 'pending' })
})

it('the verification of another registration, and none at all, are not found', async () => {
  const [draft, other] = [await aDraft(), await aDraft()]
  const elsewhere = await start(other.tenant, other.merchantId)

  for (const id of [elsewhere.id, 'phv_00000000000000000000000000', 'x']) {
    await expect(confirm(draft, { id }, '000000'), id).rejects.toMatchObject({ code: 'phone_verification_not_found' })
  }
})

it('an active merchant is asked for no more codes', async () => {
  const draft = await aDraft()
  await confirm(draft, await start(draft.tenant, draft.merchantId), '000000')
  await merchantHandlers(world).submitMerchant(draft, aCall(draft.tenant, 'submitMerchant'))

  await expect(start(draft.tenant, draft.merchantId)).rejects.toMatchObject({
    code: 'merchant_wrong_status',
    facts: { status: 'active' },
  })
})

it('the sandbox’s code is worth nothing in production', async () => {
  const draft = await aDraft()
  const started = await start(draft.tenant, draft.merchantId)
  const { merchantId } = draft
  const live = { ...aCall(draft.tenant, 'confirm'), livemode: true }
  const handlers = merchantHandlers(world)
  const confirming = handlers.confirmMerchantPhoneVerification(
    { merchantId, verificationId: started.id, body: { code: '000000' } },
    live,
  )

  await expect(confirming).rejects.toMatchObject({ code: 'code_mismatch' })
})

interface ADraft {
  readonly tenant: TenantProfile
  readonly merchantId: string
  readonly phone: string
}

async function aDraft(change: Parameters<typeof aMerchant>[1] = {}): Promise<ADraft> {
  const tenant = await aTenant(world)
  const body = aMerchant('GT', change)
  const { id: merchantId } = await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'create'))
  return { tenant, merchantId, phone: body.phone }
}

const start = async (tenant: TenantProfile, merchantId: string): Promise<PhoneVerification> =>
  merchantHandlers(world).startMerchantPhoneVerification({ merchantId }, aCall(tenant, 'start'))

const confirm = async (
  { tenant, merchantId }: ADraft,
  { id: verificationId }: { id: string },
  code: string,
  key?: string,
): Promise<PhoneVerification> =>
  merchantHandlers(world).confirmMerchantPhoneVerification(
    { merchantId, verificationId, body: { code } },
    aCall(tenant, 'confirm', key, { verificationId, code }),
  )

async function codeOf({ tenant, phone }: ADraft): Promise<string> {
  const [message] = await listMessages(world, tenant.id, { to: phone, limit: 1 })
  return message?.code ?? ''
}

const wrongFor = (right: string): string => (right === '111111' ? '222222' : '111111')

const codeAndFacts = ({ code, facts }: { code: string; facts: Record<string, string> }): string =>
  [code, facts['triesLeft']].filter(Boolean).join(' ')
