import type { CreateQrCode, QrCode } from '@pisto/contract'
import { parse, pistoTemplate } from '@pisto/qr'
import { modulesOf } from '@pisto/qr/image'
import { readSignature, verifySigned } from '@pisto/qr/signed'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOf, openShop, type Shop } from '../payments/testing/shop.ts'
import { aMerchantWithWallet } from '../payments/testing/wallets.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const get = async (shop: Shop, qrCodeId: string, merchantId = shop.merchant.id) =>
  (await shop.codes.getQrCode({ merchantId, qrCodeId }, shop.call('getQrCode'))) as QrCode
const problemOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)
const inSeconds = (seconds: number) => new Date(world.clock.now().getTime() + seconds * 1000).toISOString()
const quetzales = (amount: string) => ({ amount, currency: 'GTQ' }) as const
const fieldsOf = (code: QrCode) => {
  const { ok, fields } = parse(code.payload, { profile: 'strict' })
  if (!ok) throw new Error('the payload breaks the specification')
  return fields
}
async function eventsAfter(shop: Shop, sequence: number) {
  const events = await world.ledger.listEvents(shop.tenant.id, { sequence, index: 99 }, { limit: 9 })
  return events.map(({ type, objectId, status }) => [type, objectId, status])
}
const head = (shop: Shop) => world.ledger.headSequence(shop.tenant.id)

describe('making a code', () => {
  it('for any amount: a static code, signed, that names itself', async () => {
    const shop = await openShop(world)
    const code = await shop.code()

    expect(code).toMatchObject({
      status: 'active',
      livemode: false,
      merchantId: shop.merchant.id,
      amount: null,
      tip: null,
      additionalData: {},
      oneShot: false,
      paymentId: null,
      expiresAt: null,
      supersedes: null,
      supersededBy: null,
      revokedReason: null,
    })
    const fields = fieldsOf(code)
    expect(fields.pointOfInitiation).toBe('11')
    expect(pistoTemplate(fields)).toEqual({
      tenantCode: shop.tenant.code,
      alias: shop.merchant.alias,
      codeId: code.id.slice('qrc_'.length),
    })
    expect(await verifySigned(code.payload, (id) => shop.keys.find(id))).toBe('valid')
    expect(readSignature(code.payload)).not.toHaveProperty('expiresAt')
    expect(await get(shop, code.id)).toEqual(code)
  })

  it('with all that a code can say', async () => {
    const shop = await openShop(world)
    const body = {
      amount: quetzales('25.00'),
      tip: { kind: 'percent', percent: '10.00' },
      additionalData: { billNumber: 'F-17', storeLabel: 'Zona 1', terminalLabel: 'Caja 2', purpose: 'Almuerzo' },
      expiresAt: inSeconds(3_600),
      oneShot: true,
    } as const
    const code = await shop.code(body)

    expect(code).toMatchObject(body)
    expect(fieldsOf(code)).toMatchObject({
      pointOfInitiation: '12',
      amount: '25.00',
      tipIndicator: '03',
      feePercent: '10.00',
      additionalData: { '01': 'F-17', '03': 'Zona 1', '07': 'Caja 2', '08': 'Almuerzo' },
    })
    expect(readSignature(code.payload)).toMatchObject({ expiresAt: new Date(body.expiresAt) })
  })

  it('tells the world, and the log says what a payment is decided by', async () => {
    const shop = await openShop(world)
    const before = await head(shop)
    const { id } = await shop.code({
      amount: quetzales('25.00'),
      tip: { kind: 'fixed', amount: quetzales('1.00') },
      additionalData: { customerLabel: 'Rosa Umul' },
    })

    expect(await eventsAfter(shop, before)).toEqual([['qrCode.created', id, 'active']])
    const [leaf] = await world.ledger.log.leaves(shop.tenant.id, { limit: 1, after: before })
    expect(JSON.parse(leaf?.leaf ?? '')).toMatchObject({
      purpose: 'qrCode.created',
      references: { qrCodeId: id, merchantId: shop.merchant.id, amount: '25.00', currency: 'GTQ', tip: 'fixed 1.00' },
    })
    expect(leaf?.leaf).not.toContain('Umul') // a text may name anybody: there is only a commitment
  })

  it('is small enough for a counter: version 13 at M with a name with accents', async () => {
    const shop = await openShop(world)
    const versionOf = ({ payload }: QrCode) => (modulesOf(payload, { quietZone: 0 }).length - 17) / 4

    expect(versionOf(await shop.code())).toBeLessThanOrEqual(13)
    expect(versionOf(await shop.code({ amount: quetzales('1250.00') }))).toBeLessThanOrEqual(14)
  })

  it('gives the same answer to the same key, also when the code is long over', async () => {
    const shop = await openShop(world)
    const body = { expiresAt: inSeconds(60) }
    const first = await shop.code(body, 'k')
    world.clock.advance(120)

    expect(await shop.code(body, 'k')).toEqual(first)
    expect(await endOf(shop.code({}, 'k'))).toBe('idempotency_key_reused')
  })

  const refused: readonly [string, () => CreateQrCode, string][] = [
    ['an amount in another currency', () => ({ amount: { amount: '1.00', currency: 'USD' } }), 'currency_mismatch'],
    [
      'a fee in another currency',
      () => ({ tip: { kind: 'fixed', amount: { amount: '1.00', currency: 'HNL' } } }),
      'currency_mismatch',
    ],
    ['a code to supersede that is none', () => ({ supersedes: world.ids.next('qrc') }), 'qr_code_not_found'],
  ]
  it.each(refused)('is refused for %s', async (_why, body, end) => {
    const shop = await openShop(world)

    expect(await endOf(shop.code(body()))).toBe(end)
  })

  const invalid: readonly [string, () => CreateQrCode, string, string][] = [
    ['an end that is past', () => ({ expiresAt: inSeconds(0) }), '/expiresAt', 'end_invalid'],
    ['an end in eleven years', () => ({ expiresAt: inSeconds(347_000_000) }), '/expiresAt', 'end_invalid'],
    ['an end that is no time', () => ({ expiresAt: '2027-12-31T23:59:60Z' }), '/expiresAt', 'end_invalid'],
    ['more digits than 54 holds', () => ({ amount: quetzales('99999999999.99') }), '/amount', 'amount_invalid'],
    [
      'more digits than 56 holds',
      () => ({ tip: { kind: 'fixed', amount: quetzales('99999999999.99') } }),
      '/tip/amount',
      'tip_invalid',
    ],
    [
      'more text than 62 holds',
      () => ({
        additionalData: {
          billNumber: 'x'.repeat(25),
          storeLabel: 'x'.repeat(25),
          purpose: 'x'.repeat(25),
          terminalLabel: 'x'.repeat(25),
        },
      }),
      '/additionalData',
      'value_too_long_to_write',
    ],
  ]
  it.each(invalid)('is invalid with %s', async (_why, body, pointer, code) => {
    const shop = await openShop(world)

    expect(await problemOf(shop.code(body()))).toMatchObject({
      code: 'request_invalid',
      errors: expect.arrayContaining([{ pointer, code, message: expect.any(String), messageEs: expect.any(String) }]),
    })
  })

  it.each(['draft', 'suspended', 'closed'] as const)('is refused for a merchant that is %s', async (status) => {
    const shop = await openShop(world, { status })

    expect(await endOf(shop.code())).toBe('payee_inactive')
  })

  it('is refused for another tenant’s merchant, as if there were none', async () => {
    const [shop, other] = [await openShop(world), await openShop(world)]
    const call = shop.call('createQrCode')
    const create = async () => shop.codes.createQrCode({ merchantId: other.merchant.id, body: {} }, call)

    expect(await endOf(create())).toBe('merchant_not_found')
  })

  it('whatever it is to say, it follows the specification or is refused (property)', { timeout: 120_000 }, async () => {
    const shop = await openShop(world, { tradeName: 'Ñ'.repeat(100) })
    const text = fc.stringMatching(/^[ -~ñáéü€饺]{1,25}$/)
    const money = fc
      .bigInt({ min: 1n, max: 10n ** 14n })
      .map((n) => quetzales(`${n / 100n}.${`${n % 100n}`.padStart(2, '0')}`))
    const tip = fc.oneof(
      fc.constant({ kind: 'prompt' as const }),
      money.map((amount) => ({ kind: 'fixed' as const, amount })),
      fc.integer({ min: 1, max: 9_999 }).map((n) => ({ kind: 'percent' as const, percent: (n / 100).toFixed(2) })),
    )
    const additionalData = fc.record(
      { billNumber: text, mobileNumber: text, storeLabel: text, customerLabel: text, purpose: text },
      { requiredKeys: [] },
    )
    const body = fc.record({ amount: money, tip, additionalData, oneShot: fc.boolean() }, { requiredKeys: [] })
    await fc.assert(
      fc.asyncProperty(body, async (wanted) => {
        const made = await problemOf(shop.code(wanted))
        if ((made as QrCode).payload === undefined) expect(made).toMatchObject({ code: 'request_invalid' })
        else expect(fieldsOf(made as QrCode).merchantName).toMatch(/^[ -~]{1,25}$/)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the end of a code', () => {
  it('shows by the clock, before anybody has booked it, and is told once it is booked', async () => {
    const shop = await openShop(world)
    const { id, payload } = await shop.code({ expiresAt: inSeconds(60) })
    world.clock.advance(59)
    expect((await get(shop, id)).status).toBe('active')

    world.clock.advance(1)
    expect((await get(shop, id)).status).toBe('expired')
    expect(await endOf(shop.pay({ qr: payload, amount: quetzales('1.00') }))).toBe('qr_code_expired')
    const before = await head(shop)
    await shop.runDue()

    expect((await get(shop, id)).status).toBe('expired')
    expect(await head(shop)).toBe(before + 1)
    expect(await eventsAfter(shop, before)).toEqual([['qrCode.expired', id, 'expired']])
    expect(await endOf(shop.revoke(id))).toBe('qr_code_expired')
  })

  it('comes to nothing once the code is withdrawn', async () => {
    const shop = await openShop(world)
    const { id } = await shop.code({ expiresAt: inSeconds(60) })
    await shop.revoke(id)
    world.clock.advance(60)
    await shop.runDue()

    expect((await get(shop, id)).status).toBe('revoked')
  })
})

describe('withdrawing a code', () => {
  it('ends it for good, with the reason; nobody pays by it or resolves it any more', async () => {
    const shop = await openShop(world)
    const { id, payload } = await shop.code()
    const before = await head(shop)
    const revoked = await shop.revoke(id, 'Se perdió la calcomanía')

    expect(revoked).toMatchObject({ status: 'revoked', revokedReason: 'Se perdió la calcomanía' })
    expect(await get(shop, id)).toEqual(revoked)
    expect(await eventsAfter(shop, before)).toEqual([['qrCode.revoked', id, 'revoked']])
    expect(await endOf(shop.pay({ qr: payload, amount: quetzales('1.00') }))).toBe('qr_code_revoked')
    const resolving = async () => shop.qr.resolveQr({ body: { payload } }, shop.call('resolveQr'))
    expect(await endOf(resolving())).toBe('qr_code_revoked')
    expect(await endOf(shop.revoke(id))).toBe('qr_code_revoked')
  })

  it('gives the same answer to the same key', async () => {
    const shop = await openShop(world)
    const { id } = await shop.code()
    const first = await shop.revoke(id, 'x', 'k')

    expect(await shop.revoke(id, 'x', 'k')).toEqual(first)
  })

  it('races with another withdrawal: exactly one happens', async () => {
    const shop = await openShop(world)
    const { id } = await shop.code()

    const ends = await Promise.all([endOf(shop.revoke(id)), endOf(shop.revoke(id))])

    expect(ends.toSorted()).toEqual(['done', 'qr_code_revoked'])
  })
})

describe('superseding a code', () => {
  it('withdraws the old one and makes the new one in one transaction', async () => {
    const shop = await openShop(world)
    const old = await shop.code({ additionalData: { terminalLabel: 'Caja 1' } })
    const before = await head(shop)
    const code = await shop.code({ supersedes: old.id, amount: quetzales('5.00') })

    expect(await head(shop)).toBe(before + 1)
    expect(code).toMatchObject({ status: 'active', supersedes: old.id })
    expect(await get(shop, old.id)).toMatchObject({ status: 'revoked', supersededBy: code.id, revokedReason: null })
    expect(await eventsAfter(shop, before)).toEqual([
      ['qrCode.created', code.id, 'active'],
      ['qrCode.revoked', old.id, 'revoked'],
    ])
    expect(await endOf(shop.pay({ qr: old.payload, amount: quetzales('1.00') }))).toBe('qr_code_revoked')
    expect(await endOf(shop.pay({ qr: code.payload }))).toBe('done')
  })

  it('happens once: a code has one successor', async () => {
    const shop = await openShop(world)
    const old = await shop.code()

    const ends = await Promise.all([
      endOf(shop.code({ supersedes: old.id }, 'a')),
      endOf(shop.code({ supersedes: old.id }, 'b')),
    ])

    expect(ends.toSorted()).toEqual(['done', 'qr_code_revoked'])
  })

  it('is refused for a code that is over, and for another merchant’s', async () => {
    const shop = await openShop(world)
    const neighbour = await aMerchantWithWallet(world, shop.tenant)
    const call = shop.call('createQrCode')
    const theirs = await shop.codes.createQrCode({ merchantId: neighbour.id, body: {} }, call)
    const used = await shop.code({ oneShot: true, amount: quetzales('1.00') })
    await shop.pay({ qr: used.payload })

    expect(await endOf(shop.code({ supersedes: theirs.id }))).toBe('qr_code_not_found')
    expect(await endOf(shop.code({ supersedes: used.id }))).toBe('qr_code_used')
    expect((await get(shop, theirs.id, neighbour.id)).status).toBe('active')
  })
})

it('another tenant’s or merchant’s codes do not exist', async () => {
  const [shop, other] = [await openShop(world), await openShop(world)]
  const { id } = await other.code()
  const neighbour = await aMerchantWithWallet(world, shop.tenant)
  const own = await shop.code()

  for (const unknown of [id, world.ids.next('qrc'), 'qrc_nonsense', 'pay_00000000000000000000000000']) {
    expect(await endOf(get(shop, unknown))).toBe('qr_code_not_found')
    expect(await endOf(shop.revoke(unknown))).toBe('qr_code_not_found')
  }
  expect(await endOf(get(shop, id, other.merchant.id))).toBe('qr_code_not_found')
  expect(await endOf(get(shop, own.id, neighbour.id))).toBe('qr_code_not_found')
  const list = async (merchantId: string) => shop.codes.listQrCodes({ merchantId, query: {} }, shop.call('listQrCodes'))
  expect(await endOf(list(other.merchant.id))).toBe('merchant_not_found')
  expect(await endOf(list('mer_nonsense'))).toBe('merchant_not_found')
})

it('lists page and filter as by hand, by the status at this moment (property)', async () => {
  const shop = await openShop(world)
  const all: string[] = []
  for (let n = 0; n < 24; n++) {
    const oneShot = n % 2 === 0
    const code = await shop.code({ amount: quetzales('1.00'), oneShot, ...(n % 4 < 2 && { expiresAt: inSeconds(40) }) })
    all.unshift(code.id)
    if (n % 6 === 0) await shop.pay({ qr: code.payload })
    if (n % 6 === 1) await shop.revoke(code.id)
    if (n % 6 === 2) await shop.pay({ qr: code.payload, confirmation: 'later', expiresInSeconds: n % 4 ? 31 : 600 })
    world.clock.advance(1)
  }
  world.clock.advance(30) // some are expired, some reservations have lapsed, nothing is booked
  const seen = await Promise.all(all.map((id) => get(shop, id)))
  expect(new Set(seen.map(({ status }) => status)).size).toBe(5)

  const status = fc.constantFrom('active', 'reserved', 'used', 'expired', 'revoked', undefined)
  await fc.assert(
    fc.asyncProperty(status, fc.integer({ min: 1, max: 30 }), async (wanted, limit) => {
      const walked = []
      for (let after: string | null | undefined; after !== null; ) {
        const query = { ...(wanted && { status: wanted }), limit, ...(after && { after }) }
        const call = shop.call('listQrCodes')
        const page = await shop.codes.listQrCodes({ merchantId: shop.merchant.id, query }, call)
        expect(page.data.length).toBeLessThanOrEqual(limit)
        walked.push(...page.data)
        after = page.nextCursor
      }

      expect(walked).toEqual(seen.filter((code) => !wanted || code.status === wanted))
    }),
    { numRuns: 40 },
  )
})
