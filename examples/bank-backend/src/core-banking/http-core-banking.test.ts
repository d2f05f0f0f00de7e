import nock from 'nock'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Clock } from '../platform/clock.ts'
import type { Movement } from './core-banking.ts'
import { httpCoreBanking } from './http-core-banking.ts'

const CORE = 'http://core.bank.test'
const waitedMs: number[] = []
const clock: Clock = { now: () => new Date(0), sleep: async (durationMs) => void waitedMs.push(durationMs) }
const core = httpCoreBanking({ baseUrl: CORE, clock, timeoutMs: 50 })

const movement: Movement = {
  reference: 'PISTO-1',
  accountNumber: '001-22',
  amount: { amount: '30.10', currency: 'GTQ' },
  concept: 'Pago con QR',
}
const body = { kind: 'debit', accountNumber: '001-22', amount: movement.amount, concept: 'Pago con QR' }
const booked = { reference: 'PISTO-1', status: 'booked' }
const putMovement = () => nock(CORE).put('/movements/PISTO-1', body)

beforeEach(() => {
  nock.disableNetConnect()
  waitedMs.length = 0
})
afterEach(() => {
  const pending = nock.pendingMocks()
  nock.cleanAll()
  expect(pending).toEqual([])
})

it('books under the reference, so that repeating it books nothing more', async () => {
  putMovement().reply(201, booked)

  await core.debit(movement)

  expect(waitedMs).toEqual([])
})

it.each<[string, () => void]>([
  ['the connection breaks', () => putMovement().replyWithError('ECONNRESET')],
  ['no answer comes in time', () => putMovement().reply(() => new Promise(() => {}))],
  ['the core fails inside', () => putMovement().reply(500, 'java.lang.NullPointerException')],
  ['a gateway answers in its place', () => putMovement().reply(502, '<html>Bad Gateway</html>')],
])('sends the same movement again when %s', async (_why, failsOnce) => {
  failsOnce()
  putMovement().reply(200, booked)

  await core.debit(movement)

  expect(waitedMs).toEqual([200])
})

it.each<[string, number, unknown]>([
  ['fails each time', 503, {}],
  ['refuses in words we do not know', 422, { code: 'HORÓSCOPO_ADVERSO' }],
  ['answers of another movement', 200, { reference: 'PISTO-2', status: 'booked' }],
  ['says it was undone', 200, { reference: 'PISTO-1', status: 'undone' }],
  ['does not let us in', 401, { code: 'ACCOUNT_BLOCKED' }],
  ['answers without JSON', 201, 'OK'],
])('does not know what happened when the core %s', async (_why, status, answer) => {
  putMovement()
    .times(status === 503 ? 3 : 1)
    .reply(status, answer as nock.Body)

  await expect(core.debit(movement)).rejects.toMatchObject({ name: 'CoreOutcomeUnknown' })
})

it('knows a refusal, and does not argue', async () => {
  putMovement().reply(422, { code: 'INSUFFICIENT_FUNDS', balance: '3.00' })

  await expect(core.debit(movement)).rejects.toMatchObject({ name: 'CoreRefused', code: 'INSUFFICIENT_FUNDS' })
  expect(waitedMs).toEqual([])
})

it('undoes by the reference alone', async () => {
  nock(CORE).post('/movements/PISTO-1/undo').reply(200, { reference: 'PISTO-1', status: 'undone' })

  await core.undo('PISTO-1')
})

it('does not follow the core elsewhere: what is sent there is money', async () => {
  putMovement().thrice().reply(307, undefined, { Location: 'http://elsewhere.test/' })

  await expect(core.debit(movement)).rejects.toMatchObject({ name: 'CoreOutcomeUnknown' })
})

it('asks for a customer by number, whatever is in it', async () => {
  nock(CORE).get('/customers/..%2Fmovements').reply(404)

  expect(await core.findCustomer('../movements')).toBeUndefined()
})
