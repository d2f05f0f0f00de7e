import { SCREENING_ALGORITHM, ScreeningIndex } from '@pisto/identity/screening'
import { type Plan, type PlanContext, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { decideDue } from '../../platform/due/decide-due.ts'
import { type DueItem, scheduleDue } from '../../platform/due/due.ts'
import type { DueHandlers } from '../../platform/due/worker.ts'
import { PersonErased } from '../../platform/personal-data/personal-data.ts'
import type { Runtime } from '../../platform/runtime/runtime.ts'
import { holding } from '../../registrations/holds.ts'
import type { Registration } from '../../registrations/registration.ts'
import { findRegistration } from '../../registrations/store.ts'
import type { ListIndex } from '../list-indexes.ts'
import { replaces, startOf } from '../lists/list.ts'
import { activatedVersions, activeLists, noteRescreened, superseded } from '../lists/store.ts'
import { listsInForce } from '../screen-lists.ts'
import { readyLists } from '../screen-person.ts'
import { screenRegistration } from '../screen-registration.ts'
import { subjectsOf } from '../subjects.ts'
import { affectedBy } from './affected.ts'
import { comparedWith } from './compared-with.ts'
import { blindKeys } from './people-keys.ts'
import { changedEntries, type KeyedPerson, peopleAfter } from './store.ts'

export type RescreenDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'clock' | 'ids' | 'secret' | 'livemode' | 'personalData' | 'listIndexes'
>

/** People that one due item looks at: some seconds, well within its lease. */
const PEOPLE = 20_000
const PAGE = 1_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Whoever is, or may become, a customer. */
const CUSTOMERS: ReadonlySet<Registration['status']> = new Set([
  ...(['submitted', 'inReview', 'active', 'restricted', 'suspended'] as const),
])

/** Due with the activation of a list. @param listId `scl_…` */
export const rescreenDue = (listId: string, dueAt: Date) =>
  scheduleDue.row({ kind: SWEEP, reference: placeIn(listId, FIRST), dueAt })

const SWEEP = 'screening.sweep'

/** Other rules ask again. @param after A uuid: those after it. */
const placeIn = (listId: string, after: string): string => `${listId} ${after} ${SCREENING_ALGORITHM}`

/** At start: has everybody asked again about lists of which they were asked by other rules than today's. */
export async function scheduleRescreenings(
  db: Queryable,
  tenants: readonly { readonly id: string }[],
  now: Date,
): Promise<void> {
  for (const { id: tenantId } of tenants) {
    for (const { id, rescreenedBy } of await listsInForce(db, tenantId, now)) {
      if (rescreenedBy === null || rescreenedBy === SCREENING_ALGORITHM) continue
      await db.query(
        `insert into due (tenant_id, kind, reference, due_at) values ($1, $2, $3, $4)
         on conflict (tenant_id, kind, reference) do nothing`,
        [toUuid(tenantId, 'ten'), SWEEP, placeIn(id, FIRST), now],
      )
    }
  }
}

/** Due when the window of a list opens that was activated before. */
export const opensDue = (listId: string, dueAt: Date) =>
  scheduleDue.row({ kind: 'screening.opens', reference: toUuid(listId, 'scl'), dueAt })

/**
 * When a list changed, screens again only those whom the changed entries could affect, told by the blind keys of their
 * names. What it finds is what screening everybody would find.
 */
export const rescreenDueHandlers = (deps: RescreenDeps): DueHandlers => ({
  // decided, so that whoever is registered under the version before is seen by the rescreening
  'screening.opens': (item) =>
    decideDue(deps.ledger, item, async ({ reader, ledgerTime }) => {
      const listId = toTypeId('scl', item.reference)
      const active = await activeLists(reader, item.tenantId)
      const list = active.find(({ id }) => id === listId)
      if (list === undefined) return { purpose: 'screeningList.opened', answer: null }
      const replaced = active.filter((other) => replaces(list, other, ledgerTime))
      return {
        purpose: 'screeningList.opened',
        companions: [...replaced.map((other) => superseded(other, startOf(list))), rescreenDue(listId, ledgerTime)],
        answer: null,
      }
    }),
  [SWEEP]: async (item) => {
    const [listId = '', after = FIRST] = item.reference.split(' ')
    const swept = await rescreen(deps, item.tenantId, listId, after)
    await decideDue(deps.ledger, item, async ({ ledgerTime }) => ({
      purpose: 'screening.rescreened',
      companions:
        swept === 'everybody'
          ? [noteRescreened.row({ listId, at: ledgerTime, rules: SCREENING_ALGORITHM })]
          : swept === 'notInForce'
            ? []
            : [scheduleDue.row({ ...item, reference: placeIn(listId, swept.after) })],
      answer: null,
    }))
  },
})

/** `notInForce`: another version came, with its own rescreening, or the list’s window has ended. `after`: whom to go on. */
type Swept = 'everybody' | 'notInForce' | { readonly after: string }

async function rescreen(deps: RescreenDeps, tenantId: string, listId: string, after: string): Promise<Swept> {
  const { db, personalData } = deps
  const list = (await listsInForce(db, tenantId, deps.clock.now())).find(({ id }) => id === listId)
  if (list === undefined) return 'notInForce'
  const versions = await activatedVersions(db, tenantId, list.name)
  const entries = await changedEntries(db, tenantId, listId, comparedWith(list, versions))
  if (entries.length === 0) return 'everybody'
  const changed: ListIndex = new ScreeningIndex(entries)
  const affects = affectedBy(entries, blindKeys(personalData, tenantId))
  await readyLists(deps, tenantId, deps.clock.now())
  let last = after
  for (let seen = 0; seen < PEOPLE; seen += PAGE) {
    const page = await peopleAfter(db, tenantId, last, PAGE)
    for (const found of page) if (affects(found.keys)) await screenAgain(deps, tenantId, listId, changed, found)
    if (page.length < PAGE) return 'everybody'
    last = page.at(-1)?.uuid ?? last
  }
  return { after: last }
}

async function screenAgain(
  deps: RescreenDeps,
  tenantId: string,
  listId: string,
  changed: ListIndex,
  { person: { kind, id } }: KeyedPerson,
): Promise<void> {
  if (kind === 'screening') return
  const find = (reader: PlanContext['reader']) =>
    findRegistration(deps, reader, tenantId, kind, id).catch((error: unknown) => {
      if (error instanceof PersonErased) return undefined
      throw error
    })
  const before = await find(deps.db)
  if (before === undefined || !CUSTOMERS.has(before.status)) return
  if (subjectsOf(before, deps).every((subject) => changed.search(subject).length === 0)) return
  const item: DueItem = { tenantId, kind: 'screening.person', reference: placeIn(listId, id), dueAt: new Date(0) }
  await decideDue(deps.ledger, item, async ({ reader, ledgerTime: time }): Promise<Plan<null>> => {
    const registration = await find(reader)
    if (registration === undefined) return { purpose: 'screening.created', answer: null }
    const effect = await screenRegistration(deps, { reader, tenantId, time }, registration, 'listChange')
    return {
      purpose: 'screening.created',
      references: { ...(effect.screening && { screeningId: effect.screening.id }) },
      events: effect.events,
      companions: [...effect.companions, ...holding(registration, effect.case)],
      answer: null,
    }
  })
}
