import { crc16 } from '@pisto/qr'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aCharge, aCustomer, type Bank, pay, startTestBank, type World } from './world.ts'

/** What is refused before money moves: the customer's statement stays clean. */
export function testAdmission(world: World): void {
  let bank: Bank
  beforeAll(async () => {
    bank = await startTestBank(world)
  })
  afterAll(async () => {
    await bank[Symbol.asyncDispose]()
  })

  /** A sound code of another network. */
  const FOREIGN = '00020101021126240007gt.otra0109123456789520454625303320540530.105802GT5904Rosa6009Guatemala6304'

  it.each<[string, string, (qr: string) => object]>([
    ['an account of somebody else', 'account_unusable', () => ({ accountNumber: '002-9999' })],
    ['another amount than the code’s', 'amount_differs', () => ({ amount: { amount: '30.11', currency: 'GTQ' } })],
    ['another currency than the code’s', 'currency_differs', () => ({ amount: { amount: '30.10', currency: 'USD' } })],
    ['a code with a letter changed', 'code_unreadable', (qr) => ({ qr: qr.replace('Tortiller', 'Tortillar') })],
    ['something that is no code', 'code_unreadable', () => ({ qr: 'https://example.com/' })],
    ['a code of another network', 'code_of_other_network', () => ({ qr: FOREIGN + crc16(FOREIGN) })],
    ['a code cut in half', 'code_unreadable', (qr) => ({ qr: qr.slice(0, 80) })],
  ])('nothing is debited for %s', async (_what, code, change) => {
    const customer = aCustomer(world)
    const { qr, amount } = await aCharge(world)
    const body = { accountNumber: customer.accountNumbers[0], qr, amount, ...change(qr) }

    const answer = await bank.post(customer.customerNumber, '/payments', body)

    expect([answer.status, answer.body['code']]).toEqual([422, code])
    expect(world.core.calls).toEqual([])
  })

  it.each<[string, string, (id: string, qr: string) => Promise<unknown>]>([
    ['paid', 'code_used', (_, qr) => world.pisto.payments.create({ payerAccountId: world.otherWalletId, qr })],
    ['withdrawn', 'code_expired', (id) => world.pisto.paymentRequests.cancel(id)],
  ])('nothing is debited for a code that is %s', async (_what, code, spend) => {
    const { merchant, pisto } = world
    const amount = { amount: '30.10', currency: 'GTQ' } as const
    const { id, qr } = await pisto.paymentRequests.create({ merchantId: merchant.id, amount })
    await spend(id, qr.payload)

    const answer = await pay(bank, aCustomer(world), { qr: qr.payload, amount })

    expect([answer.status, answer.body['code']]).toEqual([409, code])
    expect(world.core.calls).toEqual([])
  })
}
