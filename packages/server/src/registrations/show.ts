import type {
  Consumer,
  Erasure as ErasureAnswer,
  Merchant,
  Requirements,
  Review as ReviewAnswer,
} from '@pisto/contract'
import { checkNationalId } from '@pisto/identity'
import { isBlocking, operatorsNeeded } from '../operators/four-eyes.ts'
import { capabilityOf, HELD, UNDER_REVIEW } from './capabilities.ts'
import { findingBesideMatch } from './findings.ts'
import { showFlag } from './flags.ts'
import type { Seen } from './kinds.ts'
import { showNotice } from './notices.ts'
import type { CapabilityName } from './policy/policy.ts'
import type { Erasure, PersonDocument, Registration, RegistryFinding, Review } from './registration.ts'
import { ENTRY_TIER, requirementsFor } from './requirements.ts'

/**
 * What whoever looks may know. A person is shown no operator, nobody else's id, and not that they are suspected: neither
 * a match with a list nor that they resemble somebody. It would tip off, and tell strangers who is a customer here. So
 * all that only operators can settle has one word; what the person can give is asked for.
 */
function asSeen(registration: Registration, { byPerson, livemode }: Seen): Registration {
  if (!byPerson) return registration
  const { finding, flags, review } = registration
  return {
    ...registration,
    finding: ownToMend(isBlocking(finding) ? findingBesideMatch({ livemode }, registration) : finding),
    flags: flags.filter(({ code }) => code !== 'person_resembles').map((flag) => ({ ...flag, registrationIds: [] })),
    review: review && { ...review, assignedTo: null, proposal: null },
  }
}

/** @returns Null: nothing that the person could give. */
const ownToMend = (finding: RegistryFinding | null): RegistryFinding | null =>
  finding === 'documentImageNeeded' ? finding : null

/** Why not, in words that a person may read: of whoever is held because of a case only that it is looked at. */
export function showCapability(
  registration: Registration,
  name: CapabilityName,
  seen: Seen,
): Merchant['capabilities']['payout'] {
  const { status, reasons } = capabilityOf(asSeen(registration, seen), name)
  return {
    status,
    reasons: seen.byPerson ? reasons.map((reason) => (reason === HELD ? UNDER_REVIEW : reason)) : reasons,
  }
}

/**
 * What else was found is asked for, or waits, beside a possible match. Whoever is held reads that somebody looks at it, and
 * not what at.
 */
export function showRequirements(registration: Registration, seen: Seen): Requirements {
  const { finding } = registration
  const beside = isBlocking(finding) ? findingBesideMatch(seen, registration) : finding
  const read = seen.byPerson ? asSeen(registration, seen) : { ...registration, finding: beside }
  const requirements = requirementsFor(read, seen.today)
  const { pendingVerification } = requirements
  if (seen.byPerson)
    return { ...requirements, pendingVerification: pendingVerification.filter((item) => item !== HELD) }
  if (!isBlocking(finding)) return requirements
  const match = requirementsFor(registration, seen.today).pendingVerification
  return { ...requirements, pendingVerification: [...new Set([...match, ...pendingVerification])] }
}

/** What merchants and consumers show alike. The document's number is grouped as on the card. */
export function showCommon(whole: Registration, seen: Seen): Omit<Consumer, 'capabilities' | 'address'> {
  const registration = asSeen(whole, seen)
  const { livemode } = seen
  const { id, status, tier, requestedTier, country, phone, locale, person, alias, accountId, externalId, metadata } =
    registration
  const { erasure } = registration
  /** Whoever asked to be erased is shown no more, also while the law still keeps the data. */
  const shown = <T>(value: T): T | null => (erasure === null ? value : null)
  return {
    id,
    livemode,
    status,
    tier,
    requestedTier,
    country,
    phone: shown(phone),
    locale,
    person: shown({ ...person, document: person.document && formatted(country, person.document) }),
    erasure: erasure && showErasure(erasure),
    alias,
    accountId,
    requirements: showRequirements(registration, seen),
    review: registration.review && showReview(registration, registration.review, seen),
    notice: shown(registration.notice && showNotice(registration.notice)),
    flags: registration.flags.map(showFlag),
    externalId: shown(externalId),
    metadata: shown(metadata) ?? {},
    createdAt: registration.createdAt.toISOString(),
  }
}

const showErasure = ({ requestedAt, dueAt, erasedAt, source }: Erasure): ErasureAnswer => ({
  requestedAt: requestedAt.toISOString(),
  dueAt: dueAt.toISOString(),
  erasedAt: erasedAt?.toISOString() ?? null,
  source,
})

function formatted(country: Registration['country'], { type, number }: PersonDocument): PersonDocument {
  const checked = checkNationalId(country, type, number)
  return { type, number: checked.valid ? checked.formatted : number }
}

function showReview(
  registration: Registration,
  { openedAt, assignedTo, proposal }: Review,
  { byPerson, livemode }: Seen,
): ReviewAnswer {
  const { finding } = registration
  const beside = isBlocking(finding) ? findingBesideMatch({ livemode }, registration) : null
  return {
    openedAt: openedAt.toISOString(),
    reasons: finding === null && byPerson ? [UNDER_REVIEW] : [finding, beside].filter((reason) => reason !== null),
    assignedTo,
    operatorsNeeded: operatorsNeeded(registration, registration.requestedTier ?? ENTRY_TIER),
    approval: proposal && { proposedBy: proposal.by, proposedAt: proposal.at.toISOString() },
  }
}
