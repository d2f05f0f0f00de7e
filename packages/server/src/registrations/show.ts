import type { Consumer } from '@pisto/contract'
import { checkNationalId } from '@pisto/identity'
import type { Registration } from './registration.ts'
import { requirementsFor } from './requirements.ts'

/** What merchants and consumers show alike. The document's number is grouped as on the card. */
export function showCommon(registration: Registration, livemode: boolean): Omit<Consumer, 'capabilities'> {
  const { id, status, tier, country, phone, locale, person, alias, accountId, externalId, metadata } = registration
  return {
    id,
    livemode,
    status,
    tier,
    country,
    phone,
    locale,
    person: { ...person, document: { ...person.document, number: formattedNumber(registration) } },
    alias,
    accountId,
    requirements: requirementsFor(registration),
    externalId,
    metadata,
    createdAt: registration.createdAt.toISOString(),
  }
}

function formattedNumber({ country, person: { document } }: Registration): string {
  const checked = checkNationalId(country, document.type, document.number)
  return checked.valid ? checked.formatted : document.number
}
