import { lookAlikeKeys, type Resemblance } from '../look-alike/look-alike.ts'
import { fold } from '../people/fold.ts'
import { compareBirthDates } from './birth-dates.ts'
import { screen } from './screen.ts'

/** What tells a person where the number of the document does not. */
export interface DescribedPerson {
  readonly givenNames: string
  readonly familyNames: string
  /** ISO 8601 date. */
  readonly dateOfBirth: string
}

/** What a person is found by among a million: two who resemble each other share one of the three, as a rule. */
export interface LikenessKeys {
  /** First given name, first surname, and the date, whichever of month and day comes first. */
  readonly date: string
  /** First given name, both surnames, and the year: month or day may differ. */
  readonly year: string
  /** First given name, both surnames, month and day: the year may differ. */
  readonly day: string
}

const PARTICLES = new Set('de del d la las lo los el y e da do dos das di van von'.split(' '))

const shapesOf = (name: string): readonly string[] =>
  fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !PARTICLES.has(word))
    .slice(0, 2)
    .map((word) => lookAlikeKeys(word).shape)

/** Words count by the classes of their consonants: slips of vowels and of letters that sound alike change nothing. */
export function likenessKeys({ givenNames, familyNames, dateOfBirth }: DescribedPerson): LikenessKeys {
  const [given = ''] = shapesOf(givenNames)
  const [first = '', second = ''] = shapesOf(familyNames)
  const [year = '', month = '', day = ''] = dateOfBirth.split('-')
  const names = `${given} ${first} ${second}`
  return {
    date: `${given} ${first} ${year} ${[month, day].sort().join(' ')}`,
    year: `${names} ${year}`,
    day: `${names} ${month}-${day}`,
  }
}

/**
 * How two people resemble each other, if they do: `same` names, letter by letter, and birth date; `alike`: names that
 * could be one person's (`screen`), and the same birth date; `near`: such names, and a birth date one slip away: month
 * and day swapped, one digit, a day or a year. Twins differ by a given name.
 *
 * @example
 * personResemblance(rosa, { ...rosa, familyNames: 'Umana Peres' }) // 'alike'
 */
export function personResemblance(one: DescribedPerson, other: DescribedPerson): Resemblance | undefined {
  const dates = compareBirthDates(one.dateOfBirth, other.dateOfBirth)
  const isDigit = dates === 'different' && isOneDigit(one.dateOfBirth, other.dateOfBirth)
  if (dates === 'different' && !isDigit) return undefined
  const [a, b] = [one, other].map(({ familyNames, givenNames, dateOfBirth }) => ({
    kind: 'person' as const,
    name: `${familyNames}, ${givenNames}`,
    ...(!isDigit && { dob: dateOfBirth }),
  }))
  if (a === undefined || b === undefined || !screen(a, b).match) return undefined
  if (dates !== 'equal') return 'near'
  return fold(a.name) === fold(b.name) ? 'same' : 'alike'
}

const isOneDigit = (a: string, b: string): boolean =>
  a.length === b.length && [...a].filter((sign, index) => sign !== b[index]).length === 1
