import { companion, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import { type DueHandler, scheduleDue } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { fillBusinessName } from './business-names.ts'
import { fillLikeness } from './likeness.ts'
import {
  afterPlace,
  FIRST_PLACE,
  IS_SETTLED,
  type Place,
  placeIn,
  readPlaces,
  SETTLED_AFTER,
} from './settled-people.ts'

const DUE_KIND = 'lookAlike.fill'

/** What one due item does: a second or two. */
interface Slice {
  /** People that are looked at. */
  readonly people: number
  /** Of them, those who are opened because an index lacks them. */
  readonly missing: number
}
const SLICE: Slice = { people: 5_000, missing: 1_000 }

/**
 * At start: has whoever was active before there were indexes of look-alikes put into them, in the background, once for
 * each tenant. Where nobody is active yet there is nothing to do, and that is written down.
 */
export async function scheduleLookAlikeFill(
  db: Queryable,
  tenants: readonly { readonly id: string }[],
  now: Date,
): Promise<void> {
  for (const { id } of tenants) {
    const tenant = toUuid(id, 'ten')
    await db.query(
      `insert into look_alike_fills (tenant_id, filled_at)
       select $1, $2 where not exists (select 1 from registrations where tenant_id = $1 and ${IS_SETTLED})
       on conflict (tenant_id) do nothing`,
      [tenant, now],
    )
    await db.query(
      `insert into due (tenant_id, kind, reference, due_at)
       select $1, $2, $3, $4
       where not exists (select 1 from look_alike_fills where tenant_id = $1)
         and not exists (select 1 from due where tenant_id = $1 and kind = $2)
       on conflict (tenant_id, kind, reference) do nothing`,
      [tenant, DUE_KIND, FIRST_PLACE, now],
    )
  }
}

/**
 * Looks through everybody active in the order of their keys. A start that was cut short goes on with the slice it was at;
 * doing one again changes nothing.
 */
export const lookAlikeFillDueHandlers = (
  deps: Pick<Runtime, 'db' | 'ledger' | 'personalData'>,
  slice = SLICE,
): Readonly<Record<string, DueHandler>> => ({
  [DUE_KIND]: async (item) => {
    const { tenantId } = item
    const { missing, last } = await lookThrough(deps.db, tenantId, placeIn(item.reference), slice)
    const people = await readPlaces(deps, tenantId, missing)
    await decideDue(deps.ledger, item, async ({ ledgerTime }) => ({
      purpose: 'lookAlike.filled',
      companions: [
        ...people.flatMap((one) => [...fillLikeness(deps, tenantId, one), ...fillBusinessName(one)]),
        last === undefined
          ? insertFills.row({ filledAt: ledgerTime })
          : scheduleDue.row({ ...item, reference: `${last.kind} ${last.id}` }),
      ],
      answer: null,
    }))
  },
})

interface Looked {
  /** Who is in no index, or in one of two. */
  readonly missing: readonly Place[]
  /** After whom to go on; undefined: that was everybody. */
  readonly last: Place | undefined
}

async function lookThrough(db: Queryable, tenantId: string, after: Place, slice: Slice): Promise<Looked> {
  const page = await db.query<Place & { is_missing: boolean }>(
    `select r.kind, r.id::text,
       not exists (select 1 from person_likenesses p where p.tenant_id = $1 and p.registration_id = r.id)
       or (r.kind = 'merchant'
         and not exists (select 1 from business_names b where b.tenant_id = $1 and b.registration_id = r.id)) as is_missing
     from (${SETTLED_AFTER}) r order by r.kind, r.id`,
    afterPlace(tenantId, after, slice.people),
  )
  const missing = page.filter((one) => one.is_missing).slice(0, slice.missing)
  if (missing.length === slice.missing) return { missing, last: missing.at(-1) }
  return { missing, last: page.length < slice.people ? undefined : page.at(-1) }
}

const insertFills = companion<{ readonly filledAt: Date }>({
  sql: `insert into look_alike_fills (tenant_id, filled_at)
        select $1, x.filled_at from unnest($2::timestamptz[]) as x(filled_at)
        on conflict (tenant_id) do nothing`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.filledAt))],
})
