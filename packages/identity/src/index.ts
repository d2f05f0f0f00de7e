/**
 * National ids, phones, names, birth dates, aliases and category codes of micro-businesses in Guatemala,
 * Honduras and El Salvador: pure functions from what somebody typed to a canonical value or a finding in
 * Spanish and English. No clock, no random source, no network: they come in as arguments.
 */
export { ALIAS_LENGTH, type AliasCheck, type AliasCode, checkAlias, drawAlias, formatAlias } from './alias/alias.ts'
export { type CategoryCodeCheck, type CategoryCodeCode, checkCategoryCode } from './categories/category-code.ts'
export { COUNTRIES, type Country, isCountry } from './countries.ts'
export type { KnownFacts, NationalIdCode, NationalIdFacts } from './documents/document-rule.ts'
export { DOCUMENT_TYPES, type DocumentType, isDocumentType } from './documents/document-types.ts'
export { checkNationalId, documentKey, type NationalId, type NationalIdCheck } from './documents/national-id.ts'
export type { Finding } from './finding.ts'
export { ageOn, type BirthDateCheck, type BirthDateCode, birthdayOf, checkBirthDate } from './people/birth-date.ts'
export { checkName, NAME_LENGTH_MAX, type NameCheck, type NameCode } from './people/name.ts'
export {
  checkPhone,
  type Phone,
  type PhoneCheck,
  type PhoneCode,
  type PhoneFinding,
  type PhoneHint,
} from './phones/phone.ts'
export { type Place, placeOf } from './places/place.ts'
export { type DocumentReason, documentReason, type PhoneReason, phoneReason } from './registration-reasons.ts'
