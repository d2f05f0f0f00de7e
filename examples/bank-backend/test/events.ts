import { aMerchant } from '@pisto/testkit'
import { afterEach, expect, it, vi } from 'vitest'
import { OrderIndex } from '../src/payments/order-index.ts'
import { aCharge, aCustomer, type Bank, fromNow, pay, startTestBank, type World } from './world.ts'

/** What happens at Pisto reaches customers' phones and accounts, once, in order, across restarts. */
export function testEvents(world: World): void {
  afterEach(() => world.core.reset())

  /** A customer of the bank pays the merchant, and the merchant gives some of it back. */
  async function payAndRefund(bank: Bank, refunded: string) {
    const customer = aCustomer(world)
    const { body } = await pay(bank, customer, await aCharge(world))
    const refund = () =>
      world.pisto.payments.refund(String(body['paymentId']), { amount: { amount: refunded, currency: 'GTQ' } })
    return { account: customer.accountNumbers[0], refund }
  }

  const told = (bank: Bank): string[] => bank.notifications.map(({ text }) => text)

  it('tells a merchant who is the bank’s customer of a sale, and nobody of the others', async () => {
    await using bank = await startTestBank(world)
    const owner = aCustomer(world)
    const merchant = await aMerchant(world.pisto, { externalId: owner.customerNumber })

    await pay(bank, aCustomer(world), await aCharge(world))
    await pay(bank, aCustomer(world), await aCharge({ ...world, merchant }, '12.00'))

    await vi.waitFor(() => expect(told(bank)).toEqual(['Le pagaron Q12.00.']), 5000)
    expect(bank.notifications[0]).toMatchObject({ customerNumber: owner.customerNumber, kind: 'salePaid' })
  })

  it('puts a refund on the account that was debited, once, though the core’s answer is lost', async () => {
    await using bank = await startTestBank(world)
    const { account, refund } = await payAndRefund(bank, '5.00')
    world.core.faults.push('bookedThenLost', 'bookedThenLost', 'bookedThenLost', 'failing')

    await refund()

    await vi.waitFor(() => expect(told(bank)).toContain('Le devolvieron Q5.00.'), 5000)
    expect(world.core.booked).toEqual([`debit ${account} 30.10`, `credit ${account} 5.00`])
    expect(new Set(world.core.calls).size).toBe(2)
  })

  it('a refund of what somebody else paid is none of the bank’s business', async () => {
    await using bank = await startTestBank(world)
    const charge = await aCharge(world)
    const other = await world.pisto.payments.create({ payerAccountId: world.otherWalletId, qr: charge.qr })

    await world.pisto.payments.refund(other.id, { amount: charge.amount })
    const { refund } = await payAndRefund(bank, '1.00')
    await refund()

    await vi.waitFor(() => expect(told(bank)).toContain('Le devolvieron Q1.00.'), 5000)
    expect(world.core.booked.filter((line) => line.startsWith('credit'))).toHaveLength(1)
  })

  it('goes on where it stopped: what happened meanwhile is told, what was told is not told again', async () => {
    const [cursor, journal] = [await fromNow(world), new OrderIndex()]
    const first = await startTestBank(world, { cursor, journal })
    const [early, late] = [await payAndRefund(first, '2.00'), await payAndRefund(first, '3.00')]
    await early.refund()
    await vi.waitFor(() => expect(told(first)).toContain('Le devolvieron Q2.00.'), 5000)
    await first[Symbol.asyncDispose]()

    await late.refund()
    await using second = await startTestBank(world, { cursor, journal })

    await vi.waitFor(() => expect(told(second)).toEqual(['Le devolvieron Q3.00.']), 5000)
    expect(world.core.booked.slice(-1)).toEqual([`credit ${late.account} 3.00`])
  })
}
