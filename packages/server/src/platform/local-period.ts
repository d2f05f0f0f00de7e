import { type FieldError, PistoProblem } from '@pisto/contract'
import { localDay } from '@pisto/ledger'

/** Whole days of a tenant's calendar. */
export interface LocalPeriod {
  /** First day, ISO 8601. */
  readonly from: string
  /** Last day. */
  readonly to: string
  /** The first moment of the first day. */
  readonly start: Date
  /** The first moment after the last day. */
  readonly end: Date
}

/** What one asks for: both may be left out. */
export interface AskedPeriod {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/**
 * The days that a request names.
 *
 * @param asked.from Default: the first of the month of `to`.
 * @param asked.to Default: today.
 * @param options.beginning Instead: the default of `from`.
 * @throws {PistoProblem} `request_invalid`: no day of the calendar from 1970 to 9998, or the last before the first
 */
export function localPeriod(
  asked: AskedPeriod,
  { timeZone, now, beginning }: { readonly timeZone: string; readonly now: Date; readonly beginning?: Date },
): LocalPeriod {
  const to = dayOf(asked.to ?? localDay(now, timeZone), 'to')
  const first = beginning === undefined ? to.with({ day: 1 }) : earlier(dayIn(beginning, timeZone), to)
  const from = asked.from === undefined ? first : dayOf(asked.from, 'from')
  if (Temporal.PlainDate.compare(from, to) > 0) throw refused('to', REVERSED)
  return {
    from: from.toString(),
    to: to.toString(),
    start: startOf(from, timeZone),
    end: startOf(to.add({ days: 1 }), timeZone),
  }
}

const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) > 0 ? b : a

const dayIn = (time: Date, timeZone: string): Temporal.PlainDate => Temporal.PlainDate.from(localDay(time, timeZone))

/** Days begin at midnight, or when the clock jumps over it. */
const startOf = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime({ timeZone }).epochMilliseconds)

/** What both databases can tell apart from `infinity` and from no year at all. */
const YEARS = { first: 1970, last: 9998 }

function dayOf(text: string, field: string): Temporal.PlainDate {
  const day = parsed(text)
  if (day === undefined || day.year < YEARS.first || day.year > YEARS.last) throw refused(field, NO_DAY)
  return day
}

function parsed(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const refused = (field: string, rule: Omit<FieldError, 'pointer'>): PistoProblem =>
  new PistoProblem('request_invalid', {}, { errors: [{ pointer: `/${field}`, ...rule }] })

const NO_DAY = {
  code: 'date_invalid',
  message: `There is no such day; days are from ${YEARS.first} to ${YEARS.last}`,
  messageEs: `No existe ese día; los días van de ${YEARS.first} a ${YEARS.last}`,
} as const satisfies Omit<FieldError, 'pointer'>

const REVERSED = {
  code: 'period_reversed',
  message: 'The last day is before the first',
  messageEs: 'El último día es anterior al primero',
} as const satisfies Omit<FieldError, 'pointer'>
