import { createHmac } from 'node:crypto'
import type { ScreeningSubject } from '@pisto/identity/screening'
import { canonicalJson } from '@pisto/proof'
import type { Registration } from '../registrations/registration.ts'
import { serialOf } from '../registrations/sandbox-registry.ts'

/** Types of documents as lists have them. */
const ID_TYPES = { DPI: 'GT_CUI', DNI: 'HN_DNI', DUI: 'SV_DUI' } as const

const TAX_ID_TYPES = { GT: 'GT_NIT', HN: 'HN_RTN', SV: 'SV_NIT' } as const

/** Whom a registration is about: the person, the business by its own name, and who owns it, once they are given. */
export function subjectsOf(
  { country, person, business, dossier }: Pick<Registration, 'country' | 'person' | 'business' | 'dossier'>,
  { livemode }: { readonly livemode: boolean },
): readonly ScreeningSubject[] {
  const { givenNames, familyNames, dateOfBirth, document } = person
  const magic = livemode ? [] : [`SANDBOX_SERIAL:${serialOf(country, document.number).slice(-4)}`]
  const natural: ScreeningSubject = {
    country,
    dob: dateOfBirth,
    ids: [`${ID_TYPES[document.type]}:${document.number}`, ...magic],
    kind: 'person',
    name: `${givenNames} ${familyNames}`,
  }
  if (business === null) return [natural]
  const { taxId, beneficialOwners } = dossier
  const ids = taxId === null ? {} : { ids: [`${TAX_ID_TYPES[country]}:${taxId}`] }
  const owners = beneficialOwners.map(
    ({ name, dateOfBirth }): ScreeningSubject => ({ dob: dateOfBirth, kind: 'person', name }),
  )
  return [natural, { country, ...ids, kind: 'organisation', name: business.tradeName }, ...owners]
}

/** Tells whether the same was asked. Keyed: names can be guessed. */
export const hashInput = (secret: Uint8Array, subjects: readonly ScreeningSubject[]): Uint8Array =>
  new Uint8Array(
    createHmac('sha256', secret)
      .update(`screening\n${canonicalJson(subjects)}`)
      .digest(),
  )
