import type { Place } from '../places/place.ts'

/** Why a national id is refused. The words are those of the test vectors. */
export type NationalIdCode =
  | 'type' // the country has no such document
  | 'format' // a character that cannot be there
  | 'length'
  | 'department' // no such department
  | 'municipality' // no such municipality in that department
  | 'check' // the check digit does not match
  | 'remainder10' // GT DPI: the check comes to 10, which one digit cannot hold
  | 'cf' // GT NIT: consumidor final, which is nobody's number
  | 'placeholder' // all zeros
  | 'date' // SV NIT: the date inside is not in the calendar
  | 'year' // HN: the year inside cannot be, or is not that of the birth date

/** What else is known about the holder; what is left out is not compared. */
export interface KnownFacts {
  /** ISO date that `checkBirthDate` accepted. Its year is compared with the year inside a Honduran number. */
  readonly birthDate?: string
  /** ISO date. No number can come from a later year. */
  readonly today?: string
}

/** What a number that keeps the rules tells. */
export interface NationalIdFacts {
  /** The form to store and compare: digits only, and the `K` of a Guatemalan NIT. */
  readonly canonical: string
  /** The form to show, grouped as on the card. */
  readonly formatted: string
  /** Where the holder was registered, when the number says so. */
  readonly place?: Place
  /** Year of birth, when the number says so. */
  readonly birthYear?: number
  /** Person or organisation, when the number says so. */
  readonly holder?: 'natural' | 'legal'
}

/** The rules of one kind of document. */
export interface DocumentRule {
  readonly name: string
  /** The characters it has, for the texts: English, Spanish. */
  readonly characters: readonly [string, string]
  /** Which spellings, once without separators, have only characters that can be there. */
  readonly alphabet: RegExp
  readonly lengthMin: number
  readonly lengthMax: number
  /** Spelling with one meaning only; for numbers whose leading zeros are not significant. */
  readonly significant?: (spelling: string) => string
  /** Reads a number of the right characters and length. */
  readonly read: (number: string, known: KnownFacts) => NationalIdFacts | Exclude<NationalIdCode, 'type'>
}
