import { aFundedConsumer } from '@pisto/testkit'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CoreRefusal } from '../src/core-banking/core-banking.ts'
import type { Fault } from './core-stub.ts'
import { startCuttingProxy } from './cutting-proxy.ts'
import { aCharge, aCustomer, type Bank, pay, startTestBank, type World } from './world.ts'

/** Paying from a bank account: what the app, the account and the merchant see, whatever fails in between. */
export function testPayments(world: World): void {
  let bank: Bank
  beforeEach(async () => {
    bank = await startTestBank(world)
  })
  afterEach(async () => {
    await bank[Symbol.asyncDispose]()
    world.core.reset()
  })

  it('debits the account, pays the merchant, and says so', async () => {
    const [customer, charge] = [aCustomer(world), await aCharge(world)]

    const { status, body } = await pay(bank, customer, charge)

    const [payment, ...more] = await charge.payments()
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        status: 'paid',
        paymentId: payment?.id,
        amountText: 'Q30.10',
        message: 'Pagó Q30.10.',
      }),
    ])
    expect(more).toEqual([])
    expect(payment).toMatchObject({ status: 'completed', metadata: { bankOrderId: body['orderId'] } })
    expect(world.core.booked).toEqual([`debit ${customer.accountNumbers[0]} 30.10`])
    expect(await bank.get(customer.customerNumber, `/payments/${body['orderId']}`)).toEqual({ status: 200, body })
  })

  it.each<[CoreRefusal, string]>([
    ['INSUFFICIENT_FUNDS', 'balance_too_low'],
    ['LIMIT_EXCEEDED', 'limit_exceeded'],
    ['ACCOUNT_BLOCKED', 'account_unusable'],
  ])('the core refuses with %s: nothing happens at Pisto, nothing is undone', async (refusal, code) => {
    const charge = await aCharge(world)
    world.core.refusal = refusal

    const { status, body } = await pay(bank, aCustomer(world), charge)

    expect([status, body]).toEqual([
      422,
      expect.objectContaining({ code, facts: expect.objectContaining({ money: 'notTaken' }) }),
    ])
    expect([await charge.status(), await charge.payments()]).toEqual(['open', []])
    expect(world.core.calls).toHaveLength(1)
  })

  it('somebody else pays the code first: the debit is undone, once', async () => {
    const [customer, charge] = [aCustomer(world), await aCharge(world)]
    world.core.afterDebit = async () => {
      await world.pisto.payments.create({ payerAccountId: world.otherWalletId, qr: charge.qr })
    }

    const first = await pay(bank, customer, charge, 'one-intent')
    const again = await pay(bank, customer, charge, 'one-intent')

    expect(first).toMatchObject({ status: 409, body: { code: 'code_used', title: 'Este cobro ya fue pagado.' } })
    expect(again).toEqual(first)
    expect(world.core.booked).toEqual([
      `debit ${customer.accountNumbers[0]} 30.10`,
      `undo ${customer.accountNumbers[0]} 30.10`,
    ])
    expect(await charge.payments()).toHaveLength(1)
  })

  it('the bank’s own wallet is empty: the debit is undone, and the customer is not told it is their balance', async () => {
    const { accountId } = await aFundedConsumer(world.pisto, '30.09')
    await using poor = await startTestBank(world, { payerAccountId: accountId })
    const charge = await aCharge(world)

    const { body } = await pay(poor, aCustomer(world), charge)

    expect(body['code']).toBe('payments_suspended')
    expect(world.core.booked.map((line) => line.split(' ', 1)[0])).toEqual(['debit', 'undo'])
    expect(await charge.status()).toBe('open')
  })

  it.each<[string, Fault[]]>([
    ['no answer comes, though it was booked', ['bookedThenSilent']],
    ['the connection breaks, though it was booked', ['bookedThenLost', 'bookedThenLost']],
    ['the connection breaks before it was booked', ['lost']],
    ['the core answers 500', ['failing', 'failing']],
  ])('debits once under one reference when %s', async (_why, faults) => {
    await using impatient = await startTestBank(world, { coreTimeoutMs: 200 })
    const charge = await aCharge(world)
    world.core.faults.push(...faults)

    const { status } = await pay(impatient, aCustomer(world), charge)

    expect(status).toBe(201)
    expect(world.core.calls).toHaveLength(faults.length + 1)
    expect(new Set(world.core.calls).size).toBe(1)
    expect(world.core.booked).toHaveLength(1)
    expect(await charge.payments()).toHaveLength(1)
  })

  it('the core stays silent: the app hears that it is under way, and later it is paid', async () => {
    const [customer, charge] = [aCustomer(world), await aCharge(world)]
    world.core.faults.push(...(['bookedThenLost', 'lost', 'failing'] as const))

    const { status, body } = await pay(bank, customer, charge)

    expect([status, body['status']]).toEqual([202, 'underWay'])
    await vi.waitFor(async () => {
      const later = await bank.get(customer.customerNumber, `/payments/${body['orderId']}`)
      expect(later.body['status']).toBe('paid')
    })
    expect(world.core.booked).toHaveLength(1)
  })

  it('an answer that takes too long does not keep the app waiting, and the order goes on', async () => {
    await using hasty = await startTestBank(world, { patience: { answerWithinMs: 1 } })
    const [customer, charge] = [aCustomer(world), await aCharge(world)]

    const { status, body } = await pay(hasty, customer, charge)

    expect([status, body['status']]).toEqual([202, 'underWay'])
    await vi.waitFor(async () => {
      expect((await hasty.get(customer.customerNumber, `/payments/${body['orderId']}`)).status).toBe(200)
    })
  })

  it.each([
    ['once: the client asks again', 1, 201],
    ['each time: the order is gone on with later', 3, 202],
  ])('Pisto’s answer is lost %s; one payment', async (_how, cuts, expected) => {
    await using proxy = await startCuttingProxy(world.sandbox.url)
    await using far = await startTestBank(world, { pistoUrl: proxy.url })
    const [customer, charge] = [aCustomer(world), await aCharge(world)]
    proxy.cutsLeft = cuts

    const { status, body } = await pay(far, customer, charge)

    expect(status).toBe(expected)
    await vi.waitFor(async () => {
      const { body: order } = await far.get(customer.customerNumber, `/payments/${body['orderId']}`)
      expect(order).toMatchObject({ status: 'paid', paymentId: (await charge.payments())[0]?.id })
    })
    expect(proxy.cutsLeft).toBe(0)
    expect(await charge.payments()).toHaveLength(1)
    expect(world.core.booked).toHaveLength(1)
  })

  it('two taps on the button are one payment', async () => {
    const [customer, charge] = [aCustomer(world), await aCharge(world)]

    const [first, second] = await Promise.all([
      pay(bank, customer, charge, 'the-same-screen'),
      pay(bank, customer, charge, 'the-same-screen'),
    ])
    const third = await pay(bank, customer, charge, 'the-same-screen')

    expect(first.status).toBe(201)
    expect([second, third]).toEqual([first, first])
    expect(world.core.booked).toHaveLength(1)
    expect(await charge.payments()).toHaveLength(1)
  })

  it('two customers pay one code at once: one pays, the other has the money back', async () => {
    const charge = await aCharge(world)

    const answers = await Promise.all(
      [aCustomer(world), aCustomer(world)].map((customer) => pay(bank, customer, charge)),
    )

    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(world.core.booked.map((line) => line.split(' ', 1)[0]).toSorted()).toEqual(['debit', 'debit', 'undo'])
    expect(await charge.payments()).toHaveLength(1)
  })

  it('a key that comes back with other contents moves nothing', async () => {
    const [customer, charge, other] = [aCustomer(world), await aCharge(world), await aCharge(world, '5.00')]
    await pay(bank, customer, charge, 'used-before')

    const { status, body } = await pay(bank, customer, other, 'used-before')

    expect([status, body['code']]).toEqual([422, 'key_reused'])
    expect(await other.status()).toBe('open')
    expect(world.core.booked).toHaveLength(1)
  })
}
