import { aMerchant, newestCode } from '@pisto/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { BankCustomer } from '../src/core-banking/core-banking.ts'
import { aCustomer, type Bank, pay, startTestBank, type World } from './world.ts'

/** Registering a business, charging, sales; and that nobody gets at what is somebody else's. */
export function testMerchants(world: World): void {
  let bank: Bank
  /** For tests that leave it as it is. */
  let shop: Awaited<ReturnType<typeof anOpenShop>> | undefined
  beforeEach(async () => {
    bank = await startTestBank(world)
  })
  afterEach(() => bank[Symbol.asyncDispose]())

  const FORM = {
    tradeName: 'Tortillería Ñandú',
    categoryCode: '5462',
    consent: { version: '2026-11', acceptedAt: '2026-11-24T12:00:00Z' },
  }

  const register = ({ customerNumber }: BankCustomer, key?: string) =>
    bank.post(customerNumber, '/merchants', FORM, key)

  /** Registers a customer's business up to its end. */
  async function anOpenShop() {
    const owner = aCustomer(world)
    const { body: started } = await register(owner)
    const code = await newestCode(world.pisto, owner.phone)
    const typed = { verificationId: started['verificationId'], code }
    const { status, body } = await bank.post(
      owner.customerNumber,
      `/merchants/${started['merchantId']}/phone-code`,
      typed,
    )
    return { owner, started, typed, status, body, merchantId: String(body['merchantId']) }
  }

  it('registers a business with what the bank knows, and the code from the phone', async () => {
    const { owner, started, status, body, merchantId } = await anOpenShop()

    expect(started).toMatchObject({
      status: 'draft',
      message: `Escriba el código que enviamos al ••••${owner.phone.slice(-4)}.`,
    })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ status: 'active', message: '¡Listo! Su negocio ya puede cobrar.' }),
    ])
    const merchant = await world.pisto.merchants.get(merchantId)
    expect(merchant).toMatchObject({ externalId: owner.customerNumber, phone: owner.phone, tradeName: FORM.tradeName })
  })

  it('two taps register one business and send one code; asking again later sends another', async () => {
    const owner = aCustomer(world)

    const taps = await Promise.all([register(owner, 'the-same-screen'), register(owner, 'the-same-screen')])
    const later = await register(owner)

    const { data } = await world.pisto.merchants.list({ externalId: owner.customerNumber }).page()
    expect(taps[0]).toEqual(taps[1])
    expect(data.map(({ id }) => id)).toEqual([later.body['merchantId']])
    expect((await world.pisto.sandbox.inbox({ to: owner.phone }).page()).data).toHaveLength(2)
  })

  it('the code that is sent twice activates once; a finished registration is shown as it is', async () => {
    const { owner, typed, body, merchantId } = await anOpenShop()

    const again = await bank.post(owner.customerNumber, `/merchants/${merchantId}/phone-code`, typed)
    const registered = await register(owner)

    expect(again).toEqual({ status: 200, body })
    expect(registered.body).toEqual(body)
  })

  it('a wrong code says how many tries are left', async () => {
    const owner = aCustomer(world)
    const { body } = await register(owner)
    const right = await newestCode(world.pisto, owner.phone)
    const typed = { verificationId: body['verificationId'], code: right === '111111' ? '222222' : '111111' }

    const wrong = await bank.post(owner.customerNumber, `/merchants/${body['merchantId']}/phone-code`, typed)

    expect(wrong).toMatchObject({
      status: 422,
      body: { code: 'code_wrong', title: 'El código no es correcto. Revíselo e intente de nuevo.' },
    })
    expect(wrong.body['facts']).toEqual({ triesLeft: expect.stringMatching(/^\d$/) })
  })

  it('what Pisto finds wrong with the bank’s record is told in Spanish, field by field', async () => {
    const owner = aCustomer(world)
    world.core.customers.set(owner.customerNumber, { ...owner, document: { type: 'DPI', number: '1234567900101' } })

    const { status, body } = await register(owner)

    expect([status, body['code']]).toEqual([422, 'registration_invalid'])
    expect(body['fields']).toEqual([{ pointer: '/person/document/number', message: expect.stringMatching(/\p{L}/u) }])
  })

  it('charges with a code that can be scanned, and lists what was sold', async () => {
    const { owner, merchantId } = await anOpenShop()
    const amount = { amount: '1250.00', currency: 'GTQ' } as const

    const charge = await bank.post(owner.customerNumber, `/merchants/${merchantId}/charges`, {
      amount,
      reference: 'Mesa 4',
    })
    const { payload, svg } = charge.body['qr'] as { payload: string; svg: string }
    const paid = await pay(bank, aCustomer(world), { qr: payload, amount })
    const sales = await bank.get(owner.customerNumber, `/merchants/${merchantId}/sales`)

    expect(charge).toMatchObject({
      status: 201,
      body: { status: 'open', amountText: 'Q1,250.00', reference: 'Mesa 4' },
    })
    expect(svg).toContain('<title>Código de cobro de Tortillería Ñandú por Q1,250.00</title>')
    expect(sales).toMatchObject({
      status: 200,
      body: {
        data: [
          {
            paymentId: paid.body['paymentId'],
            chargeId: charge.body['chargeId'],
            amountText: 'Q1,250.00',
            status: 'completed',
          },
        ],
        nextCursor: null,
      },
    })
  })

  it('a merchant of somebody else, or of another bank’s system, is not there', async () => {
    const { merchantId } = await anOpenShop()
    const other = aCustomer(world)
    const foreign = await aMerchant(world.pisto)

    const amount = { amount: '1.00', currency: 'GTQ' }
    const answers = await Promise.all([
      bank.get(other.customerNumber, `/merchants/${merchantId}/sales`),
      bank.get(other.customerNumber, `/merchants/${foreign.id}/sales`),
      bank.get(other.customerNumber, '/merchants/mer_01jd0000000000000000000000/sales'),
      bank.post(other.customerNumber, `/merchants/${merchantId}/charges`, { amount }),
      bank.post(other.customerNumber, `/merchants/${merchantId}/phone-code`, {
        verificationId: 'phv_1',
        code: '123456',
      }),
    ])

    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(answers.map(() => [404, 'not_found']))
  })

  it.each<[string, Record<string, unknown>, string, number]>([
    ['an amount that is a number', { amount: { amount: 30.1, currency: 'GTQ' } }, 'request_invalid', 400],
    ['one digit after the point', { amount: { amount: '30.1', currency: 'GTQ' } }, 'request_invalid', 400],
    ['nothing at all', { amount: { amount: '0.00', currency: 'GTQ' } }, 'request_invalid', 400],
    ['less than nothing', { amount: { amount: '-1.00', currency: 'GTQ' } }, 'request_invalid', 400],
    ['a currency of elsewhere', { amount: { amount: '1.00', currency: 'EUR' } }, 'request_invalid', 400],
    ['more than is asked', { amount: { amount: '1.00', currency: 'GTQ' }, fee: '0.10' }, 'request_invalid', 400],
    ['another currency than the shop’s', { amount: { amount: '1.00', currency: 'USD' } }, 'currency_differs', 422],
  ])('refuses a charge of %s', async (_what, charge, code, expected) => {
    shop ??= await anOpenShop()
    const { owner, merchantId } = shop

    const { status, body } = await bank.post(owner.customerNumber, `/merchants/${merchantId}/charges`, charge)

    expect([status, body['code']]).toEqual([expected, code])
  })
}
