import { type ExplainedDecision, NotFound, type RegistrationDecision, type RegistrationStatus } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import { CASES_SCOPE, findDecision, listDecisions, showDecision } from './decisions.ts'
import { type Kind, type Seen, seenAt } from './kinds.ts'
import type { Registration } from './registration.ts'
import { listedFor } from './self-registration.ts'
import { getRegistration, type RegistrationDeps } from './service.ts'
import { listRegistrations } from './store.ts'

export interface RegistrationQuery extends PageQuery {
  readonly status?: RegistrationStatus
  readonly externalId?: string
  readonly assignedTo?: string
  readonly reviewing?: boolean
}

/**
 * A page of merchants or consumers, newest first; the cursor is the last id of the page before.
 *
 * @throws {PistoProblem} `request_invalid`: `after` is no cursor of this list
 */
export const listPage = <Answer>(
  deps: Pick<RegistrationDeps, 'db' | 'personalData' | 'clock'>,
  call: Call,
  kind: Kind<Answer>,
  { status, externalId, assignedTo, reviewing, ...query }: RegistrationQuery,
): Promise<{ data: Answer[]; nextCursor: string | null }> =>
  pageById(
    query,
    kind.prefix,
    (page) =>
      listRegistrations(deps, deps.db, call.tenantId, kind.name, {
        ...{ ...page, status, externalId, assignedTo, reviewing },
        ids: listedFor(call, kind.name),
      }),
    (registration) => kind.show(registration, seenAt(call, deps.clock.now())),
  )

/**
 * What somebody sees of one registration now.
 *
 * @throws {NotFound} this tenant has no such registration
 */
export async function showOne<Answer>(
  deps: Pick<RegistrationDeps, 'db' | 'personalData' | 'clock'>,
  call: Call,
  kind: Kind<unknown>,
  id: string,
  show: (registration: Registration, seen: Seen) => Answer,
): Promise<Answer> {
  return show(await getRegistration(deps, deps.db, call.tenantId, kind, id), seenAt(call, deps.clock.now()))
}

/**
 * A page of what operators decided about a registration, newest first. What was decided about cases is for whoever may
 * read cases.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {PistoProblem} `request_invalid`: `after` is no cursor of this list
 */
export async function decisionPage(
  deps: Pick<RegistrationDeps, 'db' | 'personalData'>,
  { tenantId, livemode, scopes }: Call,
  kind: Kind<unknown>,
  id: string,
  query: PageQuery,
): Promise<{ data: RegistrationDecision[]; nextCursor: string | null }> {
  const registration = await getRegistration(deps, deps.db, tenantId, kind, id)
  const cases = scopes.has(CASES_SCOPE)
  return pageById(
    query,
    'dec',
    (page) => listDecisions(deps, deps.db, tenantId, registration, { ...page, cases }),
    (decision) => showDecision(decision, livemode),
  )
}

/**
 * One decision about a registration, with what the operator saw.
 *
 * @throws {NotFound} this tenant has no such registration, or no such decision about it that the caller may know of
 */
export async function explainDecision(
  deps: Pick<RegistrationDeps, 'db' | 'personalData'>,
  { tenantId, livemode, scopes }: Call,
  kind: Kind<unknown>,
  id: string,
  decisionId: string,
): Promise<ExplainedDecision> {
  const registration = await getRegistration(deps, deps.db, tenantId, kind, id)
  const asked = { decisionId, cases: scopes.has(CASES_SCOPE) }
  const found = await findDecision(deps, deps.db, tenantId, registration, asked)
  if (found === undefined) throw new NotFound('decision_not_found', { id: decisionId })
  return { ...showDecision(found.decision, livemode), content: found.content }
}
