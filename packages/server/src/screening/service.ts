import {
  type AppealCase,
  type Case as CaseAnswer,
  type CreateScreening,
  type DecideCase,
  NotFound,
  PistoProblem,
  type Screening as ScreeningAnswer,
  type ScreeningReplay,
} from '@pisto/contract'
import type { ScreeningSubject } from '@pisto/identity/screening'
import type { Queryable } from '@pisto/ledger'
import type { Case } from '../cases/case.ts'
import { appealCase, decideCase } from '../cases/service.ts'
import { findCasesOfScreenings } from '../cases/store.ts'
import type { Call } from '../platform/http/call.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { retainingName } from '../registrations/erasure/screened-names.ts'
import { holding } from '../registrations/holds.ts'
import { kindNameOf } from '../registrations/kinds.ts'
import { findRegistration } from '../registrations/store.ts'
import { openHits } from './explanations.ts'
import { hexOf } from './lists/list.ts'
import { findEntries } from './lists/store.ts'
import { replayScreening } from './replay.ts'
import { readyLists, type ScreeningEffect, type ScreeningMoment, screenPerson } from './screen-person.ts'
import { screenRegistration } from './screen-registration.ts'
import type { Screening } from './screening.ts'
import { showScreening } from './show.ts'
import { findScreening, listScreenings } from './store.ts'

export type ScreeningServiceDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'clock' | 'ids' | 'random' | 'secret' | 'livemode' | 'personalData' | 'listIndexes'
>

/**
 * Screens somebody now: a merchant or consumer by what it has given, or anybody by name.
 *
 * @throws {NotFound} this tenant has no such merchant or consumer
 * @throws {PistoProblem} `requirements_missing`: who is on tier 0 has perhaps given no name; `person_erased`
 * @throws {PistoProblem} `request_invalid`: neither or both were given
 */
export async function createScreening(
  deps: ScreeningServiceDeps,
  call: Call,
  { personId, query }: CreateScreening,
): Promise<ScreeningAnswer> {
  if ((personId === undefined) === (query === undefined)) throw new PistoProblem('request_invalid', {}, { errors: ONE })
  const { tenantId, livemode } = call
  const id = deps.ids.next('scr')
  await readyLists(deps, tenantId, deps.clock.now())
  return perform<ScreeningAnswer>(deps.ledger, call, async ({ reader, ledgerTime: time }) => {
    const moment = { reader, tenantId, time }
    const effect =
      personId === undefined
        ? await screenAnybody(deps, moment, id, query ?? { name: '' })
        : await screenKnown(deps, moment, personId)
    return {
      purpose: 'screening.created',
      references: { screeningId: effect.screening.id },
      events: effect.events,
      companions: [...effect.companions, ...(personId === undefined ? [retainingName(call.tenant, id, time)] : [])],
      answer: showScreening(effect.screening, effect.case, livemode),
    }
  })
}

const ONE = ['/personId', '/query'].map((pointer) => ({
  pointer,
  code: 'one_needed',
  message: 'Give either personId or query',
  messageEs: 'Indique personId o query, uno de los dos',
}))

async function screenAnybody(
  deps: ScreeningServiceDeps,
  moment: ScreeningMoment,
  id: string,
  subject: ScreeningSubject,
): Promise<ScreeningEffect> {
  const { tenantId, time } = moment
  const { key, companion } = await deps.personalData.newKey({ tenantId, personId: id }, time)
  const asked = { person: { kind: 'screening', id }, subjects: [subject], reason: 'request', key, isNew: true } as const
  const effect = await screenPerson(deps, moment, asked)
  return { ...effect, companions: [companion, ...effect.companions] }
}

/** Whoever is active and may be on a list that blocks is held at once. */
async function screenKnown(
  deps: ScreeningServiceDeps,
  moment: ScreeningMoment,
  personId: string,
): Promise<ScreeningEffect> {
  const kind = kindNameOf(personId)
  const registration = await findRegistration(deps, moment.reader, moment.tenantId, kind, personId)
  if (registration === undefined) throw new NotFound(`${kind}_not_found`, { id: personId })
  if (registration.erasure?.erasedAt) throw new PistoProblem('person_erased')
  const effect = await screenRegistration(deps, moment, registration, 'request')
  if (effect.screening === undefined) throw new PistoProblem('requirements_missing', { currentlyDue: 'name' })
  return { ...effect, companions: [...effect.companions, ...holding(registration, effect.case)] }
}

/** @throws {NotFound} this tenant has no such screening */
async function requireScreening(reader: Queryable, tenantId: string, id: string): Promise<Screening> {
  const screening = await findScreening(reader, tenantId, id)
  if (screening === undefined) throw new NotFound('screening_not_found', { id })
  return screening
}

/** With every pair of words explained, as it was then, until the person is erased. @throws {NotFound} */
export async function getScreening(deps: ScreeningServiceDeps, call: Call, id: string): Promise<ScreeningAnswer> {
  const { tenantId, livemode } = call
  const screening = await requireScreening(deps.db, tenantId, id)
  const cases = await findCasesOfScreenings(deps.db, tenantId, [id])
  if (screening.hits.length === 0) return showScreening(screening, cases.get(id), livemode)
  const hashes = screening.hits.map(({ entryHash }) => entryHash)
  const details = {
    hits: (await openHits(deps, deps.db, tenantId, screening)) ?? (await replayedHits(deps, tenantId, screening)),
    entries: await findEntries(deps.db, tenantId, hashes),
  }
  return showScreening(screening, cases.get(id), livemode, details)
}

/** Of a screening whose hits were not kept: it is asked again, where it can be. */
const replayedHits = (deps: ScreeningServiceDeps, tenantId: string, screening: Screening) =>
  replayScreening(deps, deps.db, tenantId, screening).then(
    ({ hits }) => hits,
    (error: unknown) => {
      if (error instanceof PistoProblem) return undefined
      throw error
    },
  )

export async function screeningPage(
  { db }: Pick<ScreeningServiceDeps, 'db'>,
  { tenantId, livemode }: Call,
  { personId, ...query }: PageQuery & { readonly personId?: string },
): Promise<{ data: ScreeningAnswer[]; nextCursor: string | null }> {
  let cases: ReadonlyMap<string, Case> = new Map()
  return pageById(
    query,
    'scr',
    async (page) => {
      const found = await listScreenings(db, tenantId, { ...page, personId })
      cases = await findCasesOfScreenings(
        db,
        tenantId,
        found.map(({ id }) => id),
      )
      return found
    },
    (screening) => showScreening(screening, cases.get(screening.id), livemode),
  )
}

/** @throws {NotFound} @throws {PistoProblem} `screening_not_replayable` */
export async function replay(deps: ScreeningServiceDeps, { tenantId }: Call, id: string): Promise<ScreeningReplay> {
  const screening = await requireScreening(deps.db, tenantId, id)
  const replayed = await replayScreening(deps, deps.db, tenantId, screening)
  const stored = { inputHash: hexOf(screening.inputHash), answerHash: hexOf(screening.answerHash) }
  const again = { replayedInputHash: hexOf(replayed.inputHash), replayedHash: replayed.answerHash }
  const isSame = again.replayedHash === stored.answerHash && again.replayedInputHash === stored.inputHash
  return { screeningId: id, isSame, ...stored, ...again }
}

/** The same as deciding its case. @throws {NotFound} `screening_not_found`; `case_not_found`: there is nothing to decide */
export const decideScreening = async (
  deps: ScreeningServiceDeps,
  call: Call,
  id: string,
  said: DecideCase,
): Promise<CaseAnswer> => decideCase(deps, call, await caseIdOf(deps, call, id), said)

/** The same as appealing against its case. @throws as `decideScreening` */
export const appealScreening = async (
  deps: ScreeningServiceDeps,
  call: Call,
  id: string,
  said: AppealCase,
): Promise<CaseAnswer> => appealCase(deps, call, await caseIdOf(deps, call, id), said)

async function caseIdOf({ db }: ScreeningServiceDeps, { tenantId }: Call, id: string): Promise<string> {
  await requireScreening(db, tenantId, id)
  const found = (await findCasesOfScreenings(db, tenantId, [id])).get(id)
  if (found === undefined) throw new NotFound('case_not_found', { id })
  return found.id
}
