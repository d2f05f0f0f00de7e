import { PistoProblem } from '@pisto/contract'

/** What both databases can tell apart and JavaScript can print: anything else is a slip of the keyboard. */
const EARLIEST_MS = Date.parse('1970-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * The moment that a query names.
 *
 * @param text RFC 3339, as its schema has checked; there are texts of that form that are no time.
 * @param field Name of the query's field, for the refusal.
 * @throws {PistoProblem} `request_invalid`: not from 1970 to 9999
 */
export function momentOf(text: string | undefined, field: string): Date | undefined {
  if (text === undefined) return undefined
  const timeMs = Date.parse(text)
  if (timeMs >= EARLIEST_MS && timeMs <= LATEST_MS) return new Date(timeMs)
  throw new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: `/${field}`,
          code: 'time_out_of_range',
          message: 'Must be a time from 1970 to 9999',
          messageEs: 'Debe ser una hora entre 1970 y 9999',
        },
      ],
    },
  )
}
