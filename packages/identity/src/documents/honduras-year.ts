import type { KnownFacts } from './document-rule.ts'

const YEAR_MIN = 1900
const YEAR_MAX = 2099 // when nobody says what day it is

/** Can this be the year of birth inside a Honduran number, given what is known about the holder? */
export function isBirthYear(year: string, known: KnownFacts): boolean {
  if (known.birthDate !== undefined && known.birthDate.slice(0, 4) !== year) return false
  const latest = known.today === undefined ? YEAR_MAX : Number(known.today.slice(0, 4))
  return Number(year) >= YEAR_MIN && Number(year) <= latest
}
