import { decodeBase64, openCommitment, ProofRejected } from '@pisto/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'
import type { Received } from '../testing/send.ts'
import { findTransactionTexts, NO_TEXT } from './texts.ts'

let server: RunningServer
let client: Client
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
})
afterAll(() => server.stop())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })

/** Two consumers; the first has 100.00. */
async function twoWallets(): Promise<readonly [ana: string, luis: string]> {
  const [ana, luis] = [await register(client, 'consumers'), await register(client, 'consumers')]
  await client.post(`/v1/sandbox/accounts/${ana.accountId}/fund`, { amount: quetzales('100.00') })
  return [ana.accountId, luis.accountId]
}

const transfer = (debitAccountId: string, creditAccountId: string, amount: string, more = {}) => ({
  debitAccountId,
  creditAccountId,
  amount: quetzales(amount),
  ...more,
})

async function available(accountId: string): Promise<string> {
  return (await client.get(`/v1/accounts/${accountId}`)).body.balances.available.amount
}

const create = (...transfers: object[]): Promise<Received> => client.post('/v1/transactions', { transfers })
const read = async (id: string) => (await client.get(`/v1/transactions/${id}`)).body

describe('transfers', () => {
  it('happen together, in the order given, with a purpose and a note that the log does not show', async () => {
    const [ana, luis] = await twoWallets()
    const transfers = [transfer(ana, luis, '60.00'), transfer(luis, ana, '20.00')]

    const { status, body } = await client.post('/v1/transactions', {
      purpose: 'salary',
      transfers,
      reference: 'Salario de noviembre',
      metadata: { run: '11' },
    })

    expect(status).toBe(201)
    expect(body).toMatchObject({ purpose: 'transaction.salary', transfers, holds: [], reversedBy: null })
    expect(await read(body.id)).toEqual(body)
    expect(body).toMatchObject({ reference: 'Salario de noviembre', metadata: { run: '11' } })
    const { body: proof } = await client.get(`/v1/log/proofs/${body.id}`)
    expect(atob(proof.leaf)).not.toContain('Salario')
    expect(JSON.parse(atob(proof.leaf)).commitments).toHaveLength(1)
    expect([await available(ana), await available(luis)]).toEqual(['60.00', '40.00'])
  })

  it('what is stored with a transaction and with its reversal opens the commitments that the log has', async () => {
    const [ana, luis] = await twoWallets()
    const written = { reference: 'Salario de noviembre', metadata: { run: '11' } }
    const { body } = await client.post('/v1/transactions', { transfers: [transfer(ana, luis, '1.00')], ...written })
    const { body: reversal } = await client.post(`/v1/transactions/${body.id}/reverse`, { reason: 'Doble' })

    const open = async (id: string, record: object): Promise<void> => {
      const { tenant, commitments } = JSON.parse(atob((await client.get(`/v1/log/proofs/${id}`)).body.leaf))
      const { salt } = (await findTransactionTexts(server.runtime.db, tenant, [id])).get(id) ?? NO_TEXT
      openCommitment({ commitment: decodeBase64(commitments[0]), salt: salt ?? new Uint8Array(), record })
    }
    await open(body.id, written)
    await open(reversal.id, { reference: 'Doble' })
    await expect(open(body.id, { ...written, reference: 'Salario de octubre' })).rejects.toThrow(ProofRejected)
  })

  it.each<[code: string, status: number, transfers: (ana: string, luis: string) => object[], why: string]>([
    [
      'insufficient_funds',
      422,
      (ana, luis) => [transfer(ana, luis, '60.00'), transfer(ana, luis, '40.01')],
      'the second would overdraw: nothing of the first happens',
    ],
    ['same_account', 422, (ana) => [transfer(ana, ana, '1.00')], 'nobody pays themselves'],
    [
      'account_not_found',
      404,
      (ana) => [transfer(ana, 'acc_01kb2xbfmze3mv9d0fq0n5x3ck', '1.00')],
      'there is no such account',
    ],
    [
      'currency_mismatch',
      422,
      (ana, luis) => [{ ...transfer(ana, luis, '1.00'), amount: { amount: '1.00', currency: 'USD' } }],
      'accounts hold one currency',
    ],
    ['amount_too_large', 422, (ana, luis) => [transfer(ana, luis, '92233720368547758.08')], 'no column holds it'],
    ['request_invalid', 400, (ana, luis) => [transfer(ana, luis, '0.00')], 'nothing is no amount'],
    ['request_invalid', 400, () => [], 'no transfer is no transaction'],
  ])('%s (%i): %#', async (code, status, transfers, _why) => {
    const [ana, luis] = await twoWallets()

    expect((await create(...transfers(ana, luis))).body).toMatchObject({ code, status })

    expect(await available(ana)).toBe('100.00')
  })

  it('a key gives its first answer again', async () => {
    const [ana, luis] = await twoWallets()
    const body = { transfers: [transfer(ana, luis, '60.00')] }
    const first = await client.post('/v1/transactions', body, 'salary-1')

    const again = await client.post('/v1/transactions', body, 'salary-1')

    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(await available(ana)).toBe('40.00')
  })
})

describe('holds', () => {
  const hold = (expiresInSeconds = 600) => ({ hold: { expiresInSeconds } })

  it('a part is posted, the rest is released; a second posting finds it resolved', async () => {
    const [ana, luis] = await twoWallets()
    const { body: held } = await create(transfer(ana, luis, '60.00', hold()))
    expect(held.holds).toMatchObject([{ status: 'pending', postedAmount: null }])
    expect(await available(ana)).toBe('40.00')

    const { status, body: posted } = await client.post(`/v1/transactions/${held.id}/post`, {
      amount: quetzales('25.50'),
    })

    expect(status).toBe(201)
    expect(posted).toMatchObject({ purpose: 'transaction.posted', references: { transactionId: held.id } })
    expect(await read(posted.id)).toEqual(posted)
    expect((await read(held.id)).holds).toMatchObject([{ status: 'posted', postedAmount: quetzales('25.50') }])
    expect([await available(ana), await available(luis)]).toEqual(['74.50', '25.50'])
    expect((await client.post(`/v1/transactions/${held.id}/post`)).body).toMatchObject({ code: 'hold_resolved' })
  })

  it('several are voided at once, or one by its id', async () => {
    const [ana, luis] = await twoWallets()
    const { body: held } = await create(...['10.00', '20.00', '30.00'].map((each) => transfer(ana, luis, each, hold())))

    await client.post(`/v1/transactions/${held.id}/void`, { holdId: held.holds[1].id })
    expect(await available(ana)).toBe('60.00')
    const vague = await client.post(`/v1/transactions/${held.id}/post`, { amount: quetzales('1.00') })
    const { body: voided } = await client.post(`/v1/transactions/${held.id}/void`)

    expect(vague.body).toMatchObject({ code: 'request_invalid', errors: [{ pointer: '/holdId' }] })
    expect(voided.transfers).toMatchObject([{ kind: 'voidPending' }, { kind: 'voidPending' }])
    expect((await read(held.id)).holds.map(({ status }: { status: string }) => status)).toEqual(Array(3).fill('voided'))
    expect(await available(ana)).toBe('100.00')
  })

  it('expires by itself: the money is back, posting it is too late, the event says so', async () => {
    const [ana, luis] = await twoWallets()
    const { body: held } = await create(transfer(ana, luis, '60.00', hold(60)))

    await client.post('/v1/sandbox/clock/advance', { seconds: 60 })

    expect((await read(held.id)).holds).toMatchObject([{ status: expect.stringMatching(/^(expired|voided)$/) }])
    expect(await available(ana)).toBe('100.00')
    expect((await client.post(`/v1/transactions/${held.id}/post`)).body.code).toMatch(/^hold_(resolved|expired)$/)
    const { body: events } = await client.get('/v1/events?types=transaction.expired&limit=100')
    expect(events.data).toContainEqual(expect.objectContaining({ objectId: held.id, status: 'expired' }))
  })

  it.each([
    ['hold_exceeded', '/post', { amount: quetzales('60.01') }],
    ['hold_not_found', '/void', { holdId: 'hld_01kb2xbfmze3mv9d0fq0n5x3ck' }],
  ])('%s', async (code, path, body) => {
    const [ana, luis] = await twoWallets()
    const { body: held } = await create(transfer(ana, luis, '60.00', hold()))

    expect((await client.post(`/v1/transactions/${held.id}${path}`, body)).body).toMatchObject({ code })
  })
})

describe('a reversal', () => {
  it('gives back what was posted, once, and both transactions say so', async () => {
    const [ana, luis] = await twoWallets()
    const { body: original } = await create(transfer(ana, luis, '60.00'))

    const reversals = await Promise.all(
      Array.from({ length: 4 }, () => client.post(`/v1/transactions/${original.id}/reverse`, { reason: 'Doble' })),
    )

    const done = reversals.filter(({ status }) => status === 201)
    expect(done).toHaveLength(1)
    expect(done[0]?.body).toMatchObject({ purpose: 'transaction.reversed', reference: 'Doble' })
    expect(reversals.filter(({ body }) => body.code === 'transaction_reversed')).toHaveLength(3)
    expect((await read(original.id)).reversedBy).toBe(done[0]?.body.id)
    expect([await available(ana), await available(luis)]).toEqual(['100.00', '0.00'])
  })

  it('is refused when the money was spent meanwhile, and for what has another way back', async () => {
    const [ana, luis] = await twoWallets()
    const { body: original } = await create(transfer(ana, luis, '60.00'))
    const { body: spent } = await create(transfer(luis, ana, '0.01'))
    const { body: funded } = await client.get('/v1/transactions?purpose=account.funded&limit=1')

    expect(spent.sequence).toBeGreaterThan(original.sequence)
    expect((await client.post(`/v1/transactions/${original.id}/reverse`)).body.code).toBe('insufficient_funds')
    expect((await client.post(`/v1/transactions/${funded.data[0].id}/reverse`)).body).toMatchObject({
      code: 'transaction_not_reversible',
      facts: { purpose: 'account.funded' },
    })
  })
})

describe('an exchange', () => {
  const open = async (purpose: string, currency: string) =>
    (await client.post('/v1/accounts', { purpose, currency })).body as { id: string }
  const balance = async ({ id }: { id: string }) => (await client.get(`/v1/accounts/${id}`)).body.balances.posted

  it('goes through the exchange accounts; what is left of a cent is booked', async () => {
    const [ana] = await twoWallets()
    const dollars = await open('settlement', 'USD')
    const body = { debitAccountId: ana, creditAccountId: dollars.id, amount: quetzales('10.00'), rate: '0.1285' }
    expect((await client.post('/v1/exchanges', body)).body).toMatchObject({
      code: 'exchange_account_missing',
      facts: { purpose: 'exchange', currency: 'GTQ' },
    })
    const [inQuetzales, inDollars] = [await open('exchange', 'GTQ'), await open('exchange', 'USD')]
    const rounding = await open('rounding', 'USD')

    const { status, body: exchanged } = await client.post('/v1/exchanges', body)

    expect(status).toBe(201)
    expect(exchanged).toMatchObject({ purpose: 'transaction.exchanged', references: { rate: '0.1285' } })
    expect(await read(exchanged.id)).toEqual(exchanged)
    expect(await available(ana)).toBe('90.00')
    expect(await balance(inQuetzales)).toEqual(quetzales('10.00'))
    expect(await balance(inDollars)).toEqual({ amount: '-1.29', currency: 'USD' })
    expect(await balance(rounding)).toEqual({ amount: '0.01', currency: 'USD' })
    expect(await balance(dollars)).toEqual({ amount: '-1.28', currency: 'USD' })
  })
})

it('a dry run answers as the call would, needs no key and changes nothing', async () => {
  const [ana, luis] = await twoWallets()
  const { body: before } = await client.get('/v1/log/checkpoint')
  const body = { transfers: [transfer(ana, luis, '60.00')] }

  const rehearsed = await client.post('/v1/transactions?dryRun=true', body, 'k')
  const refused = await client.post('/v1/transactions?dryRun=true', { transfers: [transfer(ana, luis, '100.01')] })

  expect(rehearsed.status).toBe(200)
  expect(rehearsed.body).toMatchObject({ purpose: 'transaction.created', transfers: body.transfers })
  expect(refused.body).toMatchObject({ code: 'insufficient_funds', facts: { available: '100.00' } })
  expect((await client.get(`/v1/transactions/${rehearsed.body.id}`)).status).toBe(404)
  expect((await client.get('/v1/log/checkpoint')).body).toEqual(before)
  expect((await client.post('/v1/transactions', body, 'k')).body.sequence).toBe(rehearsed.body.sequence)
})
