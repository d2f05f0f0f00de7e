import type { Case } from '../../cases/case.ts'
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
