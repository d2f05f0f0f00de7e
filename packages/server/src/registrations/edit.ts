import type { UpdateConsumer, UpdateMerchant } from '@pisto/contract'
import type { RegistrationForm } from './check-form.ts'
import { consentFrom, dossierFrom, personFrom } from './draft.ts'
import type { Registration } from './registration.ts'
import type { RegistrationDeps } from './service.ts'

/** Fields that are given anew; the others stay. */
export type Edit = Partial<UpdateMerchant> & Pick<UpdateConsumer, 'address'>

/** The whole form as it would be written now, to be checked as at first. */
export function editedForm(
  deps: Pick<RegistrationDeps, 'clock' | 'systemClock'>,
  { country, phone, locale, person, business, consent, externalId, dossier }: Registration,
  edit: Edit,
): RegistrationForm {
  return {
    country,
    externalId: edit.externalId ?? externalId,
    business: business && {
      tradeName: edit.tradeName ?? business.tradeName,
      categoryCode: edit.categoryCode ?? business.categoryCode,
      municipality: edit.place?.municipality ?? business.municipality,
    },
    ...personFrom(edit.person, person),
    phone: edit.phone ?? phone,
    locale: edit.locale ?? locale,
    consent: edit.consent ? consentFrom(deps, edit.consent) : consent,
    dossier: dossierFrom(edit, dossier),
  }
}

/** What an edit gives, by the names that `requirements` uses. */
export function givenBy(edit: Edit): ReadonlySet<string> {
  const { person, phone, consent, tradeName, categoryCode, place } = edit
  const given: readonly (readonly [string, unknown])[] = [
    ['name', person?.givenNames ?? person?.familyNames],
    ['document', person?.document],
    ['birthDate', person?.dateOfBirth],
    ['phone', phone],
    ['consent', consent],
    ['tradeName', tradeName],
    ['category', categoryCode],
    ['place', place],
    ['address', edit.address ?? place?.address],
    ['taxId', edit.taxId],
    ['businessRegistration', edit.businessRegistration],
    ['beneficialOwners', edit.beneficialOwners],
  ]
  return new Set(given.filter(([, value]) => value !== undefined).map(([name]) => name))
}
