import { PistoApiError, verifyProof } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, aPerson, checkBooks, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The main job as a bank's developer writes it: with the SDK.

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

describe.each(['GT', 'HN', 'SV'] as const)('%s', (country) => {
  const world = () => {
    const { currency } = sandbox.tenant(country)
    return { client: sandbox.client(country), money: (amount: string) => ({ amount, currency }) }
  }

  it('register, charge, pay, refund, read the books, prove it', async () => {
    const { client, money } = world()
    const [merchant, payer] = [await aMerchant(client), await aFundedConsumer(client, '100.00')]
    expect(merchant).toMatchObject({ status: 'active', tier: 1, livemode: false })

    const request = await client.paymentRequests.create({ merchantId: merchant.id, amount: money('30.10') })
    const { payload } = request.qr
    const seen = await client.qr.resolve({ payload })
    expect(seen).toMatchObject({ signature: 'valid', payable: true, amount: money('30.10') })

    const payment = await client.payments.create({ payerAccountId: payer.accountId, qr: payload })
    expect(payment).toMatchObject({ status: 'completed', amount: money('30.10'), paymentRequestId: request.id })
    expect(await client.paymentRequests.get(request.id)).toMatchObject({ status: 'paid' })

    const refund = await client.payments.refund(payment.id, { amount: money('0.10'), reason: 'Vuelto' })
    expect(refund).toMatchObject({ status: 'completed', paymentId: payment.id })
    expect(await client.payments.get(payment.id)).toMatchObject({
      status: 'partiallyRefunded',
      refundedAmount: money('0.10'),
    })

    const entries = []
    for await (const entry of client.accounts.entries(merchant.accountId ?? '', { limit: 1 })) entries.push(entry)
    expect(entries.map(({ direction, balanceAfter }) => [direction, balanceAfter])).toEqual([
      ['debit', money('30.00')],
      ['credit', money('30.10')],
    ])

    const [tenant, { keys }] = [await client.tenant.get(), await client.service.keys()]
    const proven = await verifyProof(await client.log.proof(payment.transactionId), tenant, keys)
    expect(proven.sequence).toBe(payment.sequence)
    expect(proven.leaf).toContain(payment.transactionId)
    expect(proven.leaf).not.toContain(payer.person?.familyNames)
  })

  it('money is held, then taken or given back', async () => {
    const { client, money } = world()
    const [merchant, payer] = [await aMerchant(client), await aFundedConsumer(client, '10.00')]
    const hold = (amount: string) =>
      client.payments.create({
        payerAccountId: payer.accountId,
        alias: merchant.alias,
        amount: money(amount),
        confirmation: 'later',
      })
    const balances = async () => (await client.accounts.get(payer.accountId)).balances

    const [taken, given] = [await hold('4.00'), await hold('6.00')]
    expect(await balances()).toEqual({ posted: money('10.00'), pending: money('0.00'), available: money('0.00') })
    expect(await client.payments.confirm(taken.id)).toMatchObject({ status: 'completed' })
    expect(await client.payments.cancel(given.id)).toMatchObject({ status: 'cancelled' })
    expect(await balances()).toEqual({ posted: money('6.00'), pending: money('6.00'), available: money('6.00') })

    const late = await hold('6.00')
    await sandbox.advanceClock(901)
    expect(await client.payments.get(late.id)).toMatchObject({ status: 'expired' })
    expect((await balances()).available).toEqual(money('6.00'))
  })

  it('a repeated call gives the first answer; refusals are typed', async () => {
    const { client, money } = world()
    const [merchant, payer] = [await aMerchant(client), await aFundedConsumer(client, '1.00')]
    const order = { payerAccountId: payer.accountId, alias: merchant.alias, amount: money('0.60') }
    const idempotencyKey = `order-${merchant.id}`

    const first = await client.payments.create(order, { idempotencyKey })
    const again = await client.payments.create(order, { idempotencyKey })
    const refusal = await client.payments.create(order).catch((error: unknown) => error)

    expect(again).toEqual(first)
    expect(refusal).toBeInstanceOf(PistoApiError)
    expect(refusal).toMatchObject({ code: 'insufficient_funds', status: 422, retryable: false })
  })

  it('a wrong document is named in both languages', async () => {
    const { client } = world()
    const { phone, dateOfBirth, document } = aPerson(country)
    const { now } = await client.sandbox.clock()
    const refusal = await client.merchants
      .create({
        ...{ country, tradeName: 'X', categoryCode: '5411', phone },
        person: { givenNames: 'Rosa', familyNames: 'Umaña', dateOfBirth, document: { ...document, number: '123' } },
        consent: { version: '2026-11', acceptedAt: now },
      })
      .catch((error: unknown) => error)

    expect(refusal).toMatchObject({
      status: 422,
      errors: [{ pointer: '/person/document/number', message: expect.any(String), messageEs: expect.any(String) }],
    })
  })
})

it('events tell what happened, and the books are right', async () => {
  const client = sandbox.client('GT')
  const types = []
  for await (const { type } of client.events.list({ limit: 100 })) types.push(type)
  const books = await checkBooks(sandbox.db)

  expect(types).toEqual(expect.arrayContaining(['merchant.activated', 'payment.completed', 'refund.completed']))
  expect(books.flatMap(({ findings }) => findings)).toEqual([])
})
