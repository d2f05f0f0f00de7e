import { SCREENING_ALGORITHM } from '@pisto/identity/screening'
import { type Queryable, toUuid } from '@pisto/ledger'
import { type DueItem, scheduleDue } from '../../platform/due/due.ts'
import type { ScreeningList } from '../lists/list.ts'
import { listsInForce } from '../screen-lists.ts'

export const SWEEP = 'screening.sweep'

/** How far everybody has been asked about a list. */
export interface Sweep {
  /** `scl_…` */
  readonly listId: string
  /** A uuid: those after it are still to be asked. */
  readonly after: string
  /** By which rules: only a process with these goes on with it. */
  readonly rules: string
  /** When it was scheduled, in milliseconds of business time: the same rules may ask again. Undefined: not yet kept. */
  readonly run: string | undefined
}

const FIRST = '00000000-0000-0000-0000-000000000000'

export const referenceOf = ({ listId, after, rules, run }: Sweep): string => [listId, after, rules, run].join(' ')

export function readReference(reference: string): Sweep {
  const [listId = '', after = FIRST, rules = '', run] = reference.split(' ')
  return { listId, after, rules, run }
}

/** From the first person, by the present rules. */
const fromFirst = (listId: string, time: Date): string =>
  referenceOf({ listId, after: FIRST, rules: SCREENING_ALGORITHM, run: String(time.getTime()) })

/** Due with the activation of a list. @param listId `scl_…` */
export const rescreenDue = (listId: string, dueAt: Date) =>
  scheduleDue.row({ kind: SWEEP, reference: fromFirst(listId, dueAt), dueAt })

/** At start: has everybody asked again about lists of which they were asked by other rules than today's, or unknown ones. */
export async function scheduleRescreenings(
  db: Queryable,
  tenants: readonly { readonly id: string }[],
  now: Date,
): Promise<void> {
  for (const { id: tenantId } of tenants) {
    for (const list of await listsInForce(db, tenantId, now)) {
      const isFirst = list.rescreenedAt === null // its own sweep is due, or under way
      if (!isFirst && !isAskedToday(list)) await schedule(db, tenantId, list.id, now)
    }
  }
}

/** Longer than a process that is there lets anything wait. */
const LEFT_MS = 300_000

/**
 * A sweep by other rules is left to a process that has them, while servers are replaced one by one. Where none comes,
 * this one asks everybody from the first on: what the others found out is not what the present rules would.
 *
 * @throws {Error} it is left: it stays due
 */
export async function takeOver(db: Queryable, { tenantId, reference, dueAt }: DueItem, now: Date): Promise<void> {
  const { listId, rules, run } = readReference(reference)
  if (run !== undefined && now.getTime() - dueAt.getTime() < LEFT_MS)
    throw new Error(`${listId} is left to a server that has the rules ${rules}`)
  const list = (await listsInForce(db, tenantId, now)).find(({ id }) => id === listId)
  if (list !== undefined && !isAskedToday(list)) await schedule(db, tenantId, listId, now)
}

const isAskedToday = ({ rescreenedBy }: ScreeningList): boolean => rescreenedBy === SCREENING_ALGORITHM

/** Unless the present rules are at it already. */
async function schedule(db: Queryable, tenantId: string, listId: string, now: Date): Promise<void> {
  await db.query(
    `insert into due (tenant_id, kind, reference, due_at)
     select $1::uuid, $2::text, $3::text, $4::timestamptz
     where not exists (select 1 from due where tenant_id = $1 and kind = $2 and reference like $5)
     on conflict (tenant_id, kind, reference) do nothing`,
    [toUuid(tenantId, 'ten'), SWEEP, fromFirst(listId, now), now, `${listId} % ${SCREENING_ALGORITHM} %`],
  )
}
