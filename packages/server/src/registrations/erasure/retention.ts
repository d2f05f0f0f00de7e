import type { CompanionRow } from '@pisto/ledger'
import type { Case } from '../../cases/case.ts'
import { scheduleDue } from '../../platform/due/due.ts'
import { policyOf, type Retention } from '../policy/policy.ts'
import type { Registration } from '../registration.ts'

/** Until when the law keeps somebody's data, and which. */
export interface Kept {
  readonly until: Date
  readonly source: string
}

/** A case, as far as it keeps somebody's data. */
type Confirmed = Pick<Case, 'status' | 'decidedAt'>

const NOTHING = 'No law keeps the data of whoever never was a customer'

/**
 * Until when what a person gave must be kept: so many years from the day of the last decision, in the tenant's time
 * zone. Whoever never was active and was not refused is kept by no law, unless two people confirmed something about them:
 * that is kept as a refusal is, also of whoever was sent back and never returned.
 *
 * @param how.now Business time.
 * @param how.cases Of the person, as far as nobody has cleared them.
 */
export function keptUntil(
  registration: Pick<Registration, 'country' | 'policyVersion' | 'status' | 'accountId' | 'notice'>,
  { now, timeZone, cases }: { readonly now: Date; readonly timeZone: string; readonly cases: readonly Confirmed[] },
): Kept {
  const rule = retentionOf(registration)
  const own = rule && after(rule, registration.notice?.time ?? now.toISOString(), timeZone)
  const confirmed = confirmedUntil(registration, { timeZone, cases })
  if (own === undefined) return confirmed ?? { until: now, source: NOTHING }
  return confirmed !== undefined && confirmed.until > own.until ? confirmed : own
}

/** Until when that is kept which two people confirmed last. @returns Undefined: there is nothing. */
export function confirmedUntil(
  registration: Pick<Registration, 'country' | 'policyVersion'>,
  { timeZone, cases }: { readonly timeZone: string; readonly cases: readonly Confirmed[] },
): Kept | undefined {
  const times = cases.flatMap(({ status, decidedAt }) =>
    status === 'confirmed' && decidedAt !== null ? [decidedAt.toISOString()] : [],
  )
  const last = times.sort().at(-1)
  return last === undefined ? undefined : after(policyOf(registration).retention.rejected, last, timeZone)
}

/** @param time ISO 8601 */
function after(rule: Retention, time: string, timeZone: string): Kept {
  const from = Temporal.Instant.from(time).toZonedDateTimeISO(timeZone)
  return { until: new Date(from.add({ years: rule.years }).epochMilliseconds), source: lawOf(rule) }
}

/** Kinds of due items: the law has let go of whoever left; a draft that nobody has touched for long. */
export const RETAINED = 'registration.retain'
export const ABANDONED = 'registration.abandon'

/** No law says how long a draft is kept: a default of our own. */
export const ABANDONED_DAYS = 180
const DAY_MS = 86_400_000

/** What commits when somebody is closed or rejected: they are erased when the law lets go, without anybody's asking. */
export const retaining = (to: Registration, moment: { readonly now: Date; readonly timeZone: string }): CompanionRow =>
  scheduleDue.row({ kind: RETAINED, reference: to.id, dueAt: keptUntil(to, { ...moment, cases: [] }).until })

/** What commits with each change of a draft: unless there is another one, it is erased in its time. */
export const abandoning = (draft: Draft, now: Date): CompanionRow[] =>
  draft.status === 'draft' ? [scheduleDue.row(abandoned(draft, now))] : []

type Draft = Pick<Registration, 'id' | 'status' | 'revision'>

/** When a draft that was changed now is abandoned, unless it is changed again. */
export const abandoned = ({ id, revision }: Omit<Draft, 'status'>, now: Date) => ({
  kind: ABANDONED,
  reference: `${id} ${revision}`,
  dueAt: new Date(now.getTime() + ABANDONED_DAYS * DAY_MS),
})

/** What keeps somebody's data, under the policy of the last decision. @returns Undefined: nothing does. */
export function retentionOf(
  registration: Pick<Registration, 'country' | 'policyVersion' | 'status' | 'accountId'>,
): Retention | undefined {
  const { retention } = policyOf(registration)
  if (registration.status === 'rejected') return retention.rejected
  return registration.accountId === null ? undefined : retention.closed
}

/** Law and article in one line. */
export const lawOf = ({ source: { law, article } }: Retention): string =>
  article === null ? law : `${law}, artículo ${article}`
