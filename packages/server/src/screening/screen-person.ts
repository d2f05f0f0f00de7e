import type { EventType } from '@pisto/contract'
import type { ScreeningSubject } from '@pisto/identity/screening'
import type { CompanionRow, EventPlan, Queryable } from '@pisto/ledger'
import { type Case, isOpen } from '../cases/case.ts'
import { insertCases, openCasesOf } from '../cases/store.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { sealHits } from './explanations.ts'
import type { ListInForce } from './lists/list.ts'
import { blindKeys, keepKeys, writeKeys } from './rescreen/people-keys.ts'
import { listsInForce, type Screened, screenLists } from './screen-lists.ts'
import {
  consequenceOf,
  isCovered,
  type ScreenedPerson,
  type Screening,
  type ScreeningReason,
  type StoredHit,
} from './screening.ts'
import { clearedEntries, insertContexts, insertScreenings } from './store.ts'
import { hashInput } from './subjects.ts'

export type ScreeningDeps = Pick<Runtime, 'db' | 'ids' | 'secret' | 'livemode' | 'personalData' | 'listIndexes'>

/** A plan's moment. */
export interface ScreeningMoment {
  readonly reader: Queryable
  readonly tenantId: string
  readonly time: Date
  /** In force at that time, where they were read before. */
  readonly lists?: Promise<readonly ListInForce[]>
}

export interface Asked {
  readonly person: ScreenedPerson
  readonly subjects: readonly ScreeningSubject[]
  readonly reason: ScreeningReason
  /** The person's. */
  readonly key: PersonKey
  /** New, so nothing was decided about it before. */
  readonly isNew?: boolean
}

/** What a plan does with a screening. */
export interface ScreeningEffect {
  readonly screening: Screening
  readonly screened: Screened
  /** Undefined: nobody has to look. */
  readonly case: Case | undefined
  readonly companions: readonly CompanionRow[]
  readonly events: readonly EventPlan[]
}

/**
 * Makes the indexes of all lists in force, before a plan needs them: a list of 100,000 entries takes seconds, in which no
 * batch should wait.
 */
export async function readyLists(
  { db, listIndexes }: Pick<ScreeningDeps, 'db' | 'listIndexes'>,
  tenantId: string,
  time: Date,
): Promise<void> {
  for (const list of await listsInForce(db, tenantId, time)) await listIndexes.get(db, tenantId, list)
}

/**
 * Asks the lists in force about a person, within a plan: what they said, pinned, and a case where a person must look.
 * Whom operators cleared of an entry is not asked again for the same, unless entry or person changed, or the list that has
 * it is stricter than the one was that they were cleared under.
 */
export async function screenPerson(
  deps: ScreeningDeps,
  moment: ScreeningMoment,
  { person, subjects, reason, key, isNew = false }: Asked,
): Promise<ScreeningEffect> {
  const { reader, tenantId, time } = moment
  const lists = await (moment.lists ?? listsInForce(reader, tenantId, time))
  const screened = await screenLists(deps.listIndexes, reader, tenantId, lists, subjects)
  const inputHash = hashInput(deps.secret, subjects)
  const mayBeKnown = screened.hits.length > 0 && !isNew
  const cleared = mayBeKnown ? await clearedEntries(reader, tenantId, person.id, inputHash) : undefined
  const hits = screened.hits.map(
    ({ listId, entryId, entryHash, consequence, answer }): StoredHit => ({
      ...{ listId, entryId, entryHash, consequence },
      score: answer.score,
      isKnown: isCovered(cleared?.get(entryHash), consequence),
    }),
  )
  const id = person.kind === 'screening' ? person.id : deps.ids.next('scr')
  const screening: Screening = {
    ...{ id, person, reason, inputHash, hits, createdAt: time },
    context: screened.context,
    sealedInput: key.sealJson(inputPurpose(id), subjects),
    sealedHits: sealHits(key, id, screened.hits),
    answerHash: new Uint8Array(Buffer.from(screened.answerHash, 'hex')),
  }
  const keys = writeKeys(subjects, blindKeys(deps.personalData, tenantId))
  const opened = await openCase(deps, moment, screening, isNew)
  return {
    screening,
    screened,
    case: opened,
    companions: [
      insertContexts.row(screening.context),
      insertScreenings.row(screening),
      ...(person.kind === 'screening' ? [] : [keepKeys.row({ person, keys })]),
      ...(opened === undefined ? [] : [insertCases.row(opened)]),
    ],
    events: opened === undefined ? [] : [caseEvent('case.opened', opened)],
  }
}

/** Under which name the input is sealed. */
export const inputPurpose = (screeningId: string): string => `screening/${screeningId}`

export const caseEvent = (type: EventType, { id, status }: Pick<Case, 'id' | 'status'>): EventPlan => ({
  type,
  objectId: id,
  status,
})

/** One case is enough: where the same entries are being looked at already, there is none more. */
async function openCase(
  { ids }: Pick<ScreeningDeps, 'ids'>,
  { reader, tenantId, time }: ScreeningMoment,
  { id: screeningId, person, hits }: Screening,
  isNew: boolean,
): Promise<Case | undefined> {
  const consequence = consequenceOf(hits)
  if (consequence === undefined) return undefined
  const entries = hits.filter(({ isKnown }) => !isKnown).map(({ listId, entryId }) => `${listId} ${entryId}`)
  const open = isNew ? [] : (await openCasesOf(reader, tenantId, person.id)).filter(isOpen)
  if (open.some(({ kind, evidence }) => kind === 'screening' && entries.every((e) => evidence['entries']?.includes(e))))
    return undefined
  return {
    ...{ id: ids.next('cas'), kind: 'screening', person, status: 'open', consequence, screeningId, rule: null },
    evidence: { entries },
    ...{ assignedTo: null, proposal: null, revision: 1, openedAt: time, decidedAt: null },
  }
}
