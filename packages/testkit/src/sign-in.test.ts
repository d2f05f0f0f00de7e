import { Pisto } from '@pisto/sdk'
import { memoryStore, personCredentials, signIn, signInTill } from '@pisto/sdk/sign-in'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from './index.ts'
import { newPerson } from './people.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

let count = 7_000_000
async function signedIn() {
  const { phone, ...person } = newPerson('GT', ++count)
  const counted: string[] = []
  const fetch: typeof globalThis.fetch = (url, init) => {
    counted.push(String(url))
    return globalThis.fetch(url, init)
  }
  const options = { baseUrl: sandbox.url, store: memoryStore(), fetch }
  const signingIn = await signIn(options, { tenant: 'gtbank', country: 'GT', phone })
  const credentials = await signingIn.confirm('000000', 'Teléfono de Rosa')
  return { pisto: new Pisto({ baseUrl: sandbox.url, credentials, fetch }), options, phone, person, counted }
}

it('a person registers a shop, charges at once, and pairs a till', async () => {
  const { pisto, phone, person } = await signedIn()
  const names = { givenNames: 'Rosa', familyNames: 'Umaña' }
  const draft = await pisto.merchants.create({
    ...{ country: 'GT', phone, tradeName: 'Tienda Rosa', categoryCode: '5411' },
    consent: { version: '2026-11', acceptedAt: '2026-01-01T00:00:00.000Z' },
    person: { ...names, dateOfBirth: person.dateOfBirth, document: person.document },
  })
  expect((await pisto.merchants.submit(draft.id)).status).toBe('active')

  // the token is from before: the client gets a newer one by itself
  const amount = { amount: '1.00', currency: 'GTQ' } as const
  expect((await pisto.paymentRequests.create({ merchantId: draft.id, amount })).status).toBe('open')

  const till = await pisto.merchants.devices.create(draft.id, { name: 'Caja 1' })
  const pairing = await pisto.merchants.devices.pair(draft.id, till.id)
  const credentials = await signInTill({ baseUrl: sandbox.url, store: memoryStore() }, pairing)
  const charged = await new Pisto({ baseUrl: sandbox.url, credentials }).paymentRequests.create({
    merchantId: draft.id,
    amount,
  })
  expect(charged.memberId).toBe(till.id)
})

it('an old token is renewed once for all calls that wait', async () => {
  const { options, counted } = await signedIn()
  const stored = await options.store.load()
  if (stored === undefined) throw new Error('nobody is signed in')
  await options.store.save({ ...stored, expiresAtMs: 0 })
  const pisto = new Pisto({ ...options, credentials: personCredentials(options) })

  const answers = await Promise.all(Array.from({ length: 8 }, () => pisto.sessions.self()))
  expect(new Set(answers.map(({ sessionId }) => sessionId))).toEqual(new Set([stored.sessionId]))
  expect(counted.filter((url) => url.endsWith('/refresh'))).toHaveLength(1)
})

it('a phone whose clock is an hour wrong signs in and calls all the same', async () => {
  const { phone } = newPerson('GT', ++count)
  const clock = { now: () => performance.timeOrigin + performance.now() - 3_600_000, sleep: async () => {} }
  const options = { baseUrl: sandbox.url, store: memoryStore(), clock }
  const signingIn = await signIn(options, { tenant: 'gtbank', country: 'GT', phone })
  const pisto = new Pisto({ ...options, credentials: await signingIn.confirm('000000') })

  expect((await pisto.sessions.self()).registrations).toEqual([])
})

it('the key cannot be read out, and signing out forgets the session', async () => {
  const { options, pisto } = await signedIn()
  const stored = await options.store.load()
  expect(stored?.keys.privateKey.extractable).toBe(false)

  await pisto.sessions.end(stored?.sessionId ?? '')
  await expect(pisto.sessions.self()).rejects.toMatchObject({ code: 'session_ended' })
})
