import { type FieldError, PROBLEMS } from '@pisto/contract'
import type { DocumentReason, Finding, PhoneReason } from '@pisto/identity'

/** Why a registration is refused: codes of field errors, and outcomes of the rows of an import. */
export type Reason =
  | DocumentReason
  | PhoneReason
  | DuplicateReason
  | 'country_unsupported'
  | 'external_id_invalid'
  | 'name_empty'
  | 'name_invalid'
  | 'birth_date_invalid'
  | 'underage'
  | 'mcc_invalid'
  | 'place_unknown'
  | 'locale_unsupported'
  | 'consent_missing'
  | 'consent_invalid'

export type DuplicateReason = 'document_duplicate' | 'phone_duplicate'

/** Where the mistake is, as an RFC 6901 pointer into the body of `createMerchant` and `createConsumer`. */
const POINTERS = {
  country: '/country',
  externalId: '/externalId',
  tradeName: '/tradeName',
  givenNames: '/person/givenNames',
  familyNames: '/person/familyNames',
  dateOfBirth: '/person/dateOfBirth',
  documentType: '/person/document/type',
  documentNumber: '/person/document/number',
  phone: '/phone',
  categoryCode: '/categoryCode',
  municipality: '/place/municipality',
  locale: '/locale',
  taxId: '/taxId',
  consent: '/consent',
} as const

export type FieldName = keyof typeof POINTERS

/** Reasons that `@pisto/identity` has no finding for: English, Spanish. */
const TEXTS = {
  country_unsupported: ['This institution does not serve that country', 'Esta institución no atiende ese país'],
  external_id_invalid: [
    'Your own id has at most 100 characters and no control characters',
    'Su propio identificador tiene como máximo 100 caracteres, sin caracteres de control',
  ],
  phone_fixed: ['A land line cannot receive the code', 'Una línea fija no puede recibir el código'],
  place_unknown: ['No municipality of this country has this code', 'Ningún municipio de este país tiene este código'],
  locale_unsupported: [
    'Messages can be in Spanish (es) or English (en)',
    'Los mensajes pueden ser en español (es) o inglés (en)',
  ],
  consent_missing: ['The person has to agree first', 'Primero la persona tiene que dar su consentimiento'],
  consent_invalid: [
    'The time of the consent does not exist, or is in the future',
    'La hora del consentimiento no existe o está en el futuro',
  ],
  document_duplicate: [PROBLEMS.document_duplicate.title, PROBLEMS.document_duplicate.titleEs],
  phone_duplicate: [PROBLEMS.phone_duplicate.title, PROBLEMS.phone_duplicate.titleEs],
} as const satisfies Partial<Record<Reason, readonly [string, string]>>

/** The field error of a reason that has a text of its own here. */
export function mistake(field: FieldName, code: keyof typeof TEXTS): FieldError {
  const [message, messageEs] = TEXTS[code]
  return { pointer: POINTERS[field], code, message, messageEs }
}

/** Somebody who is too young: from when on it is possible, without the date, which would tell their birthday. */
export function underage(years: number): FieldError {
  return {
    pointer: POINTERS.dateOfBirth,
    code: 'underage',
    message: `Nobody under ${years} can register, nor anybody for them. It is possible from the day on which they are ${years}`,
    messageEs:
      `Nadie menor de ${years} años puede registrarse, ni otra persona en su lugar. ` +
      `Será posible desde el día en que cumpla ${years}`,
  }
}

/** The field error of what `@pisto/identity` found. */
export const mistakeFound = (field: FieldName, code: Reason, { message, messageEs }: Finding): FieldError => ({
  pointer: POINTERS[field],
  code,
  message,
  messageEs,
})
