import type { Registration } from '../registrations/registration.ts'

/** Words before the name proper: `de la Cruz` is known by its C. */
const PARTICLES = new Set(['de', 'del', 'la', 'las', 'los', 'y', 'da', 'dos', 'van', 'von', 'mac'])

/** An accent may be a code point of its own. */
const CHARACTERS = new Intl.Segmenter('es', { granularity: 'grapheme' })

/**
 * What a stranger who types an alias or phone may see of its holder.
 *
 * A shop's trade name is over its door, and the payer must recognise it whole: half a name is what an impostor needs.
 * A person's full name would make every phone number a way to its owner: first name and initial are enough for a payer
 * who knows whom to pay, and little for one who does not.
 *
 * On tier 0 there may be no name: then the end of the phone, which says something to whoever knows it.
 *
 * @returns `Tortillería Ñandú`, `Rosa U.`, `+502 ···· ··01`
 */
export function payeeName({
  business,
  holder,
}: Pick<Registration, 'business'> & { readonly holder: Pick<Registration, 'person' | 'phone'> | null }): string {
  if (business !== null) return business.tradeName
  if (holder === null) return ''
  const { givenNames, familyNames } = holder.person
  if (givenNames === null || familyNames === null) return maskedPhone(holder.phone)
  const [first = ''] = givenNames.split(' ')
  const family = familyNames.split(' ').find((word) => !PARTICLES.has(word.toLowerCase())) ?? ''
  const [initial = ''] = Array.from(CHARACTERS.segment(family), ({ segment }) => segment)
  return initial === '' ? first : `${first} ${initial.toUpperCase()}.`
}

/** @param phone E.164 of Guatemala, El Salvador or Honduras. */
const maskedPhone = (phone: string): string => `${phone.slice(0, 4)} ···· ··${phone.slice(-2)}`
