import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseHandlers } from '../cases/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { submit } from '../testing/merchants.ts'
import { again, aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { screeningHandlers, screeningListHandlers } from './handlers.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>

const HERMOGENES = { givenNames: 'Hermógenes Eliseo', familyNames: 'Quixtán Zaldumbide', dateOfBirth: '1951-03-14' }
const FILIBERTA = { givenNames: 'Filiberta', familyNames: 'Ixbalanké Zúmuk', dateOfBirth: '1970-07-21' }

/** @param named Who it is, where that matters. @param serialEnd The magic of its document. */
async function submitted(tenant: Tenant, named: object = {}, serialEnd?: string) {
  const handlers = merchantHandlers(world)
  const { phone, person } = aPerson('GT', serialEnd)
  const body = aMerchant('GT', { phone, person: { ...person, ...named } })
  const { id: merchantId } = await handlers.createMerchant({ body }, aCall(tenant, 'createMerchant'))
  return submit(world, tenant, merchantId)
}

const screenings = () => screeningHandlers(world)
const cases = () => caseHandlers(world)
const merchant = (tenant: Tenant, merchantId: string) =>
  merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))

async function screeningOf(tenant: Tenant, personId: string) {
  const { data } = await screenings().listScreenings({ query: { personId } }, aCall(tenant, 'list'))
  const [newest] = data
  if (newest === undefined) throw new Error('there is no screening')
  return newest
}

const decide = (tenant: Tenant, caseId: string, actor: string, outcome: 'cleared' | 'confirmed') =>
  cases().decideCase(
    { caseId, body: { actor, outcome, reasons: [outcome === 'cleared' ? 'other_person' : 'same_person'] } },
    aCall(tenant, 'decideCase'),
  )

async function loadList(tenant: Tenant, name: string, consequence: 'block' | 'review' | 'inform', entries: object[]) {
  const handlers = screeningListHandlers(world)
  const about = {
    name,
    version: String(Math.trunc(world.clock.now().getTime())),
    consequence,
    legalBasis: 'x',
    source: 'x',
  }
  const { id: listId } = await handlers.createScreeningList({ body: about }, aCall(tenant, 'create'))
  const body = { entries: entries as { id: string; name: string }[] }
  await handlers.addScreeningListEntries({ listId, body }, aCall(tenant, 'add'))
  const activate = { actor: 'ana', entryCount: entries.length }
  return handlers.activateScreeningList({ listId, body: activate }, aCall(tenant, 'activate'))
}

it('who is on no list is clear, which is kept with the lists that were asked', async () => {
  const tenant = await aTenant(world)
  const { id, status } = await submitted(tenant)

  expect(status).toBe('active')
  expect(await screeningOf(tenant, id)).toMatchObject({
    status: 'clear',
    reason: 'registration',
    matches: [],
    caseId: null,
    lists: [{ name: 'sandbox-sanctions' }, { name: 'sandbox-peps' }],
  })
})

it.each([
  ['the name is on a list that blocks', HERMOGENES, undefined, 'block'],
  ['the name is on a list that asks for a look', FILIBERTA, undefined, 'review'],
  ['the magic serial is', {}, '9999', 'block'],
])('%s: in review with a case, nobody is refused', async (_what, named, serialEnd, consequence) => {
  const tenant = await aTenant(world)
  const { id, status, review } = await submitted(tenant, named, serialEnd)

  expect({ status, reasons: review?.reasons }).toEqual({ status: 'inReview', reasons: ['possibleMatch'] })
  const { caseId, ...screening } = await screeningOf(tenant, id)
  expect(screening).toMatchObject({ status: 'potentialMatch', matches: [{ consequence }] })
  const found = await cases().getCase({ caseId: caseId ?? '' }, aCall(tenant, 'getCase'))
  expect(found).toMatchObject({ status: 'open', personId: id, consequence, kind: 'screening' })
})

it('a namesake with another birth date is no match', async () => {
  const tenant = await aTenant(world)

  expect(await submitted(tenant, { ...HERMOGENES, dateOfBirth: '1990-01-01' })).toMatchObject({ status: 'active' })
})

it('explains every pair of words', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, FILIBERTA)
  const { id: screeningId } = await screeningOf(tenant, id)

  const { matches } = await screenings().getScreening({ screeningId }, aCall(tenant, 'get'))

  const [match] = matches
  expect(match).toMatchObject({ entryId: 'PEP-001', entry: { name: 'Filiberta Ixbalanké Zúmuk' }, isKnown: false })
  const explanation = match?.explanation
  expect(explanation?.pairs.map(({ query, entry }) => `${query} ${entry}`)).toEqual(
    expect.arrayContaining(['Ixbalanké Ixbalanké', 'Zúmuk Zúmuk']),
  )
  const weights = [...(explanation?.pairs ?? []), ...(explanation?.reasons ?? [])].map(({ weight }) => weight)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(explanation?.total)
  expect(explanation?.reasons).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'birth_date_equal' })]))
})

it('four eyes: of a list that blocks, one proposes and another one decides, whatever they decide', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, HERMOGENES)
  const { caseId } = await screeningOf(tenant, id)

  const proposed = await decide(tenant, caseId ?? '', 'ana', 'cleared')
  expect(proposed).toMatchObject({ status: 'inReview', proposal: { outcome: 'cleared', by: 'ana' } })
  await expect(decide(tenant, caseId ?? '', 'Ana ', 'cleared')).rejects.toMatchObject({
    code: 'second_operator_needed',
  })
  expect(await decide(tenant, caseId ?? '', 'luis', 'cleared')).toMatchObject({ status: 'cleared', proposal: null })

  expect((await screeningOf(tenant, id)).status).toBe('cleared')
  const decisions = await merchantHandlers(world).listMerchantDecisions(
    { merchantId: id, query: {} },
    { ...aCall(tenant, 'listMerchantDecisions'), scopes: new Set(['cases:read' as const]) },
  )
  expect(decisions.data).toMatchObject([
    { action: 'clear', actor: 'luis', caseId, reasons: [{ code: 'other_person' }] },
    { action: 'proposeClearing', actor: 'ana', caseId },
  ])
  const { review } = await merchant(tenant, id)
  expect(review, 'what is left is an ordinary review').toMatchObject({ reasons: [], operatorsNeeded: 1 })
})

it('of a list that asks for a look, one may clear and two must confirm', async () => {
  const tenant = await aTenant(world)
  const [one, other] = [await submitted(tenant, FILIBERTA), await submitted(tenant, FILIBERTA)]
  const [first, second] = [await screeningOf(tenant, one.id), await screeningOf(tenant, other.id)]

  expect(await decide(tenant, first.caseId ?? '', 'ana', 'cleared')).toMatchObject({ status: 'cleared' })
  expect(await decide(tenant, second.caseId ?? '', 'ana', 'confirmed')).toMatchObject({ status: 'inReview' })
  expect(await decide(tenant, second.caseId ?? '', 'luis', 'confirmed')).toMatchObject({ status: 'confirmed' })
})

it('two who disagree decide nothing: the second outcome is a proposal of its own', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, HERMOGENES)
  const { caseId } = await screeningOf(tenant, id)

  await decide(tenant, caseId ?? '', 'ana', 'confirmed')
  const other = await decide(tenant, caseId ?? '', 'luis', 'cleared')

  expect(other).toMatchObject({ status: 'inReview', proposal: { outcome: 'cleared', by: 'luis' } })
})

it('an appeal is decided by others', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, HERMOGENES)
  const { id: screeningId, caseId } = await screeningOf(tenant, id)
  await decide(tenant, caseId ?? '', 'ana', 'confirmed')
  await decide(tenant, caseId ?? '', 'luis', 'confirmed')

  const body = { actor: 'marta', note: 'Es mi tío, no yo' }
  const appealed = await screenings().appealScreening({ screeningId, body }, aCall(tenant, 'appeal'))

  expect(appealed).toMatchObject({ status: 'appealed', decidedAt: null })
  await expect(decide(tenant, caseId ?? '', 'ana', 'cleared')).rejects.toMatchObject({ code: 'second_operator_needed' })
  await decide(tenant, caseId ?? '', 'eva', 'cleared')
  expect(await decide(tenant, caseId ?? '', 'juan', 'cleared')).toMatchObject({ status: 'cleared' })
  await expect(decide(tenant, caseId ?? '', 'eva', 'cleared')).rejects.toMatchObject({ code: 'case_wrong_status' })
})

it('who was cleared of an entry is not asked again for it, until the entry changes', async () => {
  const tenant = await aTenant(world)
  await loadList(tenant, 'national', 'review', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófila' }])
  const { id: personId } = await submitted(tenant, { givenNames: 'Teófila', familyNames: 'Xurumbul Zakij' })
  const { caseId } = await screeningOf(tenant, personId)
  await decide(tenant, caseId ?? '', 'ana', 'cleared')
  const again = () => screenings().createScreening({ body: { personId } }, aCall(tenant, 'createScreening'))

  expect(await again()).toMatchObject({ status: 'clear', matches: [{ entryId: '1', isKnown: true }] })
  await loadList(tenant, 'national', 'review', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófila', remarks: 'changed' }])
  expect(await again()).toMatchObject({ status: 'potentialMatch', matches: [{ entryId: '1', isKnown: false }] })
})

it('one operator’s clearing does not count for a list that blocks, where two must agree', async () => {
  const tenant = await aTenant(world)
  const entries = [{ id: '1', name: 'XURUMBUL ZAKIJ, Teódula' }]
  await loadList(tenant, 'national', 'review', entries)
  const { id: personId } = await submitted(tenant, { givenNames: 'Teódula', familyNames: 'Xurumbul Zakij' })
  await decide(tenant, (await screeningOf(tenant, personId)).caseId ?? '', 'ana', 'cleared')
  const again = () => screenings().createScreening({ body: { personId } }, aCall(tenant, 'createScreening'))

  await loadList(tenant, 'national', 'block', entries)
  const { caseId, ...asked } = await again()

  expect(asked).toMatchObject({ status: 'potentialMatch', matches: [{ consequence: 'block', isKnown: false }] })
  await decide(tenant, caseId ?? '', 'ana', 'cleared')
  await decide(tenant, caseId ?? '', 'luis', 'cleared')
  expect(await again(), 'two cleared it').toMatchObject({ status: 'clear', matches: [{ isKnown: true }] })
  await loadList(tenant, 'national', 'review', entries)
  expect(await again(), 'what two cleared counts for less, too').toMatchObject({ matches: [{ isKnown: true }] })
})

it('an active person whom a blocking list has is held at once, and let go when cleared', async () => {
  const tenant = await aTenant(world)
  const { id: personId } = await submitted(tenant, { givenNames: 'Teófilo', familyNames: 'Xurumbul Zakij' })
  await loadList(tenant, 'national', 'block', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófilo' }])

  const { caseId } = await screenings().createScreening({ body: { personId } }, aCall(tenant, 'createScreening'))

  const { status, capabilities, requirements } = await merchant(tenant, personId)
  expect({ status, capabilities, requirements }).toMatchObject({
    status: 'active',
    requirements: { pendingVerification: ['screening'], disabledReason: 'underReview' },
    capabilities: {
      acceptPayments: { status: 'paused', reasons: ['screening'] },
      payout: { status: 'paused', reasons: ['screening'] },
      holdBalance: { status: 'active' },
    },
  })
  await decide(tenant, caseId ?? '', 'ana', 'cleared')
  await decide(tenant, caseId ?? '', 'luis', 'cleared')
  expect((await merchant(tenant, personId)).capabilities.acceptPayments).toEqual({ status: 'active', reasons: [] })
})

const screenNow = async (tenant: Tenant, personId: string) => {
  const { caseId } = await screenings().createScreening({ body: { personId } }, aCall(tenant, 'createScreening'))
  return caseId ?? ''
}
const paid = async (tenant: Tenant, personId: string) =>
  (await merchant(tenant, personId)).capabilities.acceptPayments.status

it('whom two found to be on a list that blocks stays held, whoever is cleared of another list by one', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, { givenNames: 'Teófido', familyNames: 'Xurumbul Zakij' })
  await loadList(tenant, 'peps', 'review', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófido' }])
  const looked = await screenNow(tenant, id)
  await loadList(tenant, 'national', 'block', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófido' }])
  const blocked = await screenNow(tenant, id)
  await decide(tenant, blocked, 'ana', 'confirmed')
  await decide(tenant, blocked, 'luis', 'confirmed')

  await decide(tenant, looked, 'eva', 'cleared')
  expect(await paid(tenant, id)).toBe('paused')

  const body = { actor: 'eva', note: 'Es mi tío' }
  await cases().appealCase({ caseId: blocked, body }, aCall(tenant, 'appealCase'))
  await decide(tenant, blocked, 'eva', 'cleared')
  expect(await paid(tenant, id), 'one of two').toBe('paused')
  await decide(tenant, blocked, 'juan', 'cleared')
  expect(await paid(tenant, id)).toBe('active')
})

it('the last two of a person, cleared at the same moment, leave no hold', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, { givenNames: 'Teófabo', familyNames: 'Xurumbul Zakij' })
  const found: string[] = []
  for (const name of ['national', 'regional']) {
    await loadList(tenant, name, 'block', [{ id: name, name: 'XURUMBUL ZAKIJ, Teófabo' }])
    found.push(await screenNow(tenant, id))
  }
  for (const caseId of found) await decide(tenant, caseId, 'ana', 'cleared')
  expect(await paid(tenant, id)).toBe('paused')

  await Promise.all(found.map((caseId) => decide(tenant, caseId, 'luis', 'cleared')))

  expect(await paid(tenant, id)).toBe('active')
})

/** @param named On whose name the list is. */
async function aDraft(tenant: Tenant, named: object, serialEnd?: string) {
  const { phone, person } = aPerson('GT', serialEnd)
  const body = aMerchant('GT', { phone, person: { ...person, ...named } })
  return (await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))).id
}

it('a draft that was asked about before it was submitted does not get past what was found', async () => {
  const tenant = await aTenant(world)
  const id = await aDraft(tenant, FILIBERTA)
  const caseId = await screenNow(tenant, id)

  expect(await submit(world, tenant, id)).toMatchObject({
    status: 'inReview',
    review: { reasons: ['possibleMatch'], operatorsNeeded: 2 },
  })
  await decide(tenant, caseId, 'ana', 'cleared')
  expect((await merchant(tenant, id)).review).toMatchObject({ reasons: [], operatorsNeeded: 1 })
})

it.each([
  ['nobody has decided it', []],
  ['two have confirmed it', ['ana', 'luis']],
])('returned for another reason and mended, with a match: in review because of it, where %s', async (_when, actors) => {
  const tenant = await aTenant(world)
  const names = { givenNames: 'Teófano', familyNames: `Xurumbul Zakij` }
  const { id, person } = await submitted(tenant, names, '1111')
  await loadList(tenant, 'peps', 'review', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófano' }])
  const caseId = await screenNow(tenant, id)
  for (const actor of actors) await decide(tenant, caseId, actor, 'confirmed')
  const returned = { actor: 'ana', reasons: ['document_mismatch' as const] }
  await merchantHandlers(world).returnMerchant({ merchantId: id, body: returned }, aCall(tenant, 'returnMerchant'))
  const mended = { person: { ...again(person), document: aPerson('GT').person.document } }
  await merchantHandlers(world).updateMerchant({ merchantId: id, body: mended }, aCall(tenant, 'updateMerchant'))

  const submission = merchantHandlers(world).submitMerchant({ merchantId: id }, aCall(tenant, 'submitMerchant'))

  expect(await submission).toMatchObject({ status: 'inReview', review: { reasons: ['possibleMatch'] } })
})

const approve = (tenant: Tenant, merchantId: string, actor: string) =>
  merchantHandlers(world).approveMerchant({ merchantId, body: { actor } }, aCall(tenant, 'approveMerchant'))

it('two who approve clear what both of them saw: a match found in between makes the second a first', async () => {
  const tenant = await aTenant(world)
  const names = { givenNames: 'Teófalo', familyNames: 'Xurumbul Zakij' }
  await loadList(tenant, 'peps', 'review', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófalo' }])
  const { id } = await submitted(tenant, names)
  await approve(tenant, id, 'ana')
  await loadList(tenant, 'national', 'block', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teófalo' }])
  const blocked = await screenNow(tenant, id)

  const second = await approve(tenant, id, 'luis')

  expect(second).toMatchObject({ status: 'inReview', review: { approval: { proposedBy: 'luis' } } })
  await cases().assignCase({ caseId: blocked, body: { to: 'eva' } }, aCall(tenant, 'assignCase')) // nothing new to see
  expect(await approve(tenant, id, 'eva')).toMatchObject({
    status: 'active',
    capabilities: { acceptPayments: { status: 'active', reasons: [] } },
  })
  expect(await paid(tenant, id)).toBe('active')
  expect(await cases().getCase({ caseId: blocked }, aCall(tenant, 'getCase'))).toMatchObject({ status: 'cleared' })
})

it('approving does not decide an appeal, and lifts no hold of somebody who is confirmed', async () => {
  const tenant = await aTenant(world)
  const { id } = await submitted(tenant, HERMOGENES)
  const caseId = (await screeningOf(tenant, id)).caseId ?? ''
  for (const actor of ['ana', 'luis']) await decide(tenant, caseId, actor, 'confirmed')
  const body = { actor: 'marta', note: 'Es mi tío' }
  await cases().appealCase({ caseId, body }, aCall(tenant, 'appealCase'))
  await expect(approve(tenant, id, 'ana')).rejects.toMatchObject({ code: 'case_open', facts: { caseId } })
  for (const actor of ['eva', 'juan']) await decide(tenant, caseId, actor, 'confirmed')

  await approve(tenant, id, 'ana')

  expect((await approve(tenant, id, 'luis')).capabilities.acceptPayments.status).toBe('paused')
  expect(await paid(tenant, id)).toBe('paused')
})

it('a match hides nothing else that was found: cleared of it, the picture is asked for, and one alone approves no one', async () => {
  const tenant = await aTenant(world)
  const { id, review, requirements } = await submitted(tenant, FILIBERTA, '2222')
  expect(review?.reasons).toEqual(['possibleMatch', 'documentImageNeeded'])
  expect(requirements).toMatchObject({ currentlyDue: ['documentImage'], pendingVerification: ['screening'] })
  await expect(approve(tenant, id, 'ana')).rejects.toMatchObject({ code: 'requirements_missing' })

  await decide(tenant, (await screeningOf(tenant, id)).caseId ?? '', 'ana', 'cleared')

  expect(await merchant(tenant, id)).toMatchObject({
    review: { reasons: ['documentImageNeeded'], operatorsNeeded: 1 },
    requirements: { currentlyDue: ['documentImage'] },
  })
  await expect(approve(tenant, id, 'eva')).rejects.toMatchObject({ code: 'requirements_missing' })
})

it('a list that only informs opens no case', async () => {
  const tenant = await aTenant(world)
  await loadList(tenant, 'news', 'inform', [{ id: '1', name: 'XURUMBUL ZAKIJ, Teodora' }])

  const { id, status } = await submitted(tenant, { givenNames: 'Teodora', familyNames: 'Xurumbul Zakij' })

  expect(status).toBe('active')
  expect(await screeningOf(tenant, id)).toMatchObject({ status: 'clear', matches: [{ consequence: 'inform' }] })
})

it('anybody may be asked for by name, and decided about', async () => {
  const tenant = await aTenant(world)
  const query = { name: 'Eufrasia Uxmatzul' }

  const asked = await screenings().createScreening({ body: { query } }, aCall(tenant, 'createScreening'))

  expect(asked).toMatchObject({ status: 'potentialMatch', personId: asked.id, reason: 'request' })
  await decide(tenant, asked.caseId ?? '', 'ana', 'confirmed')
  expect(await decide(tenant, asked.caseId ?? '', 'luis', 'confirmed')).toMatchObject({ status: 'confirmed' })
})

it.each([{}, { personId: 'mer_01kb2xbfmze3mv9d0fq0n5x3ck', query: { name: 'Ana Xol' } }])(
  '%j is no question',
  async (body) => {
    const tenant = await aTenant(world)
    await expect(screenings().createScreening({ body }, aCall(tenant, 'create'))).rejects.toMatchObject({
      code: 'request_invalid',
    })
  },
)
