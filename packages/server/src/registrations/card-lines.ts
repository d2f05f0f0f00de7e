import { checkMrz, type MrzAnswer } from '@pisto/identity/mrz'
import { type Flag, withFlag } from './flags.ts'
import { isIdentified, type Registration } from './registration.ts'

/** The machine-readable lines of a card as somebody sent them. Personal: stored only sealed. */
export interface CardLines {
  readonly mrz: string
  /** The last day that was sent along, ISO 8601; null: none was. */
  readonly expiresOn: string | null
}

/** @returns Undefined: there are no lines. What is not typed yet is not compared. */
export function readCard(
  { country, person, cardLines }: Pick<Registration, 'country' | 'person' | 'cardLines'>,
  today: string,
): MrzAnswer | undefined {
  if (cardLines === null) return undefined
  const { mrz, expiresOn } = cardLines
  if (!isIdentified(person)) return checkMrz(mrz, undefined, today)
  const { document, ...names } = person
  const typed = { country, documentNumber: document.number, ...names, ...(expiresOn !== null && { expiresOn }) }
  return checkMrz(mrz, typed, today)
}

/**
 * The registration with what its card's lines say against what was typed: looked at anew whenever one of the two is
 * given, in whatever order.
 *
 * @param today ISO 8601 date where the person is.
 */
export function withCardRead(registration: Registration, today: string): Registration {
  const findings = (readCard(registration, today)?.findings ?? []).map(({ field, code }) => ({ field, code }))
  const flag: Flag = { code: 'mrz_mismatch', how: null, registrationIds: [], findings }
  const flags = withFlag(registration.flags, flag.code, findings.length > 0 ? flag : undefined)
  return { ...registration, flags }
}
