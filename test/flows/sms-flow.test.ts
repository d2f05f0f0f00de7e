import { createChallenge, pinnedBy, verifyDirectory } from '@pisto/proof'
import { verifyReceipt } from '@pisto/proof/verify'
import { formatSmsCharge, formatSmsReceipt, parseSmsCharge, parseSmsReceipt } from '@pisto/qr/sms'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

it('a charge goes out by SMS, is paid, and its receipt comes back by SMS: green', async () => {
  const bank = sandbox.client('GT')
  const [shop, payer] = [await aMerchant(bank), await aFundedConsumer(bank, '100.00')]
  const challenge = createChallenge((length) => crypto.getRandomValues(new Uint8Array(length)))
  const amount = { amount: '30.10', currency: 'GTQ' } as const
  const { qr, id: paymentRequestId } = await bank.paymentRequests.create({ merchantId: shop.id, amount, challenge })

  const charge = formatSmsCharge(qr.payload, { words: 'Pague con su app:' })
  const payload = parseSmsCharge(charge.toReversed()) ?? ''
  expect(await bank.qr.resolve({ payload })).toMatchObject({ signature: 'valid', payable: true, amount })
  const payment = await bank.payments.create({ payerAccountId: payer.accountId, qr: payload })
  expect(payment).toMatchObject({ status: 'completed', paymentRequestId })

  const { compact } = await bank.payments.receipt(payment.id)
  const received = parseSmsReceipt(formatSmsReceipt(compact, { words: 'Recibo:' }).join('\n')) ?? ''
  const keys = (await bank.service.keys()).keys.map((key) => ({ ...key, tenant: key.tenantCode }))
  const directory = await verifyDirectory(await bank.service.directory('gtbank'), pinnedBy({ issuer: 'gtbank', keys }))
  const { now } = await bank.sandbox.clock()
  const verdict = await verifyReceipt(received, {
    directory,
    shop: { alias: shop.alias, tenant: 'gtbank', livemode: false },
    openCharges: [{ challenge, ...amount }],
    shownBefore: () => false,
    nowSeconds: Math.floor(Date.parse(now) / 1000),
  })

  expect(verdict).toMatchObject({ colour: 'green', reason: 'charge_paid', warnings: [] })
})

it('every code that the bank issues can be told by SMS, whatever the shop is called', async () => {
  const bank = sandbox.client('GT')
  for (const tradeName of ['Tortillería Ñandú', "Comedor Q'anil & Hijos, S.A.", 'Pingüino «El Frío»', 'X'.repeat(60)]) {
    const shop = await aMerchant(bank, { tradeName })
    const amount = { amount: '9999999.99', currency: 'GTQ' } as const
    const { qr } = await bank.paymentRequests.create({ merchantId: shop.id, amount })

    expect(parseSmsCharge(formatSmsCharge(qr.payload)), tradeName).toBe(qr.payload)
  }
})
