import type { CountryCode, FieldError } from '@pisto/contract'
import {
  ageOn,
  checkBirthDate,
  checkCategoryCode,
  checkName,
  checkNationalId,
  checkPhone,
  DOCUMENT_TYPES,
  documentReason,
  type Finding,
  isCountry,
  phoneReason,
  placeOf,
} from '@pisto/identity'
import { type Dossier, EMPTY_DOSSIER } from './dossier.ts'
import { type FieldName, mistake, mistakeFound, underage } from './reasons.ts'
import type { Business, PersonDocument, PersonLocale, RecordedConsent, RegisteredPerson } from './registration.ts'

/** A registration as somebody wrote it: text, nothing checked. Null is not given, and no mistake; empty text is one. */
export interface RegistrationForm {
  readonly country: string
  readonly externalId: string | null
  readonly business: (Omit<Business, 'municipality'> & { readonly municipality?: string | null }) | null
  readonly givenNames: string | null
  readonly familyNames: string | null
  readonly dateOfBirth: string | null
  readonly documentType: string | null
  readonly documentNumber: string | null
  readonly phone: string
  readonly locale: string
  readonly consent: RecordedConsent | 'consent_missing' | 'consent_invalid'
  readonly dossier?: Dossier
}

/** What holds where and when the form is checked. */
export interface FormRules {
  /** The tenant's. */
  readonly country: CountryCode
  /** ISO 8601 date where the tenant is. */
  readonly today: string
  readonly minimumAgeYears: number
  /** Of the country's policy in force. */
  readonly policyVersion: string
}

/** The same in canonical form. */
export interface CheckedForm {
  readonly country: CountryCode
  readonly externalId: string | null
  readonly business: Business | null
  readonly person: RegisteredPerson
  /** E.164, mobile. */
  readonly phone: string
  readonly locale: PersonLocale
  readonly consent: RecordedConsent
  readonly dossier: Dossier
}

export type FormCheck =
  | { readonly valid: true; readonly form: CheckedForm }
  /** At least one, in the order of the fields above: an import gives the first. */
  | { readonly valid: false; readonly errors: readonly [FieldError, ...FieldError[]] }

const EXTERNAL_ID = /^[^\p{Cc}\p{Cs}]{0,100}$/u

/** Checks a form and finds all mistakes at once. What depends on other registrations is not checked here. */
export function checkForm(form: RegistrationForm, rules: FormRules): FormCheck {
  const { business } = form
  const dateOfBirth = checkedBirthDate(form, rules)
  return settle(
    {
      country: form.country === rules.country ? rules.country : mistake('country', 'country_unsupported'),
      externalId: EXTERNAL_ID.test(form.externalId ?? '')
        ? form.externalId
        : mistake('externalId', 'external_id_invalid'),
      tradeName: business && checkedName('tradeName', business.tradeName),
      givenNames: form.givenNames === null ? null : checkedName('givenNames', form.givenNames),
      familyNames: form.familyNames === null ? null : checkedName('familyNames', form.familyNames),
      dateOfBirth,
      document: checkedDocument(form, rules, isMistake(dateOfBirth) ? null : dateOfBirth),
      phone: checkedPhone(form),
      categoryCode: business && checkedCategory(business.categoryCode),
      municipality: business && checkedMunicipality(form.country, business.municipality ?? null),
      locale: checkedLocale(form.locale),
      consent: typeof form.consent === 'string' ? mistake('consent', form.consent) : form.consent,
      taxId: checkedTaxId(form.country, form.dossier?.taxId ?? null),
    },
    (fields) => ({
      country: fields.country,
      externalId: fields.externalId,
      business: business && {
        tradeName: fields.tradeName ?? '',
        categoryCode: fields.categoryCode ?? '',
        municipality: fields.municipality,
      },
      person: {
        givenNames: fields.givenNames,
        familyNames: fields.familyNames,
        dateOfBirth: fields.dateOfBirth,
        document: fields.document,
      },
      phone: fields.phone,
      locale: fields.locale,
      consent: fields.consent,
      dossier: { ...(form.dossier ?? EMPTY_DOSSIER), taxId: fields.taxId },
    }),
  )
}

function checkedName(field: FieldName, text: string): string | FieldError {
  const name = checkName(text)
  if (name.valid) return name.canonical
  return mistakeFound(field, name.code === 'empty' ? 'name_empty' : 'name_invalid', name)
}

function checkedBirthDate(form: RegistrationForm, { today, minimumAgeYears }: FormRules): string | null | FieldError {
  if (form.dateOfBirth === null) return null
  const born = checkBirthDate(form.dateOfBirth, today)
  if (!born.valid) return mistakeFound('dateOfBirth', 'birth_date_invalid', born)
  return ageOn(born.canonical, today) < minimumAgeYears ? underage(minimumAgeYears) : born.canonical
}

/** Of a country that nobody knows, the document cannot be judged: the country is the mistake. */
function checkedDocument(
  { country, documentType, documentNumber }: RegistrationForm,
  { today }: FormRules,
  birthDate: string | null,
): PersonDocument | null | FieldError {
  if (documentNumber === null) return null
  if (!isCountry(country)) return mistake('country', 'country_unsupported')
  const [type] = DOCUMENT_TYPES[country]
  if (documentType !== type) return mistakeFound('documentType', 'document_check', noSuchDocument(type))
  const id = checkNationalId(country, type, documentNumber, { today, ...(birthDate !== null && { birthDate }) })
  return id.valid ? { type, number: id.canonical } : mistakeFound('documentNumber', documentReason(id.code), id)
}

function noSuchDocument(type: string): Finding {
  const [message, messageEs] = [
    `The document of this country is the ${type}`,
    `El documento de este país es el ${type}`,
  ]
  return { valid: false, code: 'type', message, messageEs }
}

/** The phone in E.164, or what is wrong with it: only mobile ones get codes. */
export function checkedPhone({ country, phone }: Pick<RegistrationForm, 'country' | 'phone'>): string | FieldError {
  const number = checkPhone(isCountry(country) ? country : undefined, phone)
  const reason = phoneReason(number)
  if (number.valid) return reason === undefined ? number.e164 : mistake('phone', 'phone_fixed')
  return mistakeFound('phone', reason ?? 'phone_invalid', number)
}

function checkedCategory(text: string): string | FieldError {
  const category = checkCategoryCode(text)
  return category.valid ? category.canonical : mistakeFound('categoryCode', 'mcc_invalid', category)
}

/** GT and SV: NIT; HN: RTN. */
function checkedTaxId(country: string, text: string | null): string | null | FieldError {
  if (text === null) return null
  if (!isCountry(country)) return mistake('country', 'country_unsupported')
  const [, type] = DOCUMENT_TYPES[country]
  const id = checkNationalId(country, type, text)
  return id.valid ? id.canonical : mistakeFound('taxId', documentReason(id.code), id)
}

/** Of a country that nobody knows, the place cannot be judged. */
function checkedMunicipality(country: string, code: string | null): string | null | FieldError {
  if (code === null) return null
  if (!isCountry(country)) return mistake('country', 'country_unsupported')
  const isPlace = /^\d{4}$/.test(code) && typeof placeOf(country, code) !== 'string'
  return isPlace ? code : mistake('municipality', 'place_unknown')
}

const checkedLocale = (text: string): PersonLocale | FieldError =>
  text === 'es' || text === 'en' ? text : mistake('locale', 'locale_unsupported')

/** Either no field is a mistake, or the mistakes in the order of the fields; one mistake is told once. */
function settle<Fields extends object>(
  fields: { readonly [K in keyof Fields]: Fields[K] | FieldError },
  build: (fields: Fields) => CheckedForm,
): FormCheck {
  const [first, ...others] = Object.values(fields).filter(isMistake)
  if (first === undefined) return { valid: true, form: build(fields as Fields) }
  const told = new Set([first.pointer])
  return { valid: false, errors: [first, ...others.filter(({ pointer }) => !told.has(pointer) && told.add(pointer))] }
}

const isMistake = (value: unknown): value is FieldError =>
  typeof value === 'object' && value !== null && 'pointer' in value && 'messageEs' in value
