import { policyOf, type Retention } from '../policy/policy.ts'
import type { Registration } from '../registration.ts'

/** Until when the law keeps somebody's data, and which. */
export interface Kept {
  readonly until: Date
  readonly source: string
}

const NOTHING = 'No law keeps the data of whoever never was a customer'

/**
 * Until when what a person gave must be kept: so many years from the day of the last decision, in the tenant's time
 * zone. Whoever never was active and was not refused is kept by no law.
 *
 * @param now Business time.
 */
export function keptUntil(
  registration: Pick<Registration, 'country' | 'policyVersion' | 'status' | 'accountId' | 'notice'>,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): Kept {
  const rule = retentionOf(registration)
  if (rule === undefined) return { until: now, source: NOTHING }
  const from = Temporal.Instant.from(registration.notice?.time ?? now.toISOString()).toZonedDateTimeISO(timeZone)
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
