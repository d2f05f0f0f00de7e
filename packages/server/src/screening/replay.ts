import { PistoProblem } from '@pisto/contract'
import { SCREENING_ALGORITHM, type ScreeningSubject } from '@pisto/identity/screening'
import type { Queryable } from '@pisto/ledger'
import { PersonErased } from '../platform/personal-data/personal-data.ts'
import { hexOf, type ListInForce } from './lists/list.ts'
import { findList } from './lists/store.ts'
import { type Screened, screenLists } from './screen-lists.ts'
import { inputPurpose, type ScreeningDeps } from './screen-person.ts'
import type { Screening } from './screening.ts'
import { hashInput } from './subjects.ts'

type Deps = Pick<ScreeningDeps, 'secret' | 'personalData' | 'listIndexes'>

/** What the same question gave. */
interface Replayed extends Screened {
  /** Of what is sealed. */
  readonly inputHash: Uint8Array
}

/**
 * Asks the same again: the same input, of the same versions of the lists. Everything is compared by whoever asks.
 *
 * @throws {PistoProblem} `screening_not_replayable`: the person was erased, or this version has other rules
 */
export async function replayScreening(
  deps: Deps,
  reader: Queryable,
  tenantId: string,
  { id, person, context, sealedInput }: Screening,
): Promise<Replayed> {
  if (context.algorithm !== SCREENING_ALGORITHM) throw notReplayable(`rules ${context.algorithm}`)
  const key = await deps.personalData.keyOf(reader, { tenantId, personId: person.id }).catch((error: unknown) => {
    throw error instanceof PersonErased ? notReplayable('erasure') : error
  })
  const subjects = key.openJson<ScreeningSubject[]>(inputPurpose(id), sealedInput)
  const lists: ListInForce[] = []
  for (const { id: listId, hash } of context.lists) {
    const list = await findList(reader, tenantId, listId)
    if (list?.hash == null || hexOf(list.hash) !== hash) throw new Error(`${listId} is not what ${id} was decided on`)
    lists.push({ ...list, status: 'active', hash: list.hash })
  }
  const screened = await screenLists(deps.listIndexes, reader, tenantId, lists, subjects)
  return { ...screened, inputHash: hashInput(deps.secret, subjects) }
}

const notReplayable = (reason: string): PistoProblem => new PistoProblem('screening_not_replayable', { reason })
