import { createHash } from 'node:crypto'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aReportedCase, REPORTED } from '../cases/testing/confirmed-case.ts'
import { merchantDocumentHandlers } from '../documents/handlers.ts'
import { plainJpeg } from '../documents/testing/samples.ts'
import { endOf } from '../payments/testing/shop.ts'
import { erasureDueHandlers } from '../registrations/erasure/erase.ts'
import { columnsOf, ERASED_ROWS } from '../registrations/erasure/erased-rows.ts'
import { dueWorkerOf } from '../testing/due-work.ts'
import { aPerson } from '../testing/people.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { register } from './register.ts'
import { findPort } from './store.ts'
import { openTwoBanks, type TwoBanks } from './testing/two-banks.ts'

let world: TestWorld
let banks: TwoBanks
beforeAll(async () => {
  world = await openTestWorld()
  banks = await openTwoBanks(world)
})
afterAll(() => world.close())

const DOSSIER = {
  place: { municipality: '0101', address: '4a calle 3-21, zona 1' },
  taxId: '576937-K',
  businessRegistration: 'F-778',
  beneficialOwners: [{ name: 'Rosa Umaña', dateOfBirth: '1980-01-01', sharePercent: 60 }],
}

/** The second line of the note: what it says. */
const said = (text: string) => JSON.parse(text.split('\n')[1] ?? '')

const actor = { actor: 'ana', reasons: ['own_request' as const], note: 'Se va' }

it('what was given for the higher tiers goes along, and is the new bank’s to build on', async () => {
  const { first, second } = banks
  const merchant = await first.merchant(DOSSIER)
  const { id: portId } = await first.offer(merchant.id, second.tenant.code)
  await banks.runDue()
  await second.accept(portId)
  await banks.runDue()

  const { merchantId } = await second.port(portId)
  expect(said(await second.bundle(portId)).registration.dossier).toMatchObject({
    ...{ address: DOSSIER.place.address, businessRegistration: 'F-778', beneficialOwners: DOSSIER.beneficialOwners },
  })
  expect(await second.getMerchant(merchantId ?? '')).toMatchObject({
    ...{ tier: 1, place: { municipality: '0101', address: DOSSIER.place.address }, taxId: '576937K' },
    ...{ businessRegistration: 'F-778', beneficialOwners: DOSSIER.beneficialOwners },
  })
})

it('that somebody was suspected goes along to nobody: no case, and no decision that saw a possible match', async () => {
  const { first, second } = banks
  const clean = await first.merchant()
  const listed = await first.merchant(aPerson('GT', '9999')) // whom the registry says may be on a list
  for (const by of ['ana', 'luis'])
    await first.merchants.approveMerchant({ merchantId: listed.id, body: { actor: by } }, first.call('approve'))
  const bundles = []
  for (const { id: merchantId } of [clean, listed]) {
    await aReportedCase(world, first.tenant, { kind: 'merchant', id: merchantId })
    await first.merchants.suspendMerchant({ merchantId, body: actor }, first.call('suspend'))
    await first.merchants.reinstateMerchant({ merchantId, body: { actor: 'ana' } }, first.call('reinstate'))
    const { id: portId } = await first.offer(merchantId, second.tenant.code)
    bundles.push(await first.bundle(portId))
  }

  expect(bundles.map((text) => said(text).records.length)).toEqual([2, 0])
  for (const secret of [REPORTED.reason, REPORTED.note, 'possibleMatch']) expect(bundles.join()).not.toContain(secret)
})

it('of each document goes the hash of what operators saw', async () => {
  const { first, second } = banks
  const { id: merchantId } = await first.merchant()
  const documents = merchantDocumentHandlers({ ...banks.deps, storage: banks.storage })
  const file = plainJpeg()
  const sha256 = createHash('sha256').update(file).digest('hex')
  const body = { kind: 'selfie', byteLength: file.length, sha256 } as const
  const { id: documentId } = await documents.createMerchantDocument({ merchantId, body }, first.call('create'))
  const about = { merchantId, documentId }
  await documents.addMerchantDocumentPart({ ...about, query: { offset: 0 }, body: file }, first.call('add'))
  await documents.completeMerchantDocument(about, first.call('complete'))
  const shown = await documents.viewMerchantDocument({ ...about, body: { actor: 'ana' } }, first.call('view'))

  const { id: portId } = await first.offer(merchantId, second.tenant.code)
  const [document] = said(await first.bundle(portId)).documents

  expect(document).toEqual({
    ...{ id: documentId, kind: 'selfie', contentType: 'image/jpeg', expiresOn: null },
    sha256: createHash('sha256').update(shown.bytes).digest('hex'),
  })
})

it('of whom a case holds nothing moves, and the other bank does not learn why', async () => {
  const { first, second } = banks
  const { id } = await first.merchant()
  const hold = (isHeld: boolean) =>
    world.db.query('update registrations set is_held = $3 where tenant_id = $1 and id = $2', [
      ...[toUuid(first.tenant.id), toUuid(id), isHeld],
    ])

  await hold(true)
  expect(await endOf(first.offer(id, second.tenant.code))).toBe('port_merchant_held')

  await hold(false)
  const { id: portId } = await first.offer(id, second.tenant.code)
  await banks.runDue()
  await hold(true)
  await second.accept(portId)
  await banks.runDue()
  expect(await second.port(portId)).toMatchObject({ status: 'offered', refusal: 'merchant_wrong_status' })
})

it('whose rules at the new bank changed after it accepted is for its operators, and the move comes to its end', async () => {
  const { first, second, deps } = banks
  const merchant = await first.merchant()
  const { id: portId } = await first.offer(merchant.id, second.tenant.code)
  await banks.runDue()
  await second.accept(portId)
  const bundle = said(await first.bundle(portId))
  const { registration } = bundle
  const changed = { ...registration, business: { ...registration.business, categoryCode: '0000' } }
  const port = await findPort(world.db, second.tenant.id, portId)
  if (port === undefined) throw new Error('no such move')

  await register(deps, second.tenant, port, { ...bundle, registration: changed })
  await banks.runDue()

  expect(await second.port(portId)).toMatchObject({ status: 'completed' })
  expect(await second.getMerchant(port.merchantId ?? '')).toMatchObject({
    ...{ status: 'inReview', alias: merchant.alias, review: { reasons: ['documentMismatch'] } },
  })
})

it('is forgotten with its person, at the bank that forgets', async () => {
  const { first, second } = banks
  const { id: merchantId } = await first.merchant()
  const { id: portId } = await first.offer(merchantId, second.tenant.code)
  await banks.runDue()
  await second.accept(portId)
  await banks.runDue()
  await first.merchants.eraseMerchant({ merchantId, body: actor }, first.call('erase'))
  world.clock.advance(6 * 366 * 86_400)
  await dueWorkerOf(world, [first.tenant], erasureDueHandlers(world)).runDue()

  expect(await findPort(world.db, first.tenant.id, portId)).toMatchObject({ sealed: null, sealedFor: null })
  expect(await endOf(first.bundle(portId))).toBe('port_wrong_status')
  expect(said(await second.bundle(portId))).toMatchObject({ portId })
})

it('an offer of somebody who is erased, as after a restore, ends at both banks', async () => {
  const { first, second } = banks
  const { id: merchantId } = await first.merchant()
  const { id: portId } = await first.offer(merchantId, second.tenant.code)
  await banks.runDue()
  await world.db.transaction(async (tx) => {
    const erased = [{ id: merchantId, erasedAt: world.clock.now() }]
    for (const { sql } of ERASED_ROWS) await tx.query(sql, [toUuid(first.tenant.id), ...columnsOf(erased)])
  })
  await banks.runDue()

  expect(await first.port(portId)).toMatchObject({ status: 'cancelled' })
  expect(await second.port(portId)).toMatchObject({ status: 'cancelled', name: 'T… Ñ…' })
  expect(await findPort(world.db, second.tenant.id, portId)).toMatchObject({ sealed: null, sealedFor: null })
})
