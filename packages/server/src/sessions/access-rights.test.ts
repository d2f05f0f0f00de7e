import { OPERATIONS, type Operation } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { clientOf, register } from '../testing/client.ts'
import { TestDevice } from '../testing/device.ts'
import { aConsumer, aMerchant, aPerson } from '../testing/people.ts'
import { json, type Received, send } from '../testing/send.ts'

/**
 * Every operation × everybody who may not: 401, 403 or 404, and nothing of what is there in the answer. The rows come
 * from the operation table: a new operation is tested from its first day.
 */
const operations: Operation[] = Object.values(OPERATIONS).flatMap((group) => Object.values(group))
const guarded = operations.filter(({ scope }) => scope !== 'public').map((entry) => [entry.id, entry] as const)
const forPeople = guarded.filter(([, { person }]) => person !== undefined)
const withOwner = forPeople.filter(([, { person }]) => person?.of !== undefined)
const one = { amount: '1.00', currency: 'GTQ' }

let server: RunningServer
let victim: TestDevice
let ids: Record<string, string>
/** Whatever is the victim's: none of it may be in an answer to somebody else. */
let secrets: string[]
const callers: Record<string, TestDevice> = {}

const signedIn = async (phone: string, tenant?: { tenant: string; country: string }) =>
  (await TestDevice.make(server)).signIn(phone, tenant)

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  const bank = clientOf(server)
  const shop = await register(bank, 'merchants')
  const wallet = await register(bank, 'consumers')
  await bank.post(`/v1/sandbox/accounts/${wallet.accountId}/fund`, { amount: one })
  victim = await signedIn(shop.phone)
  const at = `/v1/merchants/${shop.id}`
  const { body: request } = await victim.post('/v1/payment-requests', { merchantId: shop.id, amount: one })
  const { body: payment } = await bank.post('/v1/payments', {
    payerAccountId: wallet.accountId,
    qr: request.qr.payload,
  })
  const { body: code } = await victim.post(`${at}/qr-codes`, {})
  const staffPhone = aPerson().phone
  const { body: member } = await victim.post(`${at}/members`, { phone: staffPhone, name: 'Ana', role: 'staff' })
  const { body: device } = await victim.post(`${at}/devices`, { name: 'Caja' })
  callers['charge-only staff'] = await signedIn(staffPhone)
  await callers['charge-only staff'].post(`${at}/members/${member.id}/accept`)
  await callers['charge-only staff'].refresh()
  callers['another shop’s owner'] = await signedIn((await register(bank, 'merchants')).phone)
  callers['another wallet’s owner'] = await signedIn((await register(bank, 'consumers')).phone)
  callers['somebody with no registration'] = await signedIn(aPerson().phone)
  const elsewhere = await register(clientOf(server, 'HN'), 'merchants').catch(() => undefined)
  const phone = elsewhere?.phone ?? aPerson('HN').phone
  callers['another tenant’s person'] = await signedIn(phone, { tenant: 'hnbank', country: 'HN' })
  ids = {
    ...{ merchantId: shop.id, consumerId: wallet.id, accountId: shop.accountId, payerAccountId: shop.accountId },
    ...{ paymentId: payment.id, paymentRequestId: request.id, sessionId: victim.sessionId, qrCodeId: code.id },
    ...{ memberId: member.id, deviceId: device.id, verificationId: 'phv_01kb2xbfmze3mv9d0fq0n5x3ck' },
  }
  secrets = [shop.phone, wallet.phone, request.id, payment.id, code.id, device.id, request.qr.payload]
})
afterAll(() => server.stop())

/** What passes the schema, so that it is the right that refuses. */
const BODIES: Record<string, () => object> = {
  updateMerchant: () => ({ tradeName: 'Otro' }),
  updateConsumer: () => ({ locale: 'en' }),
  confirmMerchantPhoneVerification: () => ({ code: '000000' }),
  confirmConsumerPhoneVerification: () => ({ code: '000000' }),
  createPaymentRequest: () => ({ merchantId: ids['merchantId'], amount: one }),
  createPayment: () => ({ payerAccountId: ids['payerAccountId'], alias: '123456789012', amount: one }),
  createRefund: () => ({ amount: one }),
  revokeQrCode: () => ({ reason: 'Ya no' }),
  inviteMember: () => ({ phone: aPerson().phone, name: 'X', role: 'owner' }),
  changeMember: () => ({ role: 'owner' }),
  createDevice: () => ({ name: 'X' }),
  createMerchant: () => aMerchant(),
  createConsumer: () => aConsumer(),
  updateTenant: () => ({
    actor: 'x',
    policyOverrides: { source: { decision: 'x', decidedOn: '2026-11-24' }, tiers: [] },
  }),
  confirmPhoneChange: () => ({ phone: aPerson().phone, code: '000000', actor: 'x', note: 'x' }),
}

const pathOf = ({ path }: Operation): string =>
  path.replaceAll(/\{(\w+)\*?\}/g, (_, name: string) => ids[name] ?? 'xxx_01kb2xbfmze3mv9d0fq0n5x3ck')

const ask = (by: TestDevice, operation: Operation): Promise<Received> => {
  const body = /^(GET|DELETE)$/.test(operation.method) ? undefined : (BODIES[operation.id]?.() ?? {})
  return by.call(operation.method, pathOf(operation), body, body && `${operation.id}-${Math.round(performance.now())}`)
}

function expectNothing(answer: Received): void {
  for (const secret of secrets) {
    const isAsked = Object.values(ids).includes(secret) && answer.status === 404 // `facts.id` repeats what was asked
    if (!isAsked) expect(answer.text).not.toContain(secret)
  }
}

describe.each([
  ['no token', async () => ({})],
  ['a token stolen without its key', async () => ({ authorization: `DPoP ${victim.accessToken}` })],
  ['a token as a bearer', async () => ({ authorization: `Bearer ${victim.accessToken}` })],
])('%s', (_who, headersOf) => {
  it.each(guarded)('%s: 401', async (_id, operation) => {
    const sent = /^(GET|DELETE)$/.test(operation.method) ? { headers: {} } : json({})
    const headers = { ...sent.headers, ...(await headersOf()) }
    const answer = await send(server.url, { method: operation.method, path: pathOf(operation), ...sent, headers })

    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' })
    expectNothing(answer)
  })
})

it.each(guarded)('a token with the proof of another key, %s: 401', async (_id, operation) => {
  const thief = await victim.thief()

  expect((await ask(thief, operation)).body).toMatchObject({ status: 401, facts: { proof: 'key' } })
})

it.each(guarded.filter(([, { person }]) => person === undefined))('no person may %s: 403', async (_id, operation) => {
  expect((await ask(victim, operation)).body).toMatchObject({ status: 403, code: 'scope_missing' })
})

describe.each([
  'another shop’s owner',
  'another wallet’s owner',
  'somebody with no registration',
  'another tenant’s person',
])('%s', (who) => {
  it.each(withOwner)('%s of somebody else: 403 or 404', async (_id, operation) => {
    const answer = await ask(callers[who] as TestDevice, operation)

    expect([403, 404], answer.text).toContain(answer.status)
    expectNothing(answer)
  })

  it.each(forPeople.filter(([, { method, path }]) => method === 'GET' && !path.includes('{')))(
    '%s has nothing of somebody else',
    async (_id, operation) => {
      const answer = await ask(callers[who] as TestDevice, operation)

      expect([200, 403, 404], answer.text).toContain(answer.status)
      expectNothing(answer)
    },
  )
})

it.each(withOwner.filter(([, { person }]) => !Object.values(person?.of ?? {}).includes('staff')))(
  'charge-only staff, %s: 403 or 404',
  async (_id, operation) => {
    const answer = await ask(callers['charge-only staff'] as TestDevice, operation)

    expect([403, 404], answer.text).toContain(answer.status)
  },
)

it.each(guarded.filter(([, { path, scope }]) => path.includes('{') && scope !== 'self'))(
  'another tenant’s key, %s: nothing',
  async (_id, operation) => {
    const { authorization } = clientOf(server, 'HN')
    const sent = /^(GET|DELETE)$/.test(operation.method) ? { headers: {} } : json(BODIES[operation.id]?.() ?? {})
    const answer = await send(server.url, {
      ...{ ...sent, method: operation.method, path: pathOf(operation) },
      headers: { ...sent.headers, authorization, 'idempotency-key': operation.id },
    })

    if (answer.body.code === 'payee_not_found') return // an alias that is nobody's is told alike
    expect([400, 403, 404, 415], answer.text).toContain(answer.status)
    expectNothing(answer)
  },
)

it('the owner may, or this test would show nothing', async () => {
  const reads = withOwner.filter(([, { method, path }]) => method === 'GET' && /merchantId|payment/.test(path))
  for (const [id, operation] of reads.filter(([, { path }]) => !/document|phone-verif/.test(path))) {
    expect({ id, status: (await ask(victim, operation)).status }).toEqual({ id, status: 200 })
  }
})

describe.each(['consumers', 'merchants'] as const)('%s', (kind) => {
  it('whoever looks at their own registration learns neither of whom they resemble, nor of a suspicion, nor who works on it', async () => {
    const bank = clientOf(server)
    const { phone, person } = aPerson('GT', '9999') // somebody else of this name and birth date is a customer here
    const applicant = await signedIn(phone)
    const form = { ...(kind === 'merchants' ? aMerchant() : aConsumer()), phone, person }
    const created = await applicant.post(`/v1/${kind}`, form)
    const at = `/v1/${kind}/${created.body.id}`
    const told: Received[] = [created, await applicant.call('PATCH', at, { locale: 'en' })]
    const submitted = await applicant.post(`${at}/submit`)
    const look = async () => {
      for (const path of [at, `/v1/${kind}`, `${at}/requirements`, '/v1/self']) told.push(await applicant.get(path))
    }
    await look()
    await bank.post(`${at}/assign`, { to: 'ana.lopez' })
    await bank.post(`${at}/approve`, { actor: 'ana.lopez' })
    await look()
    const seen = (await bank.get(at)).body
    await bank.post(`${at}/approve`, { actor: 'luis.paz' })
    await server.runtime.db.query('update registrations set is_held = true where id = $1', [toUuid(created.body.id)])
    await applicant.refresh()
    await look()
    const { capabilities } = (await applicant.get(at)).body
    told.push(submitted, await applicant.post(`${at}/upgrade`), await bank.post(`${at}/export`))

    expect(seen).toMatchObject({ review: { reasons: ['possibleMatch'], approval: { proposedBy: 'ana.lopez' } } })
    const ids: string[] = seen.flags.flatMap(({ registrationIds }: { registrationIds: string[] }) => registrationIds)
    expect(ids.length).toBeGreaterThan(0)
    expect(JSON.stringify(seen.flags)).toContain('person_resembles')
    expect(submitted.body).toMatchObject({ status: 'inReview', review: { reasons: ['underReview'] } })
    expect(capabilities).toMatchObject({ holdBalance: { status: 'active' } })
    expect(Object.values(capabilities)).toContainEqual({ status: 'paused', reasons: ['underReview'] })
    const secret = ['person_resembles', 'possibleMatch', '"screening"', 'ana.lopez', 'luis.paz', ...ids]
    for (const { text } of told) for (const word of secret) expect(text).not.toContain(word)
  })

  it('whom a list may have and whose card the registry has otherwise read the same', async () => {
    const reads = async (serialEnd: string) => {
      const { phone, person } = aPerson('GT', serialEnd)
      const applicant = await signedIn(phone)
      const form = { ...(kind === 'merchants' ? aMerchant() : aConsumer()), phone, person }
      const { body: created } = await applicant.post(`/v1/${kind}`, form)
      await applicant.post(`/v1/${kind}/${created.id}/submit`)
      const { status, review, requirements, capabilities, notice } = (await applicant.get(`/v1/${kind}/${created.id}`))
        .body
      return { status, reasons: review.reasons, requirements, capabilities, notice }
    }

    const listed = await reads('9999')
    expect(listed).toMatchObject({ status: 'inReview', reasons: ['underReview'] })
    expect(await reads('1111')).toEqual(listed)
  })
})
