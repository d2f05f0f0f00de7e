import type { MerchantRow } from '@pisto/contract'
import type { RegistrationForm } from '../registrations/check-form.ts'

/** How people write yes in a spreadsheet. */
const YES: ReadonlySet<string> = new Set(['yes', 'y', 'sí', 'si', 's', 'true', 'verdadero', '1', 'x'])
const DEFAULT_LOCALE = 'es'

/**
 * A row of a spreadsheet as a form to check. Cells are text: capitals and spaces around codes do not matter.
 *
 * @param now Business time, at which the tenant attests the consent.
 */
export function formFrom(row: MerchantRow, now: Date): RegistrationForm {
  const consents = YES.has(code(row.consent).toLowerCase())
  return {
    country: code(row.country),
    externalId: row.externalId === '' ? null : row.externalId,
    business: { tradeName: row.tradeName, categoryCode: row.categoryCode },
    givenNames: row.givenNames,
    familyNames: row.familyNames,
    dateOfBirth: row.dateOfBirth,
    documentType: code(row.documentType),
    documentNumber: row.documentNumber,
    phone: row.phone,
    locale: code(row.locale).toLowerCase() || DEFAULT_LOCALE,
    consent: consents ? { version: 'attested', acceptedAt: now, channel: 'import' } : 'consent_missing',
  }
}

/** The caller's own id in a form that every database keeps: it is shown again also when the row is refused for it. */
export const storableId = (externalId: string): string => externalId.replaceAll(/[\p{Cc}\p{Cs}]/gu, '\ufffd')

const code = (cell: string): string => cell.normalize('NFC').trim().toUpperCase()
