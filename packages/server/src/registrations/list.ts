import type { RegistrationStatus } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import type { Kind } from './kinds.ts'
import type { RegistrationDeps } from './service.ts'
import { listRegistrations } from './store.ts'

export interface RegistrationQuery extends PageQuery {
  readonly status?: RegistrationStatus
  readonly externalId?: string
}

/**
 * A page of merchants or consumers, newest first; the cursor is the last id of the page before.
 *
 * @throws {PistoProblem} `request_invalid`: `after` is no cursor of this list
 */
export const listPage = <Answer>(
  { db }: Pick<RegistrationDeps, 'db'>,
  { tenantId, livemode }: Call,
  kind: Kind<Answer>,
  { status, externalId, ...query }: RegistrationQuery,
): Promise<{ data: Answer[]; nextCursor: string | null }> =>
  pageById(
    query,
    kind.prefix,
    (page) => listRegistrations(db, tenantId, kind.name, { ...page, status, externalId }),
    (registration) => kind.show(registration, livemode),
  )
