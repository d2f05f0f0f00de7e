import type { RegistrationStatus, Requirements, ReviewReason } from '@pisto/contract'
import { evidenceOfDocuments } from './given-documents.ts'
import { errorsOf } from './notices.ts'
import { type Evidence, type Policy, policyOf, tierOf } from './policy/policy.ts'
import type { Registration, RegistryFinding } from './registration.ts'

/** Everyone registers for this tier; evidence for the next is `eventuallyDue` where the policy has one. */
export const ENTRY_TIER = 1

/** What the requirements are computed from. */
export interface Situation {
  readonly status: RegistrationStatus
  readonly evidence: ReadonlySet<Evidence>
  readonly finding: RegistryFinding | null
  /** Why it was returned, as far as nothing has been mended. */
  readonly returnedFor?: readonly ReviewReason[]
}

/**
 * What is still missing for the entry tier, and what comes after: a pure function of policy and evidence.
 * Every status either takes the missing evidence, is waiting for someone, or says why nothing more can be done.
 */
export function requirementsOf(policy: Policy, situation: Situation): Requirements {
  const { status, finding } = situation
  const [entry, next] = [ENTRY_TIER, ENTRY_TIER + 1].map((tier) => tierOf(policy, tier)?.evidence ?? [])
  const missing = (entry ?? []).filter((item) => !situation.evidence.has(item))
  const later = (next ?? []).filter((item) => !situation.evidence.has(item) && !missing.includes(item))
  const toMend = status === 'returned' ? errorsOf(situation.returnedFor ?? []) : []
  const again = toMend.map(({ requirement }) => requirement).filter((item) => !missing.some((due) => due === item))
  const reviewed = status === 'inReview' && finding !== null ? reviewedFor(finding, situation.evidence) : {}
  return {
    currentlyDue: isFinal(status) ? [] : [...missing, ...again, ...(reviewed.currentlyDue ?? [])],
    eventuallyDue: isFinal(status) ? [] : later,
    pastDue: [],
    pendingVerification: [...(reviewed.pendingVerification ?? [])],
    errors: [...toMend, ...(reviewed.errors ?? [])],
    currentDeadline: null,
    disabledReason: disabledReasonOf(status, [...missing, ...again]),
  }
}

/** The requirements of a registration under its country's policy. */
export const requirementsFor = (registration: Registration): Requirements =>
  requirementsOf(policyOf(registration), {
    ...registration,
    evidence: evidenceOf(registration),
    returnedFor: registration.notice?.due ?? [],
  })

/** The evidence that a registration has given. */
function evidenceOf({ phoneConfirmation, person, consent, givenDocuments }: Registration): ReadonlySet<Evidence> {
  const given: readonly [Evidence, boolean][] = [
    ['phoneVerification', phoneConfirmation !== null],
    ['name', person.givenNames !== '' && person.familyNames !== ''],
    ['document', person.document.number !== ''],
    ['birthDate', person.dateOfBirth !== ''],
    ['consent', consent.version !== ''],
  ]
  return new Set([...given.filter(([, has]) => has).map(([item]) => item), ...evidenceOfDocuments(givenDocuments)])
}

/** What a review waits for: of the person first, then of the operator. */
const reviewedFor = (finding: RegistryFinding, evidence: ReadonlySet<Evidence>): Partial<Requirements> =>
  finding === 'documentImageNeeded' && evidence.has('documentImage')
    ? { pendingVerification: ['documentImage'] }
    : IN_REVIEW[finding]

/** What a finding of the registry asks for. */
const IN_REVIEW: Readonly<Record<RegistryFinding, Partial<Requirements>>> = {
  documentMismatch: { errors: errorsOf(['document_mismatch']) },
  documentImageNeeded: { currentlyDue: ['documentImage'] },
  possibleMatch: { pendingVerification: ['screening'] },
}

const isFinal = (status: RegistrationStatus): boolean => status === 'rejected' || status === 'closed'

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
    default:
      return status
  }
}
