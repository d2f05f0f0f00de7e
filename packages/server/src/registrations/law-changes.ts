import type { CountryCode } from '@pisto/contract'
import { companion, localDay, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import { type DueHandler, type DueItem, scheduleDue } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { checkDue } from './checks.ts'
import { settleDemands } from './demands.ts'
import { dayAfter, endOfDay, TIME_ZONES } from './local-days.ts'
import { policiesOf, policyOn } from './policy/policy.ts'
import {
  afterPlace,
  FIRST_PLACE,
  IS_SETTLED,
  type Place,
  placeIn,
  readPlaces,
  SETTLED_AFTER,
} from './settled-people.ts'

const DUE_KIND = 'policy.apply'

/** People that one due item looks at: a second or two. */
const PEOPLE = 1_000

/**
 * At start: has every version of the policy that is in force, or will be, applied to whoever is active, on its first
 * day and once. A version that nobody was decided before needs no looking.
 */
export async function scheduleLawChanges(
  db: Queryable,
  tenants: readonly { readonly id: string; readonly country: CountryCode }[],
  now: Date,
): Promise<void> {
  for (const { id, country } of tenants) {
    const zone = TIME_ZONES[country]
    const today = localDay(now, zone)
    const inForce = policyOn(country, today)
    for (const { version, effectiveFrom } of policiesOf(country)) {
      if (version !== inForce.version && effectiveFrom <= today) continue
      await db.query(
        `insert into due (tenant_id, kind, reference, due_at)
         select $1, $2, $3 || ' ' || $4, $5
         where not exists (select 1 from law_changes where tenant_id = $1 and version = $3)
           and not exists (select 1 from due where tenant_id = $1 and kind = $2 and split_part(reference, ' ', 1) = $3)
           and ($6 or ${decidedUnder('min')} <> $3 or ${decidedUnder('max')} <> $3)
         on conflict (tenant_id, kind, reference) do nothing`,
        [
          ...[toUuid(id, 'ten'), DUE_KIND, version, FIRST_PLACE],
          ...[endOfDay(dayAfter(effectiveFrom, -1), zone), effectiveFrom > today],
        ],
      )
    }
  }
}

/**
 * The first or last version that anybody active was decided under: one look into an index each. Asked whether there is
 * another than this one, the planner expects to meet somebody soon, and reads everybody when there is none.
 */
const decidedUnder = (end: 'min' | 'max'): string =>
  `(select ${end}(split_part(policy_version, '+', 1)) from registrations where tenant_id = $1 and ${IS_SETTLED})`

/** Looks at everybody active under a version that has come into force; who lacks something is asked for it. */
export const lawChangeDueHandlers = (
  deps: Pick<Runtime, 'db' | 'ledger' | 'clock' | 'personalData'>,
): Readonly<Record<string, DueHandler>> => ({
  [DUE_KIND]: async (item) => {
    const [version = ''] = item.reference.split(' ')
    const after = afterPlace(item.tenantId, placeIn(item.reference), PEOPLE)
    const found = await deps.db.query<Place & Record<string, unknown>>(SETTLED_AFTER, after)
    const last = found.length < PEOPLE ? undefined : found.at(-1)
    const asked = await whoIsAsked(deps, item, found)
    await decideDue(deps.ledger, item, async ({ ledgerTime }) => ({
      purpose: 'policy.applied',
      companions: [
        ...asked.map((registration) => checkDue(registration, ledgerTime)),
        last === undefined
          ? insertLawChanges.row({ version, appliedAt: ledgerTime })
          : scheduleDue.row({ ...item, reference: `${version} ${last.kind} ${last.id}` }),
      ],
      answer: null,
    }))
  },
})

/** Those for whom something changes: each is then decided by itself. */
async function whoIsAsked(
  deps: Pick<Runtime, 'db' | 'clock' | 'personalData'>,
  { tenantId }: DueItem,
  found: readonly Place[],
) {
  const people = await readPlaces(deps, tenantId, found)
  return people.filter((registration) => settleDemands(registration, deps.clock.now()).to !== registration)
}

const insertLawChanges = companion<{ readonly version: string; readonly appliedAt: Date }>({
  sql: `insert into law_changes (tenant_id, version, applied_at)
        select $1, x.version, x.applied_at from unnest($2::text[], $3::timestamptz[]) as x(version, applied_at)
        on conflict (tenant_id, version) do nothing`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.version)), sqlArray(rows.map(({ row }) => row.appliedAt))],
})
