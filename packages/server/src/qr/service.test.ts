import { build, crc16, parse as parseCode } from '@pisto/qr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { merchantCode } from '../payment-requests/code.ts'
import { endOf, openShop, type Shop } from '../payments/testing/shop.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const resolve = async (shop: Shop, payload: string) => shop.qr.resolveQr({ body: { payload } }, shop.call('resolveQr'))
const parse = async (shop: Shop, payload: string) => shop.qr.parseQr({ body: { payload } }, shop.call('parseQr'))

const FOREIGN = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'

/** A genuine static code, with another name on it than the merchant has now. */
async function codeOf({ tenant, keys }: Shop, alias: string): Promise<string> {
  const payee = { alias, tradeName: 'Otro Rótulo', city: 'Cobán', categoryCode: '5411' }
  return merchantCode(tenant, payee, await keys.signing(tenant.id, 'qr'))
}

describe('resolving', () => {
  it('a request: who is paid, how much, for which request', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')

    expect(await resolve(shop, request.qr.payload)).toEqual({
      payee: {
        name: 'Tortillería Ñandú',
        alias: shop.merchant.alias,
        city: 'Guatemala',
        country: 'GT',
        categoryCode: '5462',
        verified: true,
      },
      signature: 'valid',
      payable: true,
      amount: shop.money('30.10'),
      paymentRequestId: request.id,
      qrCodeId: null,
      tip: null,
      fee: null,
      total: shop.money('30.10'),
    })
  })

  it('a static code: the name is the registration’s, whatever the sticker says', async () => {
    const shop = await openShop(world)

    expect(await resolve(shop, await codeOf(shop, shop.merchant.alias))).toMatchObject({
      payee: { name: 'Tortillería Ñandú', city: 'Cobán' },
      payable: true,
      amount: null,
      paymentRequestId: null,
    })
  })

  it.each([
    ['paid', async (s: Shop, qr: string) => void (await s.pay({ qr }))],
    ['reserved', async (s: Shop, qr: string) => void (await s.pay({ qr, confirmation: 'later' }))],
    ['expired', async () => world.clock.advance(900)],
  ])('a request that is %s cannot be paid any more', async (_status, happens) => {
    const shop = await openShop(world)
    const { qr } = await shop.charge('1.00')
    await happens(shop, qr.payload)

    expect(await resolve(shop, qr.payload)).toMatchObject({ signature: 'valid', payable: false })
  })

  it('a merchant that takes no payments is shown, and not payable', async () => {
    const shop = await openShop(world, { status: 'suspended' })

    expect(await resolve(shop, await codeOf(shop, shop.merchant.alias))).toMatchObject({ payable: false })
  })

  it('a code of another network is unsigned, and cannot be paid here', async () => {
    const shop = await openShop(world)

    expect(await resolve(shop, FOREIGN)).toMatchObject({
      payee: { name: 'Tienda 8', alias: null, city: 'Guatemala', verified: false },
      signature: 'unsigned',
      payable: false,
      amount: null,
    })
  })

  it('a deployment’s own network is written and paid, and codes of Pisto’s default are foreign to it', async () => {
    const [own, other] = [{ ...world, qrGuid: 'hn.example.qr' }, world]
    const [shop, neighbour] = [await openShop(own), await openShop(other)]
    const request = await shop.charge('2.00')
    const code = await shop.code()

    expect(parseCode(request.qr.payload).fields.merchantAccounts?.['26']).toMatchObject({ '00': 'hn.example.qr' })
    expect(parseCode(code.payload).fields.unreserved?.['80']).toMatchObject({ '00': 'hn.example.qr' })
    expect(await resolve(shop, request.qr.payload)).toMatchObject({ signature: 'valid', payable: true })
    expect((await shop.pay({ qr: request.qr.payload })).status).toBe('completed')
    expect(await resolve(shop, code.payload)).toMatchObject({ signature: 'valid', qrCodeId: code.id })
    expect(await resolve(shop, (await neighbour.charge('2.00')).qr.payload)).toMatchObject({ signature: 'unsigned' })
  })

  it('a code of another tenant is genuine, and not payable between tenants yet', async () => {
    const [shop, other] = [await openShop(world), await openShop(world)]
    const request = await other.charge('2.00')

    for (const key of await other.keys.published()) {
      const find = shop.keys.find.bind(shop.keys)
      shop.keys.find = async (keyId) => (keyId === key.keyId ? key : find(keyId))
    }

    expect(await resolve(shop, request.qr.payload)).toMatchObject({
      payee: { name: 'Tortillería Ñandú', alias: other.merchant.alias, verified: true },
      signature: 'valid',
      payable: false,
      paymentRequestId: null,
    })
  })

  it.each([
    ['an alias that is nobody’s', async (s: Shop) => codeOf(s, '100000000009'), 'payee_not_found'],
    ['a consumer’s alias', async (s: Shop) => codeOf(s, s.payer.alias), 'payee_not_found'],
    ['no code at all', async () => 'hola', 'qr_invalid'],
    ['a stripped signature', async (s: Shop) => stripped((await s.charge('1.00')).qr.payload), 'qr_signature_missing'],
  ])('%s is refused', async (_what, payload, code) => {
    const shop = await openShop(world)

    expect(await endOf(resolve(shop, await payload(shop)))).toBe(code)
  })

  it('a damaged code says where and what, in both languages', async () => {
    const shop = await openShop(world)
    const problem = await resolve(shop, `${FOREIGN.slice(0, -1)}5`).catch((error: unknown) => error)

    expect(problem).toMatchObject({
      code: 'qr_invalid',
      status: 422,
      errors: [
        { pointer: '/payload', code: 'crc_mismatch', message: expect.any(String), messageEs: expect.any(String) },
      ],
    })
  })
})

describe('parsing', () => {
  it('gives the fields of a code that can be read', async () => {
    const shop = await openShop(world)

    expect(await parse(shop, FOREIGN)).toMatchObject({
      ok: true,
      kind: 'merchantPresented',
      fields: { merchantName: 'Tienda 8', currency: '320' },
      objects: expect.arrayContaining([
        { path: '59', name: { en: 'name', es: 'nombre' }, value: 'Tienda 8', offset: expect.any(Number) },
      ]),
    })
  })

  it('warns of what the country is known to want, as `pisto qr doctor` does', async () => {
    const shop = await openShop(world)
    const payload = build({
      merchantAccounts: { '26': { '00': 'hn.example', '01': '1' } },
      mcc: '5411',
      currency: '340',
      amount: '2500.01',
      country: 'HN',
      merchantName: 'Tienda 8',
      merchantCity: 'Tela',
    })

    expect(await parse(shop, payload)).toMatchObject({ ok: true, findings: [{ rule: 'N05', severity: 'warning' }] })
  })

  it('reads what a payer’s wallet shows', async () => {
    const shop = await openShop(world)

    expect(await parse(shop, 'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MQ==')).toMatchObject({
      ok: true,
      kind: 'consumerPresented',
      fields: { applications: [{ aid: 'A0000000555555', label: 'Product1' }] },
    })
    expect(await parse(shop, 'hQVDUFYwMQ==')).toMatchObject({ ok: false, fields: null, findings: [{ rule: 'C07' }] })
  })

  it('gives findings and no fields of one that cannot: nobody shall pay by them', async () => {
    const shop = await openShop(world)

    expect(await parse(shop, FOREIGN.slice(0, -1))).toMatchObject({
      ok: false,
      fields: null,
      findings: [
        { severity: 'error', rule: expect.stringMatching(/^R/), path: expect.any(String), offset: expect.any(Number) },
      ],
    })
  })
})

function stripped(payload: string): string {
  const open = `${payload.replace(/80\d\d0009org\.pisto.*$/, '')}6304`
  return `${open}${crc16(open)}`
}
