import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CoreBanking } from '../core-banking/core-banking.ts'
import { httpCoreBanking } from '../core-banking/http-core-banking.ts'
import { systemClock } from '../platform/clock.ts'
import { type Listening, listenOnLoopback } from '../platform/listen.ts'
import { CoreSimulator, coreSimulatorApp } from './core-simulator.ts'
import { CUSTOMERS } from './customers.ts'

const core = new CoreSimulator(CUSTOMERS)
let listening: Listening
let client: CoreBanking
beforeAll(async () => {
  listening = await listenOnLoopback(coreSimulatorApp(core), 0)
  client = httpCoreBanking({ baseUrl: listening.url, clock: systemClock })
})
afterAll(() => listening.close())

const [account = ''] = CUSTOMERS[1]?.accountNumbers ?? []
const movement = (reference: string, amount = '30.10') =>
  ({ reference, accountNumber: account, amount: { amount, currency: 'GTQ' }, concept: 'Pago con QR' }) as const

it('knows its customers as the service reads them', async () => {
  expect(await client.findCustomer('1001')).toMatchObject({ customerNumber: '1001', country: 'GT' })
  expect(await client.findCustomer('9999')).toBeUndefined()
})

it('books a reference once, and gives it back once', async () => {
  const before = core.balanceOf(account)

  for (const _ of [1, 2]) await client.debit(movement('R1'))
  expect(core.balanceOf(account)).toBe(before - 3010n)

  for (const _ of [1, 2]) await client.undo('R1')
  expect(core.balanceOf(account)).toBe(before)
  await client.credit(movement('R2', '0.05'))
  expect(core.balanceOf(account)).toBe(before + 5n)
})

it('refuses a debit that arrives after its undoing', async () => {
  const before = core.balanceOf(account)

  await client.undo('R3')

  await expect(client.debit(movement('R3'))).rejects.toMatchObject({ code: 'MOVEMENT_UNDONE' })
  expect(core.balanceOf(account)).toBe(before)
})

it('refuses more than is there', async () => {
  await expect(client.debit(movement('R4', '999999.00'))).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' })
})
