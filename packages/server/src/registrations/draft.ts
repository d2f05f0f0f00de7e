import type { CreateConsumer } from '@pisto/contract'
import type { RegistrationForm } from './check-form.ts'
import type { Draft, RegistrationDeps } from './service.ts'

const CONSENT_SINCE_MS = Date.UTC(2000, 0)
/** Clocks of phones are wrong; time zones get confused. */
const CONSENT_AHEAD_MS = 86_400_000

/**
 * The body of `createMerchant` or `createConsumer` as a form to check.
 *
 * @param business What a merchant has besides.
 */
export function draftFrom(
  deps: Pick<RegistrationDeps, 'clock' | 'systemClock'>,
  body: CreateConsumer,
  business: RegistrationForm['business'],
): Draft {
  const { country, phone, locale = 'es', person, externalId = null, metadata = {} } = body
  const { givenNames, familyNames, dateOfBirth, document } = person
  return {
    form: {
      country,
      externalId,
      business,
      givenNames,
      familyNames,
      dateOfBirth,
      documentType: document.type,
      documentNumber: document.number,
      phone,
      locale,
      consent: consentFrom(deps, body.consent),
    },
    metadata,
  }
}

/** The schema lets through leap seconds and the year 0000; the later of business and protocol time is now. */
export function consentFrom(
  deps: Pick<RegistrationDeps, 'clock' | 'systemClock'>,
  { version, acceptedAt }: CreateConsumer['consent'],
): RegistrationForm['consent'] {
  const time = new Date(acceptedAt)
  const nowMs = Math.max(deps.clock.now().getTime(), deps.systemClock.now().getTime())
  const isPossible = time.getTime() >= CONSENT_SINCE_MS && time.getTime() <= nowMs + CONSENT_AHEAD_MS
  return isPossible ? { version, acceptedAt: time, channel: 'api' } : 'consent_invalid'
}
