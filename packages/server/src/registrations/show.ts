import type { Consumer, Review as ReviewAnswer } from '@pisto/contract'
import { checkNationalId } from '@pisto/identity'
import { operatorsNeeded } from '../operators/four-eyes.ts'
import { showFlag } from './flags.ts'
import { showNotice } from './notices.ts'
import type { Registration, Review } from './registration.ts'
import { ENTRY_TIER, requirementsFor } from './requirements.ts'

/** What merchants and consumers show alike. The document's number is grouped as on the card. */
export function showCommon(registration: Registration, livemode: boolean): Omit<Consumer, 'capabilities' | 'address'> {
  const { id, status, tier, requestedTier, country, phone, locale, person, alias, accountId, externalId, metadata } =
    registration
  return {
    id,
    livemode,
    status,
    tier,
    requestedTier,
    country,
    phone,
    locale,
    person: { ...person, document: { ...person.document, number: formattedNumber(registration) } },
    alias,
    accountId,
    requirements: requirementsFor(registration),
    review: registration.review && showReview(registration, registration.review),
    notice: registration.notice && showNotice(registration.notice),
    flags: registration.flags.map(showFlag),
    externalId,
    metadata,
    createdAt: registration.createdAt.toISOString(),
  }
}

function formattedNumber({ country, person: { document } }: Registration): string {
  const checked = checkNationalId(country, document.type, document.number)
  return checked.valid ? checked.formatted : document.number
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
