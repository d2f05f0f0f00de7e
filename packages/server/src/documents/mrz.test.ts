import type { CreateDocument, Person } from '@pisto/contract'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { submit as submitMerchant } from '../testing/merchants.ts'
import { aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { merchantDocumentHandlers } from './handlers.ts'
import { memoryStorage } from './storage/object-storage.ts'
import { cardLines } from './testing/card-lines.ts'

let world: TestWorld
let tenant: TenantProfile
beforeAll(async () => {
  world = await openTestWorld()
})
beforeEach(async () => {
  tenant = await aTenant(world)
})
afterAll(() => world.close())

const { person: someone } = aMerchant()

async function draft() {
  const body = aMerchant()
  const { id } = await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))
  return { id, person: body.person }
}

const give = (merchantId: string, about: Partial<CreateDocument>) => {
  const body = { kind: 'identityBack', byteLength: 4, sha256: '0'.repeat(64), ...about } as const
  const handlers = merchantDocumentHandlers({ ...world, storage: memoryStorage() })
  return handlers.createMerchantDocument({ merchantId, body }, aCall(tenant, 'createMerchantDocument'))
}
const flagsOf = async (merchantId: string) =>
  (await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).flags

const type = (merchantId: string, person: Person) =>
  merchantHandlers(world).updateMerchant({ merchantId, body: { person } }, aCall(tenant, 'updateMerchant'))

const submit = (merchantId: string) => submitMerchant(world, tenant, merchantId)

it('lines that say what was typed flag nobody, and the card’s last day is the document’s', async () => {
  const { id, person } = await draft()
  expect((await give(id, { mrz: cardLines(person) })).expiresOn).toBe('2030-12-31')
  expect((await submit(id)).status).toBe('active')
  expect(await flagsOf(id)).toEqual([])
})

it('what differs is told part by part, and operators look before anybody is active', async () => {
  const { id, person } = await draft()
  await give(id, { mrz: cardLines({ ...person, dateOfBirth: '1971-01-02', givenNames: 'Otra' }) })
  const submitted = await submit(id)
  expect(submitted).toMatchObject({ status: 'inReview', review: { reasons: ['documentMismatch'] }, accountId: null })
  expect(submitted.flags).toMatchObject([
    {
      code: 'mrz_mismatch',
      findings: [
        { field: 'givenNames', code: 'mismatch' },
        {
          field: 'birthDate',
          code: 'mismatch',
          messageEs: 'En las líneas del documento, la fecha de nacimiento no es lo que se escribió',
        },
      ],
    },
  ])
})

it('lines that are read again, and right, take the flag away', async () => {
  const { id, person } = await draft()
  await give(id, { mrz: cardLines(person).replace('IDGTM', 'IDHND') })
  expect(await flagsOf(id)).toMatchObject([{ findings: [{ field: 'issuer', code: 'mismatch' }] }])
  await give(id, { mrz: cardLines(person) })
  expect(await flagsOf(id)).toEqual([])
})

it('another last day than the typed one is a finding, and the typed one counts', async () => {
  const { id, person } = await draft()
  expect((await give(id, { mrz: cardLines(person), expiresOn: '2031-12-31' })).expiresOn).toBe('2031-12-31')
  expect(await flagsOf(id)).toMatchObject([{ findings: [{ field: 'expiry', code: 'mismatch' }] }])
})

it('a card that is over is refused, and flags nobody', async () => {
  const { id, person } = await draft()
  const given = give(id, { mrz: cardLines(person, { expires: '200101' }) })
  await expect(given).rejects.toMatchObject({ code: 'document_date_invalid' })
  expect(await flagsOf(id)).toEqual([])
})

it('the last day of a card is none of a bill’s', async () => {
  const { id, person } = await draft()
  expect((await give(id, { kind: 'proofOfAddress', mrz: cardLines(person) })).expiresOn).toBeNull()
})

it('lines that come before anything is typed are compared as soon as it is', async () => {
  const { person, ...rest } = aMerchant()
  const { id } = await merchantHandlers(world).createMerchant({ body: rest }, aCall(tenant, 'createMerchant'))
  expect((await give(id, { mrz: cardLines(person) })).expiresOn).toBe('2030-12-31')
  expect(await flagsOf(id)).toEqual([])

  await type(id, { ...person, givenNames: 'Otra' })
  expect(await flagsOf(id)).toMatchObject([{ code: 'mrz_mismatch', findings: [{ field: 'givenNames' }] }])

  await type(id, person)
  expect(await flagsOf(id)).toEqual([])
})

it('what is typed anew after the card was read is compared with it, and a change of anything else is not', async () => {
  const { id, person } = await draft()
  await give(id, { mrz: cardLines(person) })
  await type(id, { ...person, dateOfBirth: '1971-01-02' })
  const flags = await flagsOf(id)
  expect(flags).toMatchObject([{ findings: [{ field: 'birthDate', code: 'mismatch' }] }])

  await merchantHandlers(world).updateMerchant({ merchantId: id, body: { locale: 'en' } }, aCall(tenant, 'update'))
  expect(await flagsOf(id)).toEqual(flags)
  expect(await submit(id)).toMatchObject({ status: 'inReview', review: { reasons: ['documentMismatch'] } })
})

it('nothing of the lines is kept in clear: a flag names parts, not what they say', async () => {
  const { id, person } = await draft()
  await give(id, { mrz: cardLines({ ...person, familyNames: 'Xocoyotl', dateOfBirth: someone.dateOfBirth }) })
  const [row] = await world.db.query<{ text: string }>(
    'select flags::text as text from registrations where flags is not null order by id desc limit 1',
  )
  expect(row?.text).toContain('surnames')
  expect(row?.text.toUpperCase()).not.toContain('XOCOYOTL')
})
