import { type Finding, findingOf, type Texts } from '../finding.ts'
import { getDate, isCalendarDate, readDate } from './calendar.ts'

/** Why a birth date is refused. */
export type BirthDateCode =
  | 'format' // not like 1990-02-28
  | 'date' // no such day
  | 'future' // after today
  | 'year' // before 1900

/** The date, or why it is refused. */
export type BirthDateCheck = { readonly valid: true; readonly canonical: string } | Finding<BirthDateCode>

const TEXTS: Texts<BirthDateCode> = {
  format: ['Write the birth date as year-month-day, like 1990-02-28', 'Escriba la fecha como año-mes-día: 1990-02-28'],
  date: ['This day is not in the calendar', 'Este día no existe en el calendario'],
  future: ['The birth date is in the future', 'La fecha de nacimiento está en el futuro'],
  year: ['The birth date is before 1900', 'La fecha de nacimiento es anterior a 1900'],
}

const YEAR_MIN = 1900

/**
 * Checks a birth date: a real day, from 1900 on, not after today. Age is not judged here: see `ageOn`.
 *
 * @param text ISO 8601 date; spaces around it are ignored.
 * @param today ISO 8601 date where the person is: the caller owns clock and time zone.
 * @returns The date in canonical form, or a finding.
 * @throws {RangeError} `today` is not a day
 * @example
 * checkBirthDate('1987-02-30', '2026-11-24') // { valid: false, code: 'date', … }
 */
export function checkBirthDate(text: string, today: string): BirthDateCheck {
  const { year: thisYear, month: thisMonth, day: thisDay } = getDate(today)
  const canonical = text.trim()
  const born = readDate(canonical)
  if (typeof born === 'string') return findingOf(TEXTS, born)
  if (born.year < YEAR_MIN) return findingOf(TEXTS, 'year')

  const daysApart = born.year - thisYear || born.month - thisMonth || born.day - thisDay
  return daysApart > 0 ? findingOf(TEXTS, 'future') : { valid: true, canonical }
}

/**
 * The first day on which somebody has lived so many years, as `ageOn` counts.
 *
 * @param birthDate ISO 8601 date.
 * @returns ISO 8601 date.
 * @throws {RangeError} `birthDate` is not a day
 * @example
 * birthdayOf('2008-02-29', 18) // '2026-03-01'
 */
export function birthdayOf(birthDate: string, years: number): string {
  const { year, month, day } = getDate(birthDate)
  const isThere = isCalendarDate(year + years, month, day)
  return isThere ? `${year + years}${birthDate.slice(4)}` : `${year + years}-03-01`
}

/**
 * Whole years lived on a day. Who was born on 29 February completes a year on 1 March of years without
 * that day: the later of the two readings, so that nobody counts as of age too early.
 *
 * @param birthDate ISO 8601 date.
 * @param today ISO 8601 date, not before `birthDate`.
 * @throws {RangeError} one of the two is not a day, or `today` comes first
 * @example
 * ageOn('2008-02-29', '2026-02-28') // 17
 */
export function ageOn(birthDate: string, today: string): number {
  const born = getDate(birthDate)
  const now = getDate(today)
  const birthdayAhead = now.month < born.month || (now.month === born.month && now.day < born.day)
  const age = now.year - born.year - (birthdayAhead ? 1 : 0)
  if (age < 0) throw new RangeError('the birth date is after the day asked about')
  return age
}
