import type { RegistrationStatus, Requirements } from '@pisto/contract'
import { expect, it } from 'vitest'
import type { Demand } from './demands.ts'
import { EVIDENCE, type Evidence, type Policy, policyOn, type Tier, tierAbove, tierOf } from './policy/policy.ts'
import type { RegistryFinding } from './registration.ts'
import { requirementsOf, type Situation } from './requirements.ts'
import { isSettled, REGISTRATION_MOVES, takesEvidence } from './states.ts'

const STATUSES = Object.keys(REGISTRATION_MOVES) as RegistrationStatus[]
const FINDINGS = [null, 'documentMismatch', 'documentImageNeeded', 'possibleMatch'] as const
const GT = policyOn('GT', '2026-11-28')
const DEADLINE = '2027-01-31T06:00:00.000Z'
const FIRST = ['phoneVerification', 'name', 'document', 'birthDate', 'consent'] as const
const SITUATION: Situation = {
  kind: 'merchant',
  status: 'draft',
  tier: 0,
  requestedTier: null,
  evidence: new Set(),
  finding: null,
}

const demand = (requirement: Evidence, isOverdue = false): Demand => ({
  ...{ requirement, isOverdue, deadline: DEADLINE, policyVersion: GT.version },
  cause: requirement === 'documentImage' ? 'expiry' : 'law',
})

/**
 * What can be demanded: nothing; what is missing, in time, late, or one of it late; a card that is about to end; what a
 * change of law asks for beyond the tier.
 */
function* everyDemand(own: Tier, evidence: ReadonlySet<Evidence>): Generator<readonly Demand[]> {
  const lacks = own.evidence.filter((item) => !evidence.has(item))
  yield []
  if (lacks.length > 0) yield lacks.map((item) => demand(item))
  if (lacks.length > 0) yield lacks.map((item) => demand(item, true))
  if (lacks.length > 1) yield lacks.map((item, index) => demand(item, index === 0))
  if (evidence.has('documentImage')) yield [demand('documentImage')]
  if (!evidence.has('address')) yield [demand('address')]
  if (!evidence.has('address')) yield [demand('address', true)]
}

/** What an operator said of a picture that was not accepted. */
const REJECTED: NonNullable<Situation['rejected']> = [
  {
    requirement: 'documentImage',
    documentKind: 'identityBack',
    code: 'document_unreadable',
    message: '',
    messageEs: '',
  },
]

/** Every subset of evidence × kind × status × tier × upgrade in review × deadline × finding that can be. */
function* everySituation(): Generator<Situation> {
  for (const evidence of subsets(EVIDENCE)) {
    for (const kind of ['merchant', 'consumer'] as const) {
      for (const status of STATUSES) {
        const findings = status === 'inReview' ? FINDINGS : status === 'restricted' ? [] : [null]
        for (const finding of findings) yield { ...SITUATION, kind, status, finding, evidence }
        // tier 0 was asked for, and something was found
        for (const finding of status === 'inReview' ? FINDINGS : [])
          yield { ...SITUATION, kind, status, finding, evidence, requestedTier: 0 }
        if (status !== 'active' && status !== 'restricted' && status !== 'suspended') continue
        for (const { tier } of GT.tiers.filter(({ kinds }) => kinds.includes(kind))) {
          const above = tierAbove(GT, tier, kind)?.tier ?? null
          for (const demands of everyDemand(tierOf(GT, tier) as Tier, evidence)) {
            const mustStop = demands.some(({ isOverdue }) => isOverdue)
            const canBe = status === 'suspended' || mustStop === (status === 'restricted')
            if (canBe) yield { ...SITUATION, kind, status, tier, evidence, demands }
          }
          for (const finding of status === 'active' ? (tier === 0 ? FINDINGS : [null]) : [])
            yield { ...SITUATION, kind, status, tier, evidence, requestedTier: above, finding }
        }
      }
    }
  }
}

/** What is wrong with an answer, if anything: a dead end, something asked for twice, something that is there. */
function faultOf(situation: Situation, answer: Requirements): string | undefined {
  const { status, evidence, finding, demands = [], isHeld = false } = situation
  const { currentlyDue, eventuallyDue, pastDue, pendingVerification, errors, items, disabledReason } = answer
  const all = [...currentlyDue, ...eventuallyDue, ...pastDue, ...pendingVerification]
  const isFinal = status === 'rejected' || status === 'closed'
  if (isFinal) return all.length + items.length > 0 || disabledReason !== status ? 'a final status asks' : undefined
  if ((disabledReason === null) !== (status === 'active' && !isHeld)) return 'no reason why nothing may be done'
  if (isHeld && pendingVerification.filter((item) => item === 'screening').length !== 1)
    return 'held, and does not say for what'
  if (new Set([...currentlyDue, ...eventuallyDue, ...pastDue]).size !== all.length - pendingVerification.length) {
    return 'asked for twice'
  }
  for (const item of [...currentlyDue, ...eventuallyDue, ...pastDue]) {
    if (evidence.has(item as Evidence) && !demands.some(({ requirement }) => requirement === item))
      return `asks for ${item}, which was given`
    const told = items.find(({ requirement }) => requirement === item)
    if (finding === null && (told === undefined || told.how.length === 0)) return `does not say how to give ${item}`
    if (told?.requirement === REJECTED[0]?.requirement && errors.length < (situation.rejected ?? []).length)
      return 'does not say why the document was not accepted'
    if (told?.message === '' || told?.messageEs === '' || told?.source.law === '') return `does not say why ${item}`
  }
  const settled = status === 'active' || status === 'restricted' || status === 'suspended'
  const own = tierOf(GT, settled ? situation.tier : (situation.requestedTier ?? 1))
  const lacks = EVIDENCE.filter((item) => own?.evidence.includes(item) && !evidence.has(item))
  const asked = [...pastDue, ...currentlyDue]
  if (lacks.some((item) => !asked.includes(item))) return 'something that the tier asks for is not asked for'
  if (takesEvidence(status) && currentlyDue.length !== lacks.length) return 'asks for more than the tier does'
  if ((status === 'restricted') !== pastDue.length > 0)
    return 'restricted without a way out, or late and not restricted'
  if (
    status === 'inReview' &&
    finding !== null &&
    currentlyDue.length + pendingVerification.length + errors.length === 0
  ) {
    return 'waits, and does not say for what'
  }
  const isUpgrade = status === 'active' && situation.requestedTier !== null
  if (isUpgrade && pendingVerification.length + errors.length === 0) return 'an upgrade that waits for nothing'
  if ((answer.currentDeadline !== null) !== demands.length > 0)
    return 'a deadline without something due, or the reverse'
  for (const { requirement, isOverdue } of demands) {
    const standing = isOverdue && status === 'restricted' ? 'pastDue' : 'currentlyDue'
    const told = items.find((item) => item.requirement === requirement && item.status === standing)
    if (told?.deadline !== DEADLINE) return 'a demand without its item and deadline'
  }
  if (items.some((item) => item.status === 'currentlyDue' && own?.tier !== 0 && item.stops.length === 0)) {
    return 'does not say what stops working'
  }
  return undefined
}

it('every subset of evidence × status × tier × deadline: nothing asked for twice or in vain, and no dead end', () => {
  let count = 0
  const look = (situation: Situation): void => {
    const fault = faultOf(situation, requirementsOf(GT, situation))
    if (fault !== undefined) {
      expect.fail(`${fault}: ${JSON.stringify({ ...situation, evidence: [...situation.evidence] })}`)
    }
    count++
  }
  for (const situation of everySituation()) {
    look(situation)
    if (isSettled(situation.status)) look({ ...situation, isHeld: true })
    if (situation.kind === 'merchant' && !situation.evidence.has('documentImage'))
      look({ ...situation, rejected: REJECTED })
  }
  expect(count).toBeGreaterThan(50_000)
})

it.each<[when: string, Partial<Situation>, Partial<Requirements>]>([
  ['a draft is told of tier 1', { status: 'draft' }, { currentlyDue: ['name', 'birthDate', 'document'] }],
  [
    'on tier 0 nothing is due now, and tier 1 asks later',
    { status: 'active', tier: 0 },
    { currentlyDue: [], eventuallyDue: ['name', 'birthDate', 'document'], disabledReason: null },
  ],
  [
    'in review for tier 0 nothing more is asked than tier 0 does',
    { status: 'inReview', requestedTier: 0, finding: 'possibleMatch' },
    { currentlyDue: [], pendingVerification: ['screening'], eventuallyDue: ['name', 'birthDate', 'document'] },
  ],
  [
    'going up from tier 0, a card that was not found is asked for, and stops nothing',
    { status: 'active', tier: 0, requestedTier: 1, finding: 'documentImageNeeded' },
    { currentlyDue: [], eventuallyDue: ['documentImage', 'name', 'birthDate', 'document'], disabledReason: null },
  ],
])('with a phone and consent alone: %s', (_when, change, expected) => {
  const evidence = new Set<Evidence>(['phoneVerification', 'consent'])

  expect(requirementsOf(GT, { ...SITUATION, ...change, evidence })).toMatchObject(expected)
})

it('who is held is told that it is looked at, whatever else is due; who is not let in yet waits as before', () => {
  const evidence = new Set(EVIDENCE)
  const held = (status: RegistrationStatus) =>
    requirementsOf(GT, { ...SITUATION, status, tier: 1, evidence, isHeld: true })

  expect(held('active')).toMatchObject({ pendingVerification: ['screening'], disabledReason: 'underReview' })
  expect(held('suspended')).toMatchObject({ pendingVerification: ['screening'], disabledReason: 'suspended' })
  expect(held('draft')).toMatchObject({ pendingVerification: [], disabledReason: 'notSubmitted' })
  expect(held('closed')).toMatchObject({ pendingVerification: [], disabledReason: 'closed' })
})

it('on the highest tier with everything given, nothing is asked for', () => {
  for (const [kind, tier] of [
    ['merchant', 3],
    ['consumer', 2],
  ] as const) {
    const answer = requirementsOf(GT, { ...SITUATION, kind, tier, status: 'active', evidence: new Set(EVIDENCE) })
    expect(answer).toMatchObject({ currentlyDue: [], eventuallyDue: [], pastDue: [], items: [], disabledReason: null })
  }
})

it.each([
  ['documentMismatch', { errors: [{ requirement: 'document', code: 'document_mismatch' }] }],
  ['documentImageNeeded', { currentlyDue: ['documentImage'] }],
  ['possibleMatch', { pendingVerification: ['screening'] }],
] as const)('in review for %s: says what it waits for', (finding: RegistryFinding, expected) => {
  const situation: Situation = { ...SITUATION, status: 'inReview', finding, evidence: new Set(FIRST) }

  expect(requirementsOf(GT, situation)).toMatchObject({ ...expected, disabledReason: 'underReview' })
})

it('a picture that was asked for and given waits for somebody to look at it', () => {
  const evidence = new Set([...FIRST, 'documentImage' as const])
  const situation: Situation = { ...SITUATION, status: 'inReview', finding: 'documentImageNeeded', evidence }

  expect(requirementsOf(GT, situation)).toMatchObject({ currentlyDue: [], pendingVerification: ['documentImage'] })
})

const FROM_40 = (first: number): Policy => ({
  ...GT,
  tiers: GT.tiers.map((tier) =>
    tier.tier < first ? tier : { ...tier, minimumAge: { ...tier.minimumAge, years: 40 } },
  ),
})

it.each<[when: string, from: number, Partial<Situation>, tier: string | null]>([
  ['a draft of 39 is told that tier 1 is not for them yet', 1, { status: 'draft', age: 39 }, '1'],
  ['who is 40 is told nothing', 1, { status: 'draft', age: 40 }, null],
  ['who gave no birth date is asked for it, and told nothing else', 1, { status: 'draft', age: null }, null],
  ['on tier 1 it is the next one', 2, { status: 'active', tier: 1, age: 39 }, '2'],
  ['the one after the next does not matter yet', 3, { status: 'active', tier: 1, age: 39 }, null],
  ['a final status has nothing to mend', 1, { status: 'closed', age: 39 }, null],
])('too young for a tier: %s', (_when, from, change, tier) => {
  const { errors, currentlyDue } = requirementsOf(FROM_40(from), { ...SITUATION, evidence: new Set(FIRST), ...change })

  const message = `Tier ${tier} is for people of 40 years and more.`
  expect(errors).toEqual(
    tier === null
      ? []
      : [{ requirement: 'birthDate', code: 'tier_age', message, messageEs: expect.stringContaining('40 años') }],
  )
  expect(currentlyDue).toEqual([])
})

it('says what, why, how and by when, and what stops without it', () => {
  const evidence = new Set([...FIRST, 'address' as const])
  const answer = requirementsOf(GT, {
    ...SITUATION,
    status: 'active',
    tier: 2,
    evidence,
    demands: [demand('documentImage')],
  })

  expect(answer).toMatchObject({
    currentlyDue: ['documentImage'],
    eventuallyDue: ['businessRegistration', 'taxId', 'beneficialOwners'],
    currentDeadline: DEADLINE,
    alternatives: [
      { requirement: 'businessRegistration', documentKind: 'businessRegistration' },
      { requirement: 'taxId', documentKind: 'taxCertificate' },
      { requirement: 'beneficialOwners', documentKind: 'beneficialOwners' },
    ],
  })
  expect(answer.items[0]).toMatchObject({
    requirement: 'documentImage',
    status: 'currentlyDue',
    tier: 2,
    messageEs: 'Ambos lados de su documento de identidad, vigente',
    how: [{ way: 'document' }],
    source: { law: expect.stringContaining('67-2001') },
    deadline: DEADLINE,
    stops: ['acceptPayments', 'payout'],
  })
  expect(answer.items[1]).toMatchObject({ status: 'eventuallyDue', tier: 3, deadline: null, stops: [] })
})

function subsets(items: readonly Evidence[]): Set<Evidence>[] {
  return Array.from({ length: 2 ** items.length }, (_, mask) => new Set(items.filter((_, bit) => mask & (1 << bit))))
}
