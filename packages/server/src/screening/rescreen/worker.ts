import { SCREENING_ALGORITHM, ScreeningIndex } from '@pisto/identity/screening'
import { type Plan, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
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
import type { ScreenedPerson } from '../screening.ts'
import { subjectsOf } from '../subjects.ts'
import { affectedBy } from './affected.ts'
import { comparedWith } from './compared-with.ts'
import { blindKeys, isOfToday, writeKeys } from './people-keys.ts'
import { changedEntries, peopleAfter, type RewrittenKeys, rewriteKeys } from './store.ts'
import { readReference, referenceOf, rescreenDue, SWEEP, type Sweep, takeOver } from './sweeps.ts'

export type RescreenDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'clock' | 'ids' | 'secret' | 'livemode' | 'personalData' | 'listIndexes'
>

/** People that one due item looks at: some seconds, well within its lease. */
const PEOPLE = 20_000
const PAGE = 1_000

/** Whoever is, or may become, a customer. */
const CUSTOMERS: ReadonlySet<Registration['status']> = new Set([
  ...(['submitted', 'inReview', 'active', 'restricted', 'suspended'] as const),
])

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
  [SWEEP]: Object.assign((item: DueItem) => sweep(deps, item), { takesLong: true }),
})

async function sweep(deps: RescreenDeps, item: DueItem): Promise<void> {
  const from = readReference(item.reference)
  if (from.rules !== SCREENING_ALGORITHM || from.run === undefined) return takeOver(deps.db, item, deps.clock.now())
  const swept = await rescreen(deps, item.tenantId, from)
  await decideDue(deps.ledger, item, async ({ ledgerTime }) => ({
    purpose: 'screening.rescreened',
    companions:
      swept === 'everybody'
        ? [noteRescreened.row({ listId: from.listId, at: ledgerTime, rules: from.rules })]
        : swept === 'notInForce'
          ? []
          : [scheduleDue.row({ kind: SWEEP, reference: referenceOf({ ...from, ...swept }), dueAt: ledgerTime })],
    answer: null,
  }))
}

/** `notInForce`: another version came, with its own rescreening, or the list’s window has ended. `after`: whom to go on. */
type Swept = 'everybody' | 'notInForce' | { readonly after: string }

async function rescreen(deps: RescreenDeps, tenantId: string, from: Sweep): Promise<Swept> {
  const { db, personalData } = deps
  const { listId } = from
  const list = (await listsInForce(db, tenantId, deps.clock.now())).find(({ id }) => id === listId)
  if (list === undefined) return 'notInForce'
  const versions = await activatedVersions(db, tenantId, list.name)
  const entries = await changedEntries(db, tenantId, listId, comparedWith(list, versions))
  if (entries.length === 0) return 'everybody'
  const changed: ListIndex = new ScreeningIndex(entries)
  const blind = blindKeys(personalData, tenantId)
  const affects = affectedBy(entries, blind)
  await readyLists(deps, tenantId, deps.clock.now())
  let last = from.after
  for (let seen = 0; seen < PEOPLE; seen += PAGE) {
    const page = await peopleAfter(db, tenantId, last, PAGE)
    const rewritten: RewrittenKeys[] = []
    for (const { person, uuid, keys } of page.filter((found) => affects(found.keys))) {
      const registration = await registrationOf(deps, db, tenantId, person)
      if (registration === undefined) continue
      const subjects = subjectsOf(registration, deps)
      if (!isOfToday(keys)) rewritten.push({ uuid, before: keys, keys: writeKeys(subjects, blind) })
      const isFound = subjects.some((subject) => changed.search(subject).length > 0)
      if (isFound && CUSTOMERS.has(registration.status)) await screenAgain(deps, tenantId, from, person)
    }
    if (rewritten.length > 0) await rewriteKeys(db, tenantId, rewritten)
    if (page.length < PAGE) return 'everybody'
    last = page.at(-1)?.uuid ?? last
  }
  return { after: last }
}

/** @returns Undefined: not registered, or erased. */
async function registrationOf(
  deps: RescreenDeps,
  reader: Queryable,
  tenantId: string,
  { kind, id }: ScreenedPerson,
): Promise<Registration | undefined> {
  if (kind === 'screening') return undefined
  return findRegistration(deps, reader, tenantId, kind, id).catch((error: unknown) => {
    if (error instanceof PersonErased) return undefined
    throw error
  })
}

async function screenAgain(deps: RescreenDeps, tenantId: string, from: Sweep, person: ScreenedPerson): Promise<void> {
  const reference = [from.listId, person.id, from.rules, from.run].join(' ')
  const item: DueItem = { tenantId, kind: 'screening.person', reference, dueAt: new Date(0) }
  await decideDue(deps.ledger, item, async ({ reader, ledgerTime: time }): Promise<Plan<null>> => {
    const registration = await registrationOf(deps, reader, tenantId, person)
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
