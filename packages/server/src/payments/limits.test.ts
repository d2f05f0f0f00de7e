import { afterAll, beforeAll, expect, it } from 'vitest'
import { limitsOn } from '../registrations/limit-groups.ts'
import { policyOn } from '../registrations/policy/policy.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { openShop, type Shop } from './testing/shop.ts'
import { aConsumerWithWallet, fund } from './testing/wallets.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** Guatemala, tier 1: 5,000 a payment, 10,000 a day, 25,000 at most in the wallet. */
const aShop = () => openShop(world, { funds: '40000.00' })
const pay = (shop: Shop, amount: string) => shop.pay({ alias: shop.merchant.alias, amount: shop.money(amount) })

it('the test knows the policy', () => {
  const flow = { single: '5000.00', day: '10000.00', month: '50000.00' }
  expect(limitsOn(policyOn('GT', '2026-11-28'), 1)).toEqual({ in: flow, out: flow, balance: '25000.00' })
})

it('one payment may be as large as the tier says, and no larger; the payer learns what is left', async () => {
  const shop = await aShop()

  await expect(pay(shop, '5000.01')).rejects.toMatchObject({
    code: 'limit_exceeded',
    facts: { limit: 'single', allowed: '5000.00', remaining: '5000.00', policyVersion: expect.stringMatching(/^gt-/) },
  })
  expect((await pay(shop, '5000.00')).status).toBe('completed')
})

it('the payee’s day is used up by several payers; they do not learn what the payee takes', async () => {
  const shop = await aShop()
  const second = await aConsumerWithWallet(world, shop.tenant)
  await fund(world, shop.tenant, second.accountId, '100.00')
  await pay(shop, '5000.00')
  await pay(shop, '4950.00')

  const refused = shop.pay({
    alias: shop.merchant.alias,
    amount: shop.money('50.01'),
    payerAccountId: second.accountId,
  })

  await expect(refused).rejects.toMatchObject({ code: 'receiving_limit_exceeded', facts: { limit: 'day' } })
  await expect(refused).rejects.not.toHaveProperty('facts.remaining')
})

it('a cancelled payment gives the day back, a refund does not', async () => {
  const shop = await aShop()
  await pay(shop, '5000.00')
  const held = await shop.pay({
    alias: shop.merchant.alias,
    amount: shop.money('5000.00'),
    confirmation: 'later',
  })
  await expect(pay(shop, '0.01')).rejects.toMatchObject({ code: 'limit_exceeded', facts: { limit: 'day' } })

  await shop.cancel(held.id)
  const second = await pay(shop, '5000.00')
  await shop.refund(second.id, '5000.00')

  await expect(pay(shop, '0.01')).rejects.toMatchObject({ code: 'limit_exceeded', facts: { remaining: '0.00' } })
})
