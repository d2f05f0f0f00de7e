import { REVIEW_REASONS, type RegistrationStatus, type ReviewReason, reasonsFor } from '@pisto/contract'
import { expect, it } from 'vitest'
import { aConsumer, aMerchant } from '../testing/people.ts'
import { givenBy } from './edit.ts'
import { mended } from './notices.ts'
import { type Evidence, policyOn } from './policy/policy.ts'
import type { Notice } from './registration.ts'
import { requirementsOf } from './requirements.ts'

const KINDS = ['merchant', 'consumer'] as const
const MORE = {
  place: { municipality: '0101', address: '4a calle 5-60, zona 1' },
  taxId: '576937-K',
  businessRegistration: '123-45-6',
  beneficialOwners: [{ name: 'Rosa Umaña', dateOfBirth: '1990-02-28', sharePercent: 100 }],
}
const BODIES = { merchant: aMerchant('GT', MORE), consumer: aConsumer('GT', { address: '4a calle 5-60, zona 1' }) }
const EVIDENCE: readonly Evidence[] = ['phoneVerification', 'name', 'document', 'birthDate', 'consent']

const returnedFor = (codes: readonly ReviewReason[]): Notice => ({
  action: 'return',
  codes,
  note: null,
  time: '2026-11-24T12:00:00.000Z',
  due: codes,
})

const subsets = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: 2 ** items.length }, (_, mask) => items.filter((_, bit) => mask & (1 << bit)))

it.each(KINDS)('a %s can mend every set of reasons, with fields that it has: no dead end', (kind) => {
  const { country, ...body } = BODIES[kind]
  const byFields = reasonsFor('return', kind).filter((code) => code !== 'document_image_unclear')
  const sets = subsets(byFields)
  expect(sets.length).toBeGreaterThanOrEqual(32)
  for (const codes of sets) {
    const due = (notice: Notice | null, status: RegistrationStatus = 'returned') =>
      requirementsOf(policyOn(country, '2026-11-28'), {
        ...{ kind, tier: 0, requestedTier: null },
        status,
        finding: null,
        evidence: new Set(EVIDENCE),
        returnedFor: notice?.due ?? [],
      })
    const asked = due(returnedFor(codes))

    expect(asked.errors.map(({ code }) => code)).toEqual(codes)
    expect(asked.currentlyDue).toEqual(asked.errors.map(({ requirement }) => requirement))
    expect(asked.disabledReason).toBe(codes.length > 0 ? 'requirementsCurrentlyDue' : 'notSubmitted')
    const settled = due(mended(returnedFor(codes), givenBy(body)))
    expect(settled).toMatchObject({ currentlyDue: [], errors: [], disabledReason: 'notSubmitted' })
    expect(due(returnedFor(codes), 'inReview').errors).toEqual([]) // told once it is returned, not before
  }
})

it('what is missing anyway is asked for once', () => {
  const asked = requirementsOf(policyOn('GT', '2026-11-28'), {
    ...{ kind: 'merchant', tier: 0, requestedTier: null },
    status: 'returned',
    finding: null,
    evidence: new Set(),
    returnedFor: ['name_mismatch', 'phone_unreachable'],
  })

  expect([...asked.currentlyDue].sort()).toEqual([...EVIDENCE, 'phone'].sort()) // the name once
})

it.each(Object.entries(REVIEW_REASONS))(
  '%s: tells the person in two languages, and belongs to a decision',
  (code, row) => {
    expect(row.message).not.toBe(row.messageEs)
    for (const text of [row.message, row.messageEs]) expect(text).toMatch(/^\p{Lu}.+\.$/u)
    expect(row.for.length > 0).toBe(code !== 'ported') // that one nobody chooses
    // only what can be mended is returned for, and only that
    expect(row.for.some((action: string) => action === 'return')).toBe(row.requirement !== null)
  },
)
