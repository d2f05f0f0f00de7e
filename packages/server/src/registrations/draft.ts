import type { CreateConsumer, CreateMerchant } from '@pisto/contract'
import type { RegistrationForm } from './check-form.ts'
import { type Dossier, EMPTY_DOSSIER } from './dossier.ts'
import type { RegisteredPerson } from './registration.ts'
import { NOTHING_PERSONAL } from './sealed-part.ts'
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
  dossier: Dossier = EMPTY_DOSSIER,
): Draft {
  const { country, phone, locale = 'es', person = {}, externalId = null, metadata = {} } = body
  return {
    form: {
      country,
      externalId,
      business,
      ...personFrom(person),
      phone,
      locale,
      consent: consentFrom(deps, body.consent),
      dossier,
    },
    metadata,
  }
}

/** What is given of the person; the rest stays. */
export const personFrom = (
  given: CreateMerchant['person'],
  before: RegisteredPerson = NOTHING_PERSONAL.person,
): Pick<RegistrationForm, 'givenNames' | 'familyNames' | 'dateOfBirth' | 'documentType' | 'documentNumber'> => {
  const document = given?.document ?? before.document
  return {
    givenNames: given?.givenNames ?? before.givenNames,
    familyNames: given?.familyNames ?? before.familyNames,
    dateOfBirth: given?.dateOfBirth ?? before.dateOfBirth,
    documentType: document?.type ?? null,
    documentNumber: document?.number ?? null,
  }
}

/** What is given of the higher tiers' evidence; the rest stays. */
export function dossierFrom(
  given: Partial<Pick<CreateMerchant, 'place' | 'taxId' | 'businessRegistration' | 'beneficialOwners'>> &
    Pick<CreateConsumer, 'address'>,
  before: Dossier = EMPTY_DOSSIER,
): Dossier {
  const { place, taxId, businessRegistration, beneficialOwners } = given
  const address = given.address ?? place?.address
  return {
    address: address ?? before.address,
    point: place?.point ? coarse(place.point) : before.point,
    taxId: taxId ?? before.taxId,
    businessRegistration: businessRegistration ?? before.businessRegistration,
    beneficialOwners: beneficialOwners ?? before.beneficialOwners,
  }
}

/** Two decimals: about a kilometre, so that nobody's door is known. */
const coarse = ({ latitude, longitude }: NonNullable<Dossier['point']>): NonNullable<Dossier['point']> => ({
  latitude: Math.round(latitude * 100) / 100,
  longitude: Math.round(longitude * 100) / 100,
})

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
