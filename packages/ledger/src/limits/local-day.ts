/**
 * The calendar day somewhere.
 *
 * @param timeZone IANA name, such as `America/Guatemala`.
 * @returns ISO 8601 date.
 */
export const localDay = (time: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
