import { type Transaction, toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { checkPaymentBooks, PAYMENT_FINDINGS_LIMIT, type PaymentBooksDeps } from './books-check.ts'
import { openShop, type Shop } from './testing/shop.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** A payment, refund and request of every ending. */
async function aHistory(shop: Shop) {
  const qrOf = async (seconds = 900) =>
    (await shop.charge('10.00', { reference: 'Mesa 4', expiresInSeconds: seconds })).qr.payload
  const later = async (seconds = 900) =>
    shop.pay({ qr: await qrOf(seconds), confirmation: 'later', expiresInSeconds: 60 })
  const counter = await shop.code({
    amount: shop.money('3.00'),
    tip: { kind: 'percent', percent: '10.00' },
    additionalData: { terminalLabel: 'Caja 1' },
    expiresAt: new Date(world.clock.now().getTime() + 86_400_000).toISOString(),
  })
  const tipped = await shop.pay({ qr: counter.payload })
  const oneShot = (seconds = 900) =>
    shop.code({
      amount: shop.money('2.00'),
      oneShot: true,
      expiresAt: new Date(world.clock.now().getTime() + seconds * 1000).toISOString(),
    })
  const usedUp = await oneShot()
  await shop.pay({ qr: usedUp.payload })
  await oneShot(30)
  await shop.cancel((await shop.pay({ qr: (await oneShot()).payload, confirmation: 'later' })).id)
  await shop.confirm((await shop.pay({ qr: (await oneShot()).payload, confirmation: 'later' })).id)
  await shop.pay({ qr: (await oneShot(30)).payload, confirmation: 'later', expiresInSeconds: 60 })
  const withdrawnCode = await shop.revoke((await oneShot()).id, 'Robada')
  const old = await shop.code()
  await shop.code({ supersedes: old.id })
  const open = await shop.charge('1.00')
  const withdrawn = await shop.charge('2.00')
  await shop.requests.cancelPaymentRequest({ paymentRequestId: withdrawn.id }, shop.call('cancelPaymentRequest'))
  await qrOf(30)
  const paid = await shop.pay({ qr: await qrOf(), reference: 'Almuerzo' })
  const confirmed = await shop.confirm((await later()).id)
  const cancelled = await shop.cancel((await later()).id)
  await later(30)
  await later()
  world.clock.advance(60)
  await shop.runDue()
  const alias = await shop.pay({ alias: shop.merchant.alias, amount: shop.money('5.00') })
  const part = await shop.refund(paid.id, '1.00', undefined, { reason: 'Vuelto' })
  await shop.refund(paid.id, '2.00')
  await shop.refund(alias.id, '5.00')
  const held = await later()
  const reservedCode = await oneShot()
  await shop.pay({ qr: reservedCode.payload, confirmation: 'later' })
  return {
    open,
    paid,
    confirmed,
    cancelled,
    part,
    held,
    alias,
    counter,
    tipped,
    usedUp,
    withdrawnCode,
    old,
    reservedCode,
  }
}

type History = Awaited<ReturnType<typeof aHistory>>

it('finds nothing in books that are right, however they came about', async () => {
  const shop = await openShop(world)
  await aHistory(shop)

  expect(await checkPaymentBooks(world, shop.tenant.id)).toEqual([])
})

it('finds nothing in empty books', async () => {
  const shop = await openShop(world)

  expect(await checkPaymentBooks(world, shop.tenant.id)).toEqual([])
})

it('finds nothing while payments go on', async () => {
  const shop = await openShop(world)
  const pay = () => shop.pay({ alias: shop.merchant.alias, amount: shop.money('0.10') })
  const writing = (async () => {
    for (let n = 0; n < 10; n++) await Promise.all([pay(), pay(), pay()])
  })()
  for (let n = 0; n < 10; n++) expect(await checkPaymentBooks(world, shop.tenant.id)).toEqual([])
  await writing
})

describe('one thing changed by hand is named', () => {
  let shop: Shop
  let history: History
  beforeAll(async () => {
    shop = await openShop(world)
    history = await aHistory(shop)
  })

  it.each<[what: string, table: string, row: keyof History, change: string, message: RegExp]>([
    [
      'a payment’s amount',
      'payments',
      'paid',
      'amount_minor = amount_minor + 1',
      /the amount is 10\.01, the log says 10\.00/,
    ],
    ['a payment’s currency', 'payments', 'paid', `currency = 'USD'`, /the currency is USD/],
    ['its payee', 'payments', 'paid', 'payee_account_id = payer_account_id', /the payee is acc_/],
    ['its payer', 'payments', 'alias', 'payer_account_id = payee_account_id', /the payer is acc_/],
    ['its merchant', 'payments', 'paid', 'merchant_id = id', /the merchant is mer_/],
    ['its request', 'payments', 'paid', 'payment_request_id = null', /the payment request is none/],
    [
      'a completed one called cancelled',
      'payments',
      'confirmed',
      `status = 'cancelled'`,
      /the purpose is payment\.cancelled/,
    ],
    [
      'a cancelled one called completed',
      'payments',
      'cancelled',
      `status = 'completed'`,
      /the purpose is payment\.completed/,
    ],
    ['a held one called completed', 'payments', 'held', `status = 'completed'`, /the log says payment\.held/],
    ['its hold', 'payments', 'held', 'hold_id = id', /the hold is hld_/],
    ['its transaction', 'payments', 'paid', 'transaction_id = id', /the transaction is txn_/],
    ['its sequence', 'payments', 'paid', 'sequence = sequence - 1', /the row stops at sequence/],
    ['a sequence that is not yet', 'payments', 'paid', 'sequence = 999999', /the log has no such transaction/],
    [
      'when it was completed',
      'payments',
      'paid',
      `completed_at = completed_at + interval '1 day'`,
      /the time of completion/,
    ],
    ['its reference', 'payments', 'paid', `reference = 'Cena'`, /the text is not what the log has a commitment to/],
    ['what was refunded', 'payments', 'paid', 'refunded_minor = 0', /its refunds sum to 300 minor units/],
    ['more refunded than was', 'payments', 'confirmed', 'refunded_minor = 1', /the refunded amount is 1/],
    ['a part called all', 'payments', 'paid', `status = 'refunded'`, /the status is refunded with 300 of 1000/],
    ['a refund’s amount', 'refunds', 'part', 'amount_minor = 200', /the amount is 2\.00, the log says 1\.00/],
    ['a refund’s payment', 'refunds', 'part', 'payment_id = id', /the payment is pay_/],
    ['a refund’s reason', 'refunds', 'part', `reason = 'Robo'`, /the text is not what/],
    [
      'an open request’s amount',
      'payment_requests',
      'open',
      'amount_minor = 1',
      /the amount is 0\.01, the log says 1\.00/,
    ],
    [
      'an open request called paid',
      'payment_requests',
      'open',
      `status = 'paid'`,
      /the status is paid after paymentRequest\.created/,
    ],
    ['a request’s merchant', 'payment_requests', 'open', 'merchant_id = id', /the merchant is mer_/],
    ['a payment’s tip', 'payments', 'tipped', 'tip_minor = 0', /the tip is none, the log says 0\.30/],
    ['a payment’s code', 'payments', 'tipped', 'qr_code_id = id', /the QR code is qrc_/],
    ['a code’s amount', 'qr_codes', 'counter', 'amount_minor = 1', /the amount is 0\.01, the log says 3\.00/],
    [
      'a code’s fee',
      'qr_codes',
      'counter',
      `tip = '{"kind":"percent","percent":"20.00"}'`,
      /the tip is percent 20\.00, the log says percent 10\.00/,
    ],
    ['a code’s end', 'qr_codes', 'counter', 'expires_at = null', /the end is none/],
    ['a code’s text', 'qr_codes', 'counter', `additional_data = '{}'`, /the text is not what/],
    ['a code’s merchant', 'qr_codes', 'counter', 'merchant_id = id', /the merchant is mer_/],
    [
      'a one-shot code for any number',
      'qr_codes',
      'usedUp',
      'is_one_shot = false',
      /payments is any, the log says one/,
    ],
    [
      'a used code made active',
      'qr_codes',
      'usedUp',
      `status = 'active', payment_id = null`,
      /the status is active after payment\.completed/,
    ],
    ['a used code’s payment', 'qr_codes', 'usedUp', 'payment_id = id', /the payment is pay_/],
    [
      'a reserved code called used',
      'qr_codes',
      'reservedCode',
      `status = 'used'`,
      /the status is used after payment\.held/,
    ],
    [
      'a withdrawn code made active',
      'qr_codes',
      'withdrawnCode',
      `status = 'active'`,
      /the status is active after qrCode\.revoked/,
    ],
    ['why it was withdrawn', 'qr_codes', 'withdrawnCode', `revoked_reason = 'Rota'`, /the text is not what/],
    [
      'a superseded code made active',
      'qr_codes',
      'old',
      `status = 'active'`,
      /the status is active after qrCode\.created/,
    ],
    ['its successor', 'qr_codes', 'old', 'superseded_by = id', /the successor is qrc_/],
    ['a superseded code as if nobody had', 'qr_codes', 'old', 'sequence = sequence - 1', /the row stops at sequence/],
  ])('%s', async (_what, table, row, change, message) => {
    const { id } = history[row]
    const findings = await altered(`update ${table} set ${change} where tenant_id = $1 and id = $2`, [id])

    expect(findings.map((finding) => finding.message)).toEqual(expect.arrayContaining([expect.stringMatching(message)]))
    const named = findings.find((finding) => message.test(finding.message))
    expect(named).toMatchObject({ table, id })
    expect(named?.leafIndex).toBe((named?.sequence ?? 0) - 1)
  })

  it.each<[table: 'payments' | 'refunds' | 'payment_requests' | 'qr_codes', row: keyof History]>([
    ['payments', 'held'],
    ['refunds', 'part'],
    ['payment_requests', 'open'],
    ['qr_codes', 'counter'],
  ])('a row of %s that is gone', async (table, row) => {
    const { id } = history[row]
    const findings = await altered(`delete from ${table} where tenant_id = $1 and id = $2`, [id])

    expect(findings).toContainEqual(expect.objectContaining({ table, id, message: 'the row is missing' }))
  })

  it('a paid request opened again, to be paid twice', async () => {
    const paymentRequestId = history.paid.paymentRequestId ?? ''
    const sql = `update payment_requests set status = 'open', payment_id = null where tenant_id = $1 and id = $2`
    const findings = await altered(sql, [paymentRequestId])

    expect(findings).toContainEqual(
      expect.objectContaining({ id: paymentRequestId, message: 'the status is open after payment.completed' }),
    )
  })

  it('a refund that never was', async () => {
    const sql = `insert into refunds select tenant_id, $2, payment_id, amount_minor, currency, reason, salt, transaction_id,
                 sequence, created_at from refunds where tenant_id = $1 and payment_id = $3 and reason is not null`
    const findings = await altered(sql, [world.ids.next('ref'), history.paid.id])

    expect(findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/the refund is ref_/),
        expect.stringMatching(/refunds sum to 400/),
      ]),
    )
  })

  it('everything: told a hundred times and no more', async () => {
    const findings = await altered(
      'update payments set amount_minor = 1, merchant_id = id, payee_account_id = id, payer_account_id = id, transaction_id = id, currency = $2 where tenant_id = $1',
      [],
      ['HNL'],
    )

    expect(findings.length).toBeGreaterThan(20)
    expect(findings.length).toBeLessThanOrEqual(PAYMENT_FINDINGS_LIMIT)
    expect(findings.map(({ leafIndex }) => leafIndex)).toEqual(
      findings.map(({ leafIndex }) => leafIndex).toSorted((a, b) => a - b),
    )
  })

  /** What is found after a change, which is taken back. */
  async function altered(sql: string, ids: readonly string[], values: readonly string[] = []) {
    const { id: tenantId } = shop.tenant
    const all = await world.ledger.log.leaves(tenantId, { limit: 10_000, after: 0 })
    const log: PaymentBooksDeps['ledger']['log'] = {
      leaves: async (_, { limit, after }) => all.filter(({ sequence }) => sequence > after).slice(0, limit),
    }
    let findings: Awaited<ReturnType<typeof checkPaymentBooks>> = []
    const work = async (tx: Transaction) => {
      await tx.query(sql, [toUuid(tenantId), ...ids.map((id) => toUuid(id)), ...values])
      findings = await checkPaymentBooks({ db: tx, ledger: { log } }, tenantId)
      throw new Undone()
    }
    await world.db.transaction(work).catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
    return findings
  }
})

class Undone extends Error {}
