import type { RegistrationStatus, RequirementItem, Requirements, ReviewReason } from '@pisto/contract'
import { HELD, UNDER_REVIEW } from './capabilities.ts'
import type { Demand } from './demands.ts'
import { evidenceOf } from './evidence.ts'
import type { KindName } from './kinds.ts'
import { errorsOf, errorsOfDocuments } from './notices.ts'
import {
  EVIDENCE,
  type Evidence,
  type Policy,
  policyOf,
  type Tier,
  type TierNumber,
  tierAbove,
  tierOf,
} from './policy/policy.ts'
import type { Registration, RegistryFinding } from './registration.ts'
import { requirementItem } from './requirement-items.ts'
import { isSettled } from './states.ts'
import { ageOf, errorsOfAge } from './tier-age.ts'

/** Whoever asks for no other registers for this tier; evidence for the next is `eventuallyDue` where there is one. */
export const ENTRY_TIER = 1

/** What the requirements are computed from. */
export interface Situation {
  readonly kind: KindName
  readonly status: RegistrationStatus
  readonly tier: TierNumber
  /** The higher tier, or the one to begin on, that operators look at; null: none was asked for. */
  readonly requestedTier: TierNumber | null
  readonly evidence: ReadonlySet<Evidence>
  /** Whole years; null, or left out: no birth date was given. */
  readonly age?: number | null
  readonly finding: RegistryFinding | null
  /** Why it, or its upgrade, was returned, as far as nothing has been mended. */
  readonly returnedFor?: readonly ReviewReason[]
  /** Why documents were not accepted. */
  readonly rejected?: Requirements['errors']
  /** What it must give by a day. */
  readonly demands?: readonly Demand[]
  /** A case about the person must be decided first; nothing that they give would help. */
  readonly isHeld?: boolean
}

/**
 * What is missing for the person's tier, and for the next: a pure function of policy and evidence. Every status either
 * takes the missing evidence, is waiting for someone, or says why nothing more can be done.
 */
export function requirementsOf(policy: Policy, situation: Situation): Requirements {
  const { kind, status, finding, evidence, requestedTier } = situation
  if (isFinal(status)) return { ...NOTHING, disabledReason: status }

  const own = tierOf(policy, isSettled(status) ? situation.tier : (requestedTier ?? ENTRY_TIER))
  const next = own && tierAbove(policy, own.tier, kind)
  const demands = new Map((isSettled(status) ? situation.demands : [])?.map((one) => [one.requirement, one]))
  const isOverdue = (item: Evidence): boolean => status === 'restricted' && demands.get(item)?.isOverdue === true
  const lacks = lacking(own, evidence)
  const missing = EVIDENCE.filter((item) => demands.has(item) || lacks.includes(item))
  const reviewed = requestedTier === null ? [] : asked(tierOf(policy, requestedTier), own)
  const isUpFromZero = isSettled(status) && requestedTier === ENTRY_TIER
  const found: Found = finding !== null && (status === 'inReview' || isUpFromZero) ? inReview(finding, evidence) : {}
  const needed = [...missing, ...(isUpFromZero ? [] : (found.evidence ?? []))]

  const toMend = status === 'inReview' ? [] : errorsOf(situation.returnedFor ?? [])
  const again = toMend.map(({ requirement }) => requirement).filter((item) => !missing.some((due) => due === item))
  const due = [...needed, ...(status === 'returned' ? again : [])]
  const forUpgrade = isUpFromZero ? (found.evidence ?? []) : []
  const later = [...new Set([...forUpgrade, ...lacking(next, evidence)])].filter((item) => !due.includes(item))
  const rejected = (situation.rejected ?? []).filter(({ requirement }) => [...due, ...later].includes(requirement))
  const awaited = reviewed.filter((item) => !rejected.some(({ requirement }) => requirement === item))
  const tooYoung = errorsOfAge(isSettled(status) ? next : own, situation.age ?? null)
  const isHeld = situation.isHeld === true && isSettled(status)
  const deadlines = [...demands.values()].map(({ deadline }) => deadline)

  const item = (standing: RequirementItem['status'], tier: Tier | undefined) => (requirement: Evidence) => {
    const demand = standing === 'eventuallyDue' ? undefined : demands.get(requirement)
    return requirementItem(demand ? policyOf({ ...demand, country: policy.country }) : policy, requirement, {
      status: standing,
      tier: tier?.tier ?? ENTRY_TIER,
      deadline: demand?.deadline ?? null,
      stops: standing === 'currentlyDue' || standing === 'pastDue' ? stoppedWithout(own, kind) : [],
    })
  }
  const isDue = (wanted: Evidence): boolean => !isOverdue(wanted)
  return {
    currentlyDue: due.filter((name) => !missing.some((wanted) => wanted === name && isOverdue(wanted))),
    eventuallyDue: later,
    pastDue: missing.filter(isOverdue),
    pendingVerification: [...new Set([...awaited, ...(found.pendingVerification ?? []), ...(isHeld ? [HELD] : [])])],
    alternatives: alternativesOf([...needed, ...later]),
    errors: [...toMend, ...rejected, ...(found.errors ?? []), ...tooYoung],
    currentDeadline: deadlines.sort()[0] ?? null,
    disabledReason: disabledReasonOf(status, due, isHeld),
    items: [
      ...needed.filter(isOverdue).map(item('pastDue', own)),
      ...needed.filter(isDue).map(item('currentlyDue', own)),
      ...awaited.map(item('pendingVerification', own)),
      ...later.map(item('eventuallyDue', next)),
    ],
  }
}

const NOTHING: Requirements = {
  currentlyDue: [],
  eventuallyDue: [],
  pastDue: [],
  pendingVerification: [],
  alternatives: [],
  errors: [],
  currentDeadline: null,
  disabledReason: null,
  items: [],
}

const lacking = (tier: Tier | undefined, evidence: ReadonlySet<Evidence>): Evidence[] =>
  EVIDENCE.filter((item) => tier?.evidence.includes(item) && !evidence.has(item))

/** What one tier asks for beyond another. */
const asked = (tier: Tier | undefined, below: Tier | undefined): Evidence[] =>
  EVIDENCE.filter((item) => tier?.evidence.includes(item) && !below?.evidence.includes(item))

/** Who is restricted keeps what is theirs, and neither pays nor is paid. */
const stoppedWithout = (tier: Tier | undefined, kind: KindName): string[] =>
  (tier?.capabilities[kind] ?? []).filter((name) => name !== 'holdBalance')

/** What can be given by a field can as well be given by a document. */
const BY_DOCUMENT: ReadonlyMap<Evidence, string> = new Map([
  ['address', 'proofOfAddress'],
  ['businessRegistration', 'businessRegistration'],
  ['taxId', 'taxCertificate'],
  ['beneficialOwners', 'beneficialOwners'],
])

const alternativesOf = (items: readonly Evidence[]): Requirements['alternatives'] =>
  items.flatMap((requirement) => {
    const documentKind = BY_DOCUMENT.get(requirement)
    return documentKind === undefined ? [] : [{ requirement, documentKind }]
  })

/** The tier that somebody begins on who asks for one: the next above where the policy has none such for their kind. */
export function tierToBeginOn(policy: Policy, asked: number, kind: KindName): Tier {
  const tier = policy.tiers.find((each) => each.tier >= asked && each.kinds.includes(kind))
  if (tier === undefined) throw new Error(`${policy.version} has no tier ${asked} for a ${kind}`)
  return tier
}

/** What a registration still has to give, or to mend, before it can be on a tier. */
export function missingFor(registration: Registration, tier: Tier): string[] {
  const missing: string[] = lacking(tier, evidenceOf(registration))
  const toMend = errorsOf(registration.notice?.due ?? []).map(({ requirement }) => requirement)
  return [...new Set([...missing, ...toMend])]
}

/**
 * The requirements of a registration under the policy that it is decided under.
 *
 * @param today ISO 8601 date where the tenant is.
 */
export const requirementsFor = (registration: Registration, today: string): Requirements =>
  requirementsOf(policyOf(registration), {
    ...registration,
    evidence: evidenceOf(registration),
    age: ageOf(registration, today),
    returnedFor: registration.notice?.due ?? [],
    rejected: errorsOfDocuments(registration.documents),
  })

/** What a finding of the registry asks for, or waits for. */
interface Found extends Partial<Pick<Requirements, 'errors' | 'pendingVerification'>> {
  readonly evidence?: readonly Evidence[]
}

function inReview(finding: RegistryFinding, evidence: ReadonlySet<Evidence>): Found {
  switch (finding) {
    case 'documentMismatch':
      return { errors: errorsOf(['document_mismatch']) }
    case 'documentImageNeeded':
      return evidence.has('documentImage')
        ? { pendingVerification: ['documentImage'] }
        : { evidence: ['documentImage'] }
    case 'possibleMatch':
      return { pendingVerification: [HELD] }
  }
}

const isFinal = (status: RegistrationStatus): boolean => status === 'rejected' || status === 'closed'

function disabledReasonOf(status: RegistrationStatus, missing: readonly string[], isHeld: boolean): string | null {
  switch (status) {
    case 'active':
      return isHeld ? UNDER_REVIEW : null
    case 'draft':
    case 'returned':
      return missing.length > 0 ? 'requirementsCurrentlyDue' : 'notSubmitted'
    case 'submitted':
    case 'inReview':
      return UNDER_REVIEW
    case 'restricted':
      return 'requirementsPastDue'
    default:
      return status
  }
}
