import type { CountryCode } from '@pisto/contract'

/** Each country is one time zone, without daylight saving time (IANA tz database, `zone1970.tab`). */
export const TIME_ZONES: Readonly<Record<CountryCode, string>> = {
  GT: 'America/Guatemala',
  HN: 'America/Tegucigalpa',
  SV: 'America/El_Salvador',
}

/** @param day ISO 8601 date. @param days May be negative. */
export const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** The first moment after a day. @param day ISO 8601 date. */
export const endOfDay = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds)
