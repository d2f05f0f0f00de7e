import type { DocumentKind } from '@pisto/contract'
import { expect, it } from 'vitest'
import type { CheckedForm } from './check-form.ts'
import { settleDemands } from './demands.ts'
import { EMPTY_DOSSIER, NO_DOCUMENTS } from './dossier.ts'
import type { Registration } from './registration.ts'
import { requirementsFor } from './requirements.ts'
import { draftOf } from './service.ts'

const TODAY = '2026-11-28'
const CARD: readonly DocumentKind[] = ['identityBack', 'identityFront']
const ENDING_BILL = { lastDays: { proofOfAddress: '2026-11-29' }, rejected: {} }
const at = (day: string): Date => new Date(`${day}T12:00:00Z`)
const FORM: CheckedForm = {
  ...{ country: 'GT', phone: '+50255550101', locale: 'es', externalId: null, dossier: EMPTY_DOSSIER, business: null },
  consent: { version: '1', acceptedAt: at('2026-11-28'), channel: 'api' },
  person: {
    ...{ givenNames: 'Ana', familyNames: 'Coc', dateOfBirth: '1990-01-01' },
    document: { type: 'DPI', number: '2222222220101' },
  },
}

function onTier2(lastDay: string | null, change: Partial<Registration> = {}): Registration {
  return {
    ...draftOf(FORM, { id: 'con_01', kind: 'consumer', policyVersion: 'gt-2026-11-28' }),
    ...{ alias: '', metadata: {}, createdAt: at('2026-11-28'), status: 'active', tier: 2 },
    phoneConfirmation: { at: at('2026-11-28'), by: 'code' },
    givenDocuments: CARD,
    documents: { lastDays: { identityFront: lastDay, identityBack: lastDay }, rejected: {} },
    dossier: { ...EMPTY_DOSSIER, address: 'Barrio Abajo' },
    ...change,
  }
}

/** What a document's end leaves: it is evidence no more. */
const ended = (from: Registration): Registration => ({ ...from, givenDocuments: [], documents: NO_DOCUMENTS })

it('a card is asked for 30 days ahead, may be missing 30 days, then stops; each at its moment, and once', () => {
  const from = onTier2('2027-01-31')
  const before = settleDemands(from, at('2026-12-31'))
  expect(before).toMatchObject({ to: from, turns: [], nextAt: new Date('2027-01-02T06:00:00Z') })

  const asked = settleDemands(from, before.nextAt as Date)
  expect(asked.turns).toEqual(['requirementsDue'])
  expect(asked.to).toMatchObject({ status: 'active', notice: { action: 'remind', codes: ['document_expiring'] } })
  expect(requirementsFor(asked.to, TODAY)).toMatchObject({
    ...{ currentlyDue: ['documentImage'], pastDue: [], currentDeadline: '2027-03-03T06:00:00.000Z' },
    disabledReason: null,
  })
  expect(asked.nextAt).toEqual(new Date('2027-03-03T06:00:00Z'))

  const over = settleDemands(ended(asked.to), at('2027-02-01'))
  expect([over.turns, over.nextAt]).toEqual([[], asked.nextAt])
  const late = settleDemands(over.to, asked.nextAt as Date)
  expect(late).toMatchObject({ turns: ['restricted'], nextAt: null })
  expect(late.to).toMatchObject({ status: 'restricted', notice: { action: 'restrict', codes: ['document_expired'] } })
  expect(requirementsFor(late.to, TODAY)).toMatchObject({
    pastDue: ['documentImage'],
    disabledReason: 'requirementsPastDue',
  })

  const renewed = { ...late.to, givenDocuments: CARD, documents: onTier2('2037-01-31').documents }
  const lifted = settleDemands(renewed, at('2027-03-10'))
  expect(lifted).toMatchObject({ turns: ['lifted'], to: { status: 'active', demands: [], notice: null } })
  expect(requirementsFor(lifted.to, TODAY)).toMatchObject({ currentlyDue: [], pastDue: [], currentDeadline: null })
})

it.each([
  ['a tier that asks for no card', onTier2('2026-11-29', { tier: 1 })],
  ['a card without a last day', onTier2(null)],
  ['an address that was written, too', onTier2(null, { documents: ENDING_BILL })],
  ['a draft', onTier2('2026-11-29', { status: 'draft', tier: 0 })],
  ['who is closed', onTier2('2026-11-29', { status: 'closed' })],
])('nothing is demanded with %s', (_what, from) => {
  expect(settleDemands(from, at('2027-06-01'))).toMatchObject({ to: from, turns: [], nextAt: null })
})

it('a suspended person stays suspended; reinstated after the deadline, they are restricted', () => {
  const suspended = settleDemands(onTier2('2026-11-29', { status: 'suspended' }), at('2027-06-01')).to
  expect(suspended).toMatchObject({ status: 'suspended', demands: [{ isOverdue: true }] })

  expect(settleDemands({ ...suspended, status: 'active' }, at('2027-06-02')).turns).toEqual(['restricted'])
})

it('what an operator sent back to be mended is not lost under a reminder', () => {
  const notice = {
    action: 'return',
    codes: ['address_unclear'],
    note: null,
    time: '',
    due: ['address_unclear'],
  } as const

  expect(settleDemands(onTier2('2026-12-01', { notice }), at('2026-11-28')).to.notice).toBe(notice)
})

it('every card × tier × day × status: repeating changes nothing, a next look is ahead, and giving the card lifts', () => {
  const days = ['2026-10-01', '2026-11-27', '2026-12-27', '2026-12-28', '2026-12-29', '2027-01-31', '2037-01-31', null]
  const seen = new Set<string>()
  for (const day of days) {
    for (const tier of [0, 1, 2] as const) {
      for (const status of ['active', 'restricted', 'suspended'] as const) {
        for (const shape of [(from: Registration) => from, ended]) {
          const now = at('2026-11-28')
          const { to, turns, nextAt } = settleDemands(shape(onTier2(day, { tier, status })), now)
          seen.add(to.status)
          expect(settleDemands(to, now)).toMatchObject({ to, turns: [] })
          expect(nextAt === null || nextAt > now).toBe(true)
          if (status === 'active') expect(turns.includes('restricted')).toBe(to.status === 'restricted')
          expect(to.status === 'restricted').toBe(to.status !== 'suspended' && to.demands.some((one) => one.isOverdue))
          if (to.status === 'restricted') expect(requirementsFor(to, TODAY).items[0]?.how.length).toBeGreaterThan(0)
          const given = { ...to, ...{ givenDocuments: CARD, documents: onTier2('2037-01-31').documents } }
          const after = settleDemands(given, now).to
          expect(after).toMatchObject({ status: status === 'suspended' ? status : 'active', demands: [] })
        }
      }
    }
  }
  expect(seen.size).toBe(3)
})
