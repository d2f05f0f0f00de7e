import type { RegistrationStatus } from '@pisto/contract'
import { expect, it } from 'vitest'
import { type Evidence, type Policy, policyOn, tierOf } from './policy/policy.ts'
import type { RegistryFinding } from './registration.ts'
import { requirementsOf, type Situation } from './requirements.ts'
import { REGISTRATION_MOVES, takesEvidence } from './states.ts'

const STATUSES = Object.keys(REGISTRATION_MOVES) as RegistrationStatus[]
const EVIDENCE = ['phoneVerification', 'name', 'document', 'birthDate', 'consent'] as const
const FINDINGS = [null, 'documentMismatch', 'documentImageNeeded', 'possibleMatch'] as const
const COUNTRIES = ['GT', 'HN', 'SV'] as const

const everySituation = STATUSES.flatMap((status) =>
  FINDINGS.flatMap((finding) => subsets(EVIDENCE).map((evidence): Situation => ({ status, finding, evidence }))),
)

it.each(COUNTRIES)('%s: every status × finding × subset of evidence is settled, waiting or has a way on', (country) => {
  const entry = tierOf(policyOn(country, '2026-11-28'), 1)?.evidence ?? []
  for (const situation of everySituation) {
    const requirements = requirementsOf(policyOn(country, '2026-11-28'), situation)
    const missing = entry.filter((item) => !situation.evidence.has(item))
    const told = JSON.stringify({ ...situation, evidence: [...situation.evidence] })

    const isFinal = situation.status === 'rejected' || situation.status === 'closed'
    for (const item of missing) expect(requirements.currentlyDue.includes(item), told).toBe(!isFinal)
    for (const item of situation.evidence) expect(requirements.currentlyDue, told).not.toContain(item)
    expect(requirements.disabledReason === null, told).toBe(situation.status === 'active')
    if (takesEvidence(situation.status)) expect(requirements.currentlyDue, told).toEqual(missing)
    if (situation.status === 'inReview' && situation.finding !== null) {
      const { currentlyDue, pendingVerification, errors } = requirements
      expect(currentlyDue.length + pendingVerification.length + errors.length, told).toBeGreaterThan(0)
    }
  }
})

it.each([
  ['documentMismatch', { errors: [{ requirement: 'document', code: 'document_mismatch' }] }],
  ['documentImageNeeded', { currentlyDue: ['documentImage'] }],
  ['possibleMatch', { pendingVerification: ['screening'] }],
] as const)('in review for %s: says what it waits for', (finding: RegistryFinding, expected) => {
  const situation: Situation = { status: 'inReview', finding, evidence: new Set(EVIDENCE) }

  expect(requirementsOf(policyOn('GT', '2026-11-28'), situation)).toMatchObject({
    ...expected,
    disabledReason: 'underReview',
  })
})

it('names what the next tier will need, where the policy has one', () => {
  const policy = policyOn('GT', '2026-11-28')
  const upToOne = policy.tiers.filter(({ tier }) => tier < 2)
  const tiers = upToOne.map((tier) => (tier.tier === 1 ? { ...tier, evidence: ['document'] as const } : tier))
  const next = { ...policy.tiers[1], tier: 2, evidence: ['document', 'consent'] }
  const longer = { ...policy, tiers: [...tiers, next] } as Policy

  const requirements = requirementsOf(longer, { status: 'draft', finding: null, evidence: new Set() })

  expect(requirements).toMatchObject({ currentlyDue: ['document'], eventuallyDue: ['consent'] })
})

function subsets(items: readonly Evidence[]): Set<Evidence>[] {
  return Array.from({ length: 2 ** items.length }, (_, mask) => new Set(items.filter((_, bit) => mask & (1 << bit))))
}
