import { PistoProblem, type RegistrationStatus } from '@pisto/contract'
import { isTypeId } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import type { Kind } from './kinds.ts'
import type { RegistrationDeps } from './service.ts'
import { listRegistrations } from './store.ts'

/** Of every list: rows on a page. */
export const LIMIT_DEFAULT = 20

export interface RegistrationQuery {
  readonly limit?: number
  readonly after?: string
  readonly status?: RegistrationStatus
  readonly externalId?: string
}

/**
 * A page of merchants or consumers, newest first; the cursor is the last id of the page before.
 *
 * @throws {PistoProblem} `request_invalid`: `after` is no cursor of this list
 */
export async function listPage<Answer>(
  { db }: Pick<RegistrationDeps, 'db'>,
  { tenantId, livemode }: Call,
  kind: Kind<Answer>,
  { limit = LIMIT_DEFAULT, after, status, externalId }: RegistrationQuery,
): Promise<{ data: Answer[]; nextCursor: string | null }> {
  if (after !== undefined && !isTypeId(after, kind.prefix)) throw refuseCursor()
  const found = await listRegistrations(db, tenantId, kind.name, {
    status,
    externalId,
    before: after,
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  return {
    data: page.map((registration) => kind.show(registration, livemode)),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** The problem of an `after` that no page of this list gave. */
export const refuseCursor = (): PistoProblem =>
  new PistoProblem(
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
