import { checkAlias } from '@pisto/identity'
import { toUuid } from '@pisto/ledger'
import { verifyEvidence } from '@pisto/proof'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { endOf } from '../payments/testing/shop.ts'
import { screeningListHandlers } from '../screening/handlers.ts'
import { again, aPerson } from '../testing/people.ts'
import { aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { type Bank, openTwoBanks, type TwoBanks } from './testing/two-banks.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

let banks: TwoBanks
beforeEach(async () => {
  banks = await openTwoBanks(world)
})

const ownerOf = async (alias: string) => {
  const [row] = await world.db.query<{ tenant_id: string; registration_id: string }>(
    'select tenant_id, registration_id from aliases where alias = $1',
    [alias],
  )
  return row
}

/** A merchant of the first bank with a printed code, offered to the second, and sent. */
async function offered() {
  const { first, second } = banks
  const merchant = await first.merchant()
  const printed = await first.codes.createQrCode({ merchantId: merchant.id, body: {} }, first.call('createQrCode'))
  const port = await first.offer(merchant.id, second.tenant.code)
  await banks.runDue()
  return { merchant, printed, port }
}

async function moved() {
  const { merchant, printed, port } = await offered()
  await banks.second.accept(port.id)
  await banks.runDue()
  const done = await banks.second.port(port.id)
  return { merchant, printed, port: done, newId: done.merchantId ?? '' }
}

describe('a move', () => {
  it('is offered, masked until it is accepted, and completed at both banks with events', async () => {
    const { first, second } = banks
    const { merchant, port } = await offered()

    expect(port).toMatchObject({ direction: 'outgoing', status: 'offered', merchantId: merchant.id })
    const [seen] = (await second.ports.listPorts({ query: { direction: 'incoming' } }, second.call('listPorts'))).data
    expect(seen).toMatchObject({
      ...{ id: port.id, status: 'offered', tenantCode: first.tenant.code, merchantId: null },
      ...{ name: 'T… Ñ…', alias: null },
    })
    expect(await endOf(second.bundle(port.id))).toBe('port_wrong_status')

    expect(await second.accept(port.id)).toMatchObject({ status: 'accepted', name: 'Tortillería Ñandú' })
    await banks.runDue()

    const done = await second.port(port.id)
    expect(done).toMatchObject({ status: 'completed', alias: merchant.alias, refusal: null })
    expect(await first.port(port.id)).toMatchObject({ status: 'completed', merchantId: merchant.id })
    expect(await second.getMerchant(done.merchantId ?? '')).toMatchObject({
      ...{ status: 'active', tier: 1, alias: merchant.alias, tradeName: merchant.tradeName },
      ...{ phone: merchant.phone, capabilities: { acceptPayments: { status: 'active' } } },
    })
    const old = await first.getMerchant(merchant.id)
    expect(old).toMatchObject({ status: 'closed' })
    expect(JSON.stringify(old)).toContain('"ported"')
    expect(JSON.stringify(old)).not.toContain(done.merchantId)
    expect((await first.events()).slice(-3)).toEqual([
      'merchant.portOffered active',
      'merchant.ported closed',
      'port.completed completed',
    ])
    expect((await second.events()).filter((event) => !event.startsWith('qrCode.'))).toEqual([
      'port.offered offered',
      'port.accepted accepted',
      'merchant.created active',
      'merchant.activated active',
      'port.completed completed',
    ])
    expect(await ownerOf(merchant.alias)).toEqual({
      tenant_id: toUuid(second.tenant.id, 'ten'),
      registration_id: toUuid(done.merchantId ?? '', 'mer'),
    })
  })

  it('carries evidence that anybody can check off line', async () => {
    const { merchant, port } = await moved()
    const { first, second, keys } = banks
    const text = await second.ports.getPortBundle({ portId: port.id }, second.call('getPortBundle'))
    const published = (await keys.published()).map(({ publicKey, use, tenantCode, livemode }) => ({
      ...{ x: Buffer.from(publicKey).toString('base64url'), use, tenant: tenantCode, livemode },
    }))

    expect(await verifyEvidence(text, published)).toMatchObject({
      ...{ issuer: first.tenant.code, audience: second.tenant.code, portId: port.id, alias: merchant.alias },
      consent: { version: 'port-1' },
      registration: { phone: merchant.phone, business: { tradeName: merchant.tradeName } },
      phoneConfirmation: { by: 'code' },
      tier: 1,
    })
    expect(text).toBe(await first.ports.getPortBundle({ portId: port.id }, first.call('getPortBundle')))
  })

  it('carries operators’ decisions, with what opens the commitments of their leaves', async () => {
    const { first, second } = banks
    const merchant = await first.merchant()
    const [merchantId, body] = [merchant.id, { actor: 'ana', reasons: ['own_request' as const], note: 'ñ' }]
    await first.merchants.suspendMerchant({ merchantId, body }, first.call('suspend'))
    await first.merchants.reinstateMerchant({ merchantId, body: { actor: 'eva' } }, first.call('reinstate'))
    const { id: portId } = await first.offer(merchantId, second.tenant.code)
    const text = await first.ports.getPortBundle({ portId }, first.call('getPortBundle'))
    const { records } = JSON.parse(text.split('\n')[1] ?? '')

    expect(records.map(({ record }: { record: { actor: string } }) => record.actor)).toEqual(['eva', 'ana'])
    for (const { leafIndex, transactionId, commitment } of records) {
      const [stored] = await world.ledger.log.leaves(first.tenant.id, { limit: 1, after: leafIndex })
      expect(JSON.parse(stored?.leaf ?? '')).toMatchObject({ id: transactionId, commitments: [commitment] })
    }
  })

  it('keeps nothing personal in clear, and drops the key of what was only offered', async () => {
    const { merchant, port } = await moved()
    const rows = await world.db.query(`select * from ports where id = $1`, [toUuid(port.id, 'prt')])
    const keys = await world.db.query('select 1 from person_keys where person_id = $1', [toUuid(port.id, 'prt')])

    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain(merchant.phone)
    expect(JSON.stringify(rows)).not.toContain('Rosa')
    expect(keys).toEqual([])
  })
})

describe('the printed code', () => {
  it('of the old bank is genuine at the new one, and pays the new account', async () => {
    const { second } = banks
    const { merchant, printed, newId } = await moved()
    const { accountId } = await second.getMerchant(newId)

    expect(await second.resolve(printed.payload)).toMatchObject({
      ...{ signature: 'valid', payable: true, qrCodeId: printed.id },
      payee: { name: 'Tortillería Ñandú', alias: merchant.alias, verified: true },
    })
    const payment = await second.pay(printed.payload, '12.50')
    const [, , payeeAlias] = (await second.receipt(payment.id)).split(',')
    expect(payment.status).toBe('completed')
    expect(payeeAlias).toBe(merchant.alias)
    expect(await second.balance(accountId)).toBe('12.50')
    expect(await banks.findings()).toEqual([])
  })

  it('at the old bank says where the payee has gone, and pays nobody', async () => {
    const { first, second } = banks
    const { printed } = await moved()
    const moved_ = { code: 'payee_moved', facts: { tenantCode: second.tenant.code } }

    await expect(first.resolve(printed.payload)).rejects.toMatchObject(moved_)
    await expect(first.pay(printed.payload, '1.00')).rejects.toMatchObject(moved_)
  })

  it('stripped of its signature, or pointed at another alias, is refused at the new bank as before', async () => {
    const { second } = banks
    const { merchant, printed } = await moved()
    const other = await second.merchant()
    const { build, crc16, parse } = await import('@pisto/qr')
    const { unreserved: _, crc: __, payloadFormatIndicator: ___, ...bare } = parse(printed.payload).fields
    const swapped = printed.payload.replace(merchant.alias, other.alias).slice(0, -4)

    expect(checkAlias(other.alias).valid).toBe(true)
    expect(await endOf(second.resolve(build(bare as Parameters<typeof build>[0])))).toBe('qr_signature_missing')
    expect(await endOf(second.resolve(`${swapped}${crc16(swapped)}`))).toBe('qr_signature_invalid')
  })

  it('keeps its terms, and can be withdrawn at the new bank', async () => {
    const { first, second } = banks
    const merchant = await first.merchant()
    const amount = { amount: '8.00', currency: 'GTQ' as const }
    const code = await first.codes.createQrCode({ merchantId: merchant.id, body: { amount } }, first.call('create'))
    const port = await first.offer(merchant.id, second.tenant.code)
    await banks.runDue()
    await second.accept(port.id)
    await banks.runDue()
    const merchantId = (await second.port(port.id)).merchantId ?? ''

    expect(await second.resolve(code.payload)).toMatchObject({ amount, qrCodeId: code.id })
    await second.codes.revokeQrCode({ merchantId, qrCodeId: code.id, body: {} }, second.call('revoke'))
    expect(await endOf(second.pay(code.payload))).toBe('qr_code_revoked')
  })

  it('for one payment, and open requests, end with the old bank', async () => {
    const { first, second } = banks
    const { id: merchantId } = await first.merchant()
    const amount = { amount: '5.00', currency: 'GTQ' as const }
    const request = await first.requests.createPaymentRequest({ body: { merchantId, amount } }, first.call('charge'))
    const body = { amount, oneShot: true }
    const once = await first.codes.createQrCode({ merchantId, body }, first.call('createQrCode'))
    const port = await first.offer(merchantId, second.tenant.code)
    await banks.runDue()
    await second.accept(port.id)
    await banks.runDue()

    const query = { merchantId, status: 'cancelled' as const }
    const cancelled = await first.requests.listPaymentRequests({ query }, first.call('list'))
    expect(cancelled.data.map(({ id }) => id)).toEqual([request.id])
    const one = await first.codes.getQrCode({ merchantId, qrCodeId: once.id }, first.call('get'))
    expect(one).toMatchObject({ status: 'revoked', revokedReason: 'ported' })
    expect(await endOf(second.pay(request.qr.payload))).toBe('payment_request_not_found')
    expect(await endOf(second.pay(once.payload))).toBe('qr_code_not_found')
  })
})

describe('an offer', () => {
  it.each([
    ['tenant_not_found', 'to nobody', async () => 'nobody'],
    ['port_to_self', 'to the same bank', async () => banks.first.tenant.code],
    ['port_other_country', 'to a bank of another country', async () => anotherBank('HN')],
  ])('is refused as %s: %s', async (code, _why, toCode) => {
    const { id } = await banks.first.merchant()

    expect(await endOf(banks.first.offer(id, await toCode()))).toBe(code)
  })

  it('is for active merchants of whom no other offer is open', async () => {
    const { first, second } = banks
    const { id: merchantId } = await first.merchant()
    await first.offer(merchantId, second.tenant.code)
    expect(await endOf(first.offer(merchantId, second.tenant.code))).toBe('port_pending')
    const other = await first.merchant()
    const body = { actor: 'ana', reasons: ['own_request' as const] }
    await first.merchants.suspendMerchant({ merchantId: other.id, body }, first.call('suspend'))

    expect(await endOf(first.offer(other.id, second.tenant.code))).toBe('merchant_wrong_status')
  })

  it('can be withdrawn before it is accepted; the other bank is told, and may not accept', async () => {
    const { first, second } = banks
    const { merchant, port } = await offered()
    expect(await first.cancel(port.id)).toMatchObject({ status: 'cancelled' })
    await banks.runDue()

    expect(await second.port(port.id)).toMatchObject({ status: 'cancelled', alias: null })
    expect(await endOf(second.accept(port.id))).toBe('port_wrong_status')
    expect(await endOf(first.cancel(port.id))).toBe('port_wrong_status')
    expect(await first.getMerchant(merchant.id)).toMatchObject({ status: 'active' })
  })

  it('can be declined, and made anew', async () => {
    const { first, second } = banks
    const { merchant, port } = await offered()
    await second.cancel(port.id)
    await banks.runDue()

    expect(await first.port(port.id)).toMatchObject({ status: 'cancelled' })
    expect(await first.offer(merchant.id, second.tenant.code)).toMatchObject({ status: 'offered' })
  })

  it('withdrawn while the other bank accepts: the old bank’s word counts, and nothing stays claimed', async () => {
    const { first, second } = banks
    const { merchant, port } = await offered()
    await second.accept(port.id)
    await first.cancel(port.id)
    await banks.runDue()

    expect(await second.port(port.id)).toMatchObject({ status: 'cancelled', merchantId: null })
    expect(await first.getMerchant(merchant.id)).toMatchObject({ status: 'active' })
    const again = await first.offer(merchant.id, second.tenant.code)
    await banks.runDue()
    expect(await second.accept(again.id)).toMatchObject({ status: 'accepted' })
  })

  it('nobody accepts within 30 days expires at both', async () => {
    const { first, second } = banks
    const { port } = await offered()
    world.clock.advance(30 * 86_400 + 1)
    await banks.runDue()

    expect(await first.port(port.id)).toMatchObject({ status: 'expired' })
    expect(await second.port(port.id)).toMatchObject({ status: 'expired' })
    expect(await endOf(second.accept(port.id))).toBe('port_wrong_status')
  })

  it('whose evidence is not the old bank’s is not accepted', async () => {
    const { second, keys } = banks
    const { port } = await offered()
    keys.withdraw((await keys.signing(banks.first.tenant.id, 'evidence')) as never)

    await expect(second.accept(port.id)).rejects.toMatchObject({
      ...{ code: 'port_bundle_invalid', facts: { reason: 'signature_missing' } },
    })
  })

  it('is nobody’s but the two banks’', async () => {
    const { port } = await offered()
    const stranger = banks.bank(await aTenant(world))

    expect(await endOf(stranger.port(port.id))).toBe('port_not_found')
    expect(await endOf(stranger.accept(port.id))).toBe('port_not_found')
    expect(await endOf(banks.first.accept(port.id))).toBe('port_wrong_status')
  })
})

async function anotherBank(country: 'HN'): Promise<string> {
  const tenant = await aTenant(world, country)
  banks.tenants.push(tenant)
  return tenant.code
}

describe('acceptance', () => {
  it('waits for an empty account: the old bank refuses, the offer stands, and it is accepted again', async () => {
    const { first, second } = banks
    const { merchant, printed, port } = await offered()
    const payment = await first.pay(printed.payload, '4.00')
    await second.accept(port.id)
    await banks.runDue()

    expect(await second.port(port.id)).toMatchObject({
      ...{ status: 'offered', refusal: 'account_not_empty', merchantId: null, alias: null },
    })
    expect(await first.getMerchant(merchant.id)).toMatchObject({ status: 'active' })
    expect(await second.events()).toContain('port.refused offered')

    await first.refund(payment.id, '4.00')
    await second.accept(port.id)
    await banks.runDue()
    expect(await second.port(port.id)).toMatchObject({ status: 'completed', refusal: null })
  })

  it('whoever is on tier 0 has nothing to take along yet', async () => {
    const { first, second } = banks
    const { id } = await first.merchant({}, { tier: 0 })

    expect(await endOf(first.offer(id, second.tenant.code))).toBe('tier_too_low')
  })

  it('whoever is registered at the new bank already is refused there', async () => {
    const { second } = banks
    const { merchant, port } = await offered()
    await second.merchant({ person: again(merchant.person) })

    expect(await endOf(second.accept(port.id))).toBe('document_duplicate')
  })

  it('of somebody whom the new bank’s checks find is a case for its operators: in review, not payable', async () => {
    const { first, second } = banks
    const { person } = aPerson()
    const merchant = await first.merchant({ person: { ...person, givenNames: 'Wenceslao', familyNames: 'Xitumul' } })
    await list(second, { id: 'W-1', name: 'Wenceslao Xitumul', dateOfBirth: '1990-02-28' })
    const port = await first.offer(merchant.id, second.tenant.code)
    await banks.runDue()
    await second.accept(port.id)
    await banks.runDue()
    const { merchantId } = await second.port(port.id)

    expect(await second.getMerchant(merchantId ?? '')).toMatchObject({ status: 'inReview', accountId: null })
    expect(await first.getMerchant(merchant.id)).toMatchObject({ status: 'closed' })
  })
})

it('whoever comes back has the same alias and codes at the first bank again', async () => {
  const { first, second } = banks
  const { merchant, printed, newId } = await moved()
  const back = await second.offer(newId, first.tenant.code)
  await banks.runDue()
  await first.accept(back.id)
  await banks.runDue()
  const { merchantId } = await first.port(back.id)

  expect(merchantId).not.toBe(merchant.id)
  expect(await first.getMerchant(merchantId ?? '')).toMatchObject({ status: 'active', alias: merchant.alias })
  expect(await first.pay(printed.payload, '3.00')).toMatchObject({ status: 'completed' })
  expect(await second.resolve(printed.payload)).toMatchObject({ payable: false }) // the first bank's, as it says
  expect(await banks.findings()).toEqual([])
})

/** The second bank alone has a list with somebody on it. */
async function list({ call }: Bank, entry: { id: string; name: string; dateOfBirth: string }): Promise<void> {
  const handlers = screeningListHandlers(world)
  const about = { name: 'own', version: '1', consequence: 'review' as const, legalBasis: 'x', source: 'x' }
  const { id: listId } = await handlers.createScreeningList({ body: about }, call('create'))
  await handlers.addScreeningListEntries({ listId, body: { entries: [entry] } }, call('add'))
  await handlers.activateScreeningList({ listId, body: { actor: 'ana', entryCount: 1 } }, call('activate'))
}
