import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { findPaymentReferences } from './references.ts'
import { openShop } from './testing/shop.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

it('calls a payment as the payee asked for it, else as the payer named it', async () => {
  const shop = await openShop(world)
  const amount = shop.money('1.00')
  const bill = await shop.code({ amount, additionalData: { billNumber: 'F-17' } })
  const open = await shop.code({ amount, additionalData: { billNumber: '***' } })
  const till = await shop.code({ amount, additionalData: { terminalLabel: 'Caja 1' } })
  const request = await shop.charge('1.00', { reference: 'Mesa 4' })
  const [asked, billed, answered, named, nameless] = [
    await shop.pay({ qr: request.qr.payload, reference: 'Almuerzo' }),
    await shop.pay({ qr: bill.payload, reference: 'Luz' }),
    await shop.pay({ qr: open.payload, reference: 'F-18' }),
    await shop.pay({ qr: till.payload, reference: 'Pan' }),
    await shop.pay({ qr: till.payload }),
  ]

  const ids = [asked, billed, answered, named, nameless].map(({ id }) => id)
  expect(await findPaymentReferences(world.db, shop.tenant.id, ids)).toEqual(
    new Map([
      [asked.id, 'Mesa 4'],
      [billed.id, 'F-17'],
      [answered.id, 'F-18'],
      [named.id, 'Pan'],
    ]),
  )
  expect(await findPaymentReferences(world.db, shop.tenant.id, ['acc_1'])).toEqual(new Map())
})
