import { DOCUMENT_TYPES } from '@pisto/identity'
import type { RegistrationForm } from '../registrations/check-form.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import type { ImportedRow } from './import-file.ts'
import type { ImportKind } from './kinds.ts'

/** How people write yes in a spreadsheet. */
const YES: ReadonlySet<string> = new Set(['yes', 'y', 'sí', 'si', 's', 'true', 'verdadero', '1', 'x'])
const DEFAULT_LOCALE = 'es'

/**
 * A row of a spreadsheet as a form to check. Cells are text: capitals and spaces around codes do not matter. Without a
 * column for them, the country is the tenant's and the document the country's.
 *
 * @param now Business time, at which the tenant attests the consent.
 */
export function formFrom(
  { cells }: Pick<ImportedRow, 'cells'>,
  { registration }: Pick<ImportKind, 'registration'>,
  tenant: Pick<TenantProfile, 'country'>,
  now: Date,
): RegistrationForm {
  const { tradeName = '', categoryCode = '', municipality = '', externalId = '', consent = '', locale = '' } = cells
  const consents = YES.has(code(consent).toLowerCase())
  return {
    country: code(cells.country ?? tenant.country),
    externalId: externalId === '' ? null : externalId,
    business:
      registration.name === 'merchant' ? { tradeName, categoryCode, municipality: municipality.trim() || null } : null,
    givenNames: cells.givenNames ?? '',
    familyNames: cells.familyNames ?? '',
    dateOfBirth: cells.dateOfBirth ?? '',
    documentType: code(cells.documentType ?? DOCUMENT_TYPES[tenant.country][0]),
    documentNumber: cells.documentNumber ?? '',
    phone: cells.phone ?? '',
    locale: code(locale).toLowerCase() || DEFAULT_LOCALE,
    consent: consents ? { version: 'attested', acceptedAt: now, channel: 'import' } : 'consent_missing',
  }
}

/** The caller's own id in a form that every database keeps: it is shown again also when the row is refused for it. */
export const storableId = (externalId: string): string => externalId.replaceAll(/[\p{Cc}\p{Cs}]/gu, '\ufffd')

const code = (cell: string): string => cell.normalize('NFC').trim().toUpperCase()
