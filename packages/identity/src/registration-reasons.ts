import type { NationalIdCode } from './documents/document-rule.ts'
import type { PhoneCheck } from './phones/phone.ts'

/** Reasons for refusing a registration that come from its document. */
export type DocumentReason = 'document_place' | 'document_check'

/** Reasons for refusing a registration that come from its phone. */
export type PhoneReason = 'phone_short' | 'phone_fixed' | 'phone_invalid'

/**
 * The reason an import gives for a refused document: a place that does not exist, or anything else wrong with
 * the number. Agents correct the two differently: a place is looked up, a number is read from the card again.
 */
export function documentReason(code: NationalIdCode): DocumentReason {
  return code === 'department' || code === 'municipality' ? 'document_place' : 'document_check'
}

/**
 * The reason an import gives for a phone that cannot receive the code: digits are missing; it is a land line or
 * a service number, or begins like one; or no such number exists.
 *
 * @returns Undefined when the phone is a mobile.
 */
export function phoneReason(phone: PhoneCheck): PhoneReason | undefined {
  if (phone.valid) return phone.mobile ? undefined : 'phone_fixed'
  if (phone.hint === 'short') return 'phone_short'
  return phone.hint === 'fixed' ? 'phone_fixed' : 'phone_invalid'
}
