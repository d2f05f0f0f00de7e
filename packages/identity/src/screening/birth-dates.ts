import { isCalendarDate } from '../people/calendar.ts'

/** How two birth dates stand to each other; `unknown` where one is missing or cannot be read. */
export type BirthDateRelation = 'equal' | 'near' | 'different' | 'unknown'

/** A birth date as far as it is known. */
export interface PartialDate {
  readonly year: number
  readonly month: number | undefined
  readonly day: number | undefined
}

/**
 * Compares birth dates as people and lists write them: day and month may be swapped, day or year be off by one, two
 * digits of the year be swapped, and lists often know the year only. Everything else is another person's date.
 *
 * @param a `1975-02-11`, `1975-02` or `1975`.
 */
export function compareBirthDates(a: string | undefined, b: string | undefined): BirthDateRelation {
  return relateBirthDates(readBirthDate(a), readBirthDate(b))
}

/** `compareBirthDates` for dates that are compared more than once. */
export function relateBirthDates(left: PartialDate | undefined, right: PartialDate | undefined): BirthDateRelation {
  if (left === undefined || right === undefined) return 'unknown'
  const isWhole = left.day !== undefined && right.day !== undefined
  if (isWhole && left.year === right.year && left.month === right.month && left.day === right.day) return 'equal'
  return isNear(left, right) ? 'near' : 'different'
}

function isNear(a: PartialDate, b: PartialDate): boolean {
  const years = Math.abs(a.year - b.year)
  if (a.month === undefined || b.month === undefined) return years <= 1
  if (a.day === undefined || b.day === undefined) return years === 0 && a.month === b.month
  if (a.month === b.month && a.day === b.day) return years === 1 || haveSwappedDigits(a.year, b.year)
  if (years === 0 && a.month === b.day && a.day === b.month) return true
  return Math.abs(dayNumber(a.year, a.month, a.day) - dayNumber(b.year, b.month, b.day)) === 1
}

const haveSwappedDigits = (a: number, b: number): boolean => a === swappedYear(b)

/** With its last two digits swapped. Dates whose years are more than one apart, and are not this, are different. */
export const swappedYear = (year: number): number =>
  Math.floor(year / 100) * 100 + (year % 10) * 10 + Math.floor((year % 100) / 10)

/** A whole date as one number, other ones as 0: two that are equal and not 0 are one date. */
export const wholeDate = (date: PartialDate | undefined): number =>
  date?.day === undefined ? 0 : (date.year * 100 + (date.month ?? 0)) * 100 + date.day

/** Days of the proleptic Gregorian calendar, counted from any one. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1 // the year begins in March: leap days are its last
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day
  return shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + ofYear
}

/** Undefined when it cannot be read. */
export function readBirthDate(text: string | undefined): PartialDate | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text?.trim() ?? '') ?? []
  if (year === undefined) return undefined
  const date = { year: Number(year), month: partOf(month), day: partOf(day) }
  if (!isCalendarDate(date.year, date.month ?? 1, date.day ?? 1)) return undefined
  return date
}

/** `00` is what some lists write for not known. */
const partOf = (digits: string | undefined): number | undefined =>
  digits === undefined || digits === '00' ? undefined : Number(digits)
