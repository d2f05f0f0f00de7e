import { createHmac } from 'node:crypto'
import type { ScreeningSubject } from '@pisto/identity/screening'
import { canonicalJson } from '@pisto/proof'
import { fullName, type PersonDocument, type Registration } from '../registrations/registration.ts'
import { serialOf } from '../registrations/sandbox-registry.ts'

/** Types of documents as lists have them. */
const ID_TYPES = { DPI: 'GT_CUI', DNI: 'HN_DNI', DUI: 'SV_DUI' } as const

const TAX_ID_TYPES = { GT: 'GT_NIT', HN: 'HN_RTN', SV: 'SV_NIT' } as const

/**
 * Whom a registration is about: the person once there is a name, or a document, whose number alone can be on a list; the
 * business by its own name; and who owns it, once they are given.
 */
export function subjectsOf(
  { country, person, business, dossier }: Pick<Registration, 'country' | 'person' | 'business' | 'dossier'>,
  { livemode }: { readonly livemode: boolean },
): readonly ScreeningSubject[] {
  const { dateOfBirth, document } = person
  const name = fullName(person)
  const natural: ScreeningSubject[] =
    name === null && document === null
      ? []
      : [
          {
            country,
            ...(dateOfBirth !== null && { dob: dateOfBirth }),
            ...(document !== null && { ids: idsOf(country, document, livemode) }),
            kind: 'person',
            name: name ?? '',
          },
        ]
  if (business === null) return natural
  const { taxId, beneficialOwners } = dossier
  const ids = taxId === null ? {} : { ids: [`${TAX_ID_TYPES[country]}:${taxId}`] }
  const owners = beneficialOwners.map(
    ({ name, dateOfBirth }): ScreeningSubject => ({ dob: dateOfBirth, kind: 'person', name }),
  )
  return [...natural, { country, ...ids, kind: 'organisation', name: business.tradeName }, ...owners]
}

function idsOf(country: Registration['country'], { type, number }: PersonDocument, livemode: boolean): string[] {
  const magic = livemode ? [] : [`SANDBOX_SERIAL:${serialOf(country, number).slice(-4)}`]
  return [`${ID_TYPES[type]}:${number}`, ...magic]
}

/** Tells whether the same was asked. Keyed: names can be guessed. */
export const hashInput = (secret: Uint8Array, subjects: readonly ScreeningSubject[]): Uint8Array =>
  new Uint8Array(
    createHmac('sha256', secret)
      .update(`screening\n${canonicalJson(subjects)}`)
      .digest(),
  )
