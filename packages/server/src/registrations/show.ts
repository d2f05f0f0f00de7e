import type { Consumer, Erasure as ErasureAnswer, Review as ReviewAnswer } from '@pisto/contract'
import { checkNationalId } from '@pisto/identity'
import { operatorsNeeded } from '../operators/four-eyes.ts'
import { showFlag } from './flags.ts'
import type { Seen } from './kinds.ts'
import { showNotice } from './notices.ts'
import type { Erasure, PersonDocument, Registration, Review } from './registration.ts'
import { ENTRY_TIER, requirementsFor } from './requirements.ts'

/** What merchants and consumers show alike. The document's number is grouped as on the card. */
export function showCommon(
  registration: Registration,
  { livemode, today }: Seen,
): Omit<Consumer, 'capabilities' | 'address'> {
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
    requirements: requirementsFor(registration, today),
    review: registration.review && showReview(registration, registration.review),
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

function showReview(registration: Registration, { openedAt, assignedTo, proposal }: Review): ReviewAnswer {
  const { finding } = registration
  return {
    openedAt: openedAt.toISOString(),
    reasons: finding === null ? [] : [finding],
    assignedTo,
    operatorsNeeded: operatorsNeeded(registration, registration.requestedTier ?? ENTRY_TIER),
    approval: proposal && { proposedBy: proposal.by, proposedAt: proposal.at.toISOString() },
  }
}
