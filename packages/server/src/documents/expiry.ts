import { PistoProblem } from '@pisto/contract'
import { localDay } from '@pisto/ledger'
import { endOfDay } from '../registrations/local-days.ts'

/**
 * When a document's last day is over, where its tenant is.
 *
 * @param day ISO 8601.
 * @throws {PistoProblem} `document_date_invalid`: no day of the calendar, or over already
 */
export function endOfValidity(day: string, timeZone: string, now: Date): Date {
  const last = parsed(day)
  const isOver = last === undefined || day < localDay(now, timeZone)
  if (isOver || last.year > LAST_YEAR) throw new PistoProblem('document_date_invalid')
  return endOfDay(day, timeZone)
}

/** What both databases can tell apart from `infinity`. */
const LAST_YEAR = 9998

function parsed(day: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
