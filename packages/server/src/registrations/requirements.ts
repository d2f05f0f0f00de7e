import type { RegistrationStatus, RequirementItem, Requirements, ReviewReason } from '@pisto/contract'
import { evidenceOf } from './evidence.ts'
import type { KindName } from './kinds.ts'
import { errorsOf } from './notices.ts'
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

/** Everyone registers for this tier; evidence for the next is `eventuallyDue` where the policy has one. */
export const ENTRY_TIER = 1

/** What the requirements are computed from. */
export interface Situation {
  readonly kind: KindName
  readonly status: RegistrationStatus
  readonly tier: TierNumber
  /** The higher tier that operators look at; null: none was asked for. */
  readonly requestedTier: TierNumber | null
  readonly evidence: ReadonlySet<Evidence>
  readonly finding: RegistryFinding | null
  /** Why it, or its upgrade, was returned, as far as nothing has been mended. */
  readonly returnedFor?: readonly ReviewReason[]
  /** Until when somebody active may go on without what the own tier asks for. */
  readonly deadline?: Date | null
}

/**
 * What is missing for the person's tier, and for the next: a pure function of policy and evidence. Every status either
 * takes the missing evidence, is waiting for someone, or says why nothing more can be done.
 */
export function requirementsOf(policy: Policy, situation: Situation): Requirements {
  const { kind, status, finding, evidence, requestedTier } = situation
  if (isFinal(status)) return { ...NOTHING, disabledReason: status }

  const own = tierOf(policy, isSettled(status) ? situation.tier : ENTRY_TIER)
  const next = own && tierAbove(policy, own.tier, kind)
  const missing = lacking(own, evidence)
  const isOverdue = status === 'restricted'
  const reviewed = requestedTier === null ? [] : asked(tierOf(policy, requestedTier), own)
  const found: Found = status === 'inReview' && finding !== null ? inReview(finding, evidence) : {}
  const needed = [...missing, ...(found.evidence ?? [])]

  const toMend = status === 'inReview' ? [] : errorsOf(situation.returnedFor ?? [])
  const again = toMend.map(({ requirement }) => requirement).filter((item) => !missing.some((due) => due === item))
  const due = [...needed, ...(status === 'returned' ? again : [])]
  const later = lacking(next, evidence).filter((item) => !due.includes(item))
  const pending = [...reviewed, ...(isOverdue && missing.length === 0 ? lapsable(own) : [])]
  const deadline = missing.length > 0 ? (situation.deadline?.toISOString() ?? null) : null

  const item = (standing: RequirementItem['status'], tier: Tier | undefined) => (requirement: Evidence) =>
    requirementItem(policy, requirement, {
      status: standing,
      tier: tier?.tier ?? ENTRY_TIER,
      deadline: standing === 'eventuallyDue' ? null : deadline,
      stops: standing === 'currentlyDue' || standing === 'pastDue' ? stoppedWithout(own, kind) : [],
    })
  return {
    currentlyDue: isOverdue ? [] : due,
    eventuallyDue: later,
    pastDue: isOverdue ? due : [],
    pendingVerification: [...pending, ...(found.pendingVerification ?? [])],
    alternatives: alternativesOf([...needed, ...later]),
    errors: [...toMend, ...(found.errors ?? [])],
    currentDeadline: deadline,
    disabledReason: disabledReasonOf(status, due),
    items: [
      ...needed.map(item(isOverdue ? 'pastDue' : 'currentlyDue', own)),
      ...pending.map(item('pendingVerification', own)),
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

/** Evidence that time takes away. */
const lapsable = (tier: Tier | undefined): Evidence[] =>
  EVIDENCE.filter((item) => item === 'documentImage' && tier?.evidence.includes(item))

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

/** What a registration still has to give, or to mend, before it can be on a tier. */
export function missingFor(registration: Registration, tier: Tier): string[] {
  const missing: string[] = lacking(tier, evidenceOf(registration))
  const toMend = errorsOf(registration.notice?.due ?? []).map(({ requirement }) => requirement)
  return [...new Set([...missing, ...toMend])]
}

/** The requirements of a registration under the policy that it is decided under. */
export const requirementsFor = (registration: Registration): Requirements =>
  requirementsOf(policyOf(registration), {
    ...registration,
    evidence: evidenceOf(registration),
    returnedFor: registration.notice?.due ?? [],
    deadline: deadlineOf(registration),
  })

const DAY_MS = 86_400_000

/** Of an identity document that has expired: so many days after its last one. */
function deadlineOf(registration: Registration): Date | null {
  const { expiredOn } = registration.documents
  if (expiredOn === null) return null
  const { expiredDocument } = policyOf(registration).graceDays
  return new Date(Date.parse(expiredOn) + (expiredDocument + 1) * DAY_MS)
}

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
      return { pendingVerification: ['screening'] }
  }
}

const isFinal = (status: RegistrationStatus): boolean => status === 'rejected' || status === 'closed'
const isSettled = (status: RegistrationStatus): boolean =>
  status === 'active' || status === 'restricted' || status === 'suspended'

function disabledReasonOf(status: RegistrationStatus, missing: readonly string[]): string | null {
  switch (status) {
    case 'active':
      return null
    case 'draft':
    case 'returned':
      return missing.length > 0 ? 'requirementsCurrentlyDue' : 'notSubmitted'
    case 'submitted':
    case 'inReview':
      return 'underReview'
    case 'restricted':
      return missing.length > 0 ? 'requirementsPastDue' : 'underReview'
    default:
      return status
  }
}
