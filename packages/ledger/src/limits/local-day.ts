/**
 * The calendar day somewhere.
 *
 * @param timeZone IANA name, such as `America/Guatemala`.
 * @returns ISO 8601 date.
 */
export function localDay(time: Date, timeZone: string): string {
  const timeMs = time.getTime()
  if (last.timeMs === timeMs && last.timeZone === timeZone) return last.day
  const day = Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  last = { timeMs, timeZone, day }
  return day
}

/** A batch asks for each of its requests, all at one time. */
let last = { timeMs: Number.NaN, timeZone: '', day: '' }
