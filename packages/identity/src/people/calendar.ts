const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A day of the proleptic Gregorian calendar; months and days count from 1. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Does this day exist? 30 February never, 29 February in leap years. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return day >= 1 && day <= days
}

/**
 * Reads an ISO 8601 calendar date, extended format, four-digit year.
 *
 * @returns The date, `'format'` when the text is not like `2026-11-24`, `'date'` when no such day exists.
 * @see ISO 8601-1:2019, 5.2.2.1
 */
export function readDate(text: string): CalendarDate | 'format' | 'date' {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'format'
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  return isCalendarDate(year, month, day) ? { year, month, day } : 'date'
}

/** @throws {RangeError} `text` is not a day like `2026-11-24` */
export function getDate(text: string): CalendarDate {
  const date = readDate(text)
  if (typeof date === 'string') throw new RangeError('expected a calendar date like 2026-11-24')
  return date
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
