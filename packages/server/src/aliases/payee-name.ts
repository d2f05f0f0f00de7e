import type { RegisteredPerson, Registration } from '../registrations/registration.ts'

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
 * @returns `Tortillería Ñandú`, `Rosa U.`
 */
export function payeeName({
  business,
  person,
}: Pick<Registration, 'business'> & { readonly person: RegisteredPerson | null }): string {
  if (business !== null) return business.tradeName
  if (person === null) return ''
  const [first = ''] = (person.givenNames ?? '').split(' ')
  const family = (person.familyNames ?? '').split(' ').find((word) => !PARTICLES.has(word.toLowerCase())) ?? ''
  const [initial = ''] = Array.from(CHARACTERS.segment(family), ({ segment }) => segment)
  return initial === '' ? first : `${first} ${initial.toUpperCase()}.`
}
