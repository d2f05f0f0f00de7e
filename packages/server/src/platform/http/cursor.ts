import { PistoProblem } from '@pisto/contract'

export const LIMIT_DEFAULT = 20

/**
 * Refuses a cursor that no page of this list gave out: read as something else it would begin the list anew, for ever.
 *
 * @throws {PistoProblem} `request_invalid`
 */
export function requireCursor(after: string | undefined, isCursor: (after: string) => boolean): void {
  if (after === undefined || isCursor(after)) return
  throw new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: '/after',
          code: 'cursor_invalid',
          message: 'Give back the nextCursor of the page before',
          messageEs: 'Devuelva el nextCursor de la página anterior',
        },
      ],
    },
  )
}
