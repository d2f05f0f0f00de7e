import { createHash } from 'node:crypto'
import type { Consequence } from '@pisto/contract'
import { SCREENING_ALGORITHM, type ScreeningAnswer, type ScreeningSubject } from '@pisto/identity/screening'
import type { Queryable } from '@pisto/ledger'
import { canonicalJson } from '@pisto/proof'
import { oncePerObject } from '../platform/once-per-object.ts'
import type { ListIndexes } from './list-indexes.ts'
import { hexOf, inForceAt, type ListInForce } from './lists/list.ts'
import { activeLists } from './lists/store.ts'

/** A list as a decision pins it. */
interface PinnedList {
  /** `scl_…` */
  readonly id: string
  readonly name: string
  readonly version: string
  readonly hash: string
  readonly consequence: Consequence
}

/** An entry that one of the subjects may be. */
export interface Hit {
  /** Which of the subjects, from 0. */
  readonly subject: number
  readonly listId: string
  readonly entryId: string
  /** Of the entry's content. */
  readonly entryHash: string
  readonly consequence: Consequence
  readonly answer: ScreeningAnswer
}

/** Which lists and rules. */
export interface ScreeningContext {
  readonly algorithm: string
  /** In the order of their ids. */
  readonly lists: readonly PinnedList[]
}

/** What the lists in force say of subjects. The same subjects, lists and rules give the same bytes everywhere. */
export interface Screened {
  readonly context: ScreeningContext
  /** By list, the best first. */
  readonly hits: readonly Hit[]
  /** SHA-256 of all of it, hexadecimal. */
  readonly answerHash: string
}

/** @param time Business time: lists outside their legal window find nobody. */
export async function listsInForce(reader: Queryable, tenantId: string, time: Date): Promise<ListInForce[]> {
  return inForceAt(await activeLists(reader, tenantId), time)
}

/** Asks every list: exact ids decide, then names (`@pisto/identity/screening`). */
export async function screenLists(
  indexes: ListIndexes,
  reader: Queryable,
  tenantId: string,
  lists: readonly ListInForce[],
  subjects: readonly ScreeningSubject[],
): Promise<Screened> {
  const nobody = nobodyIn(lists)
  const hits: Hit[] = []
  for (const list of lists) {
    const index = await indexes.get(reader, tenantId, list)
    for (const [subject, asked] of subjects.entries()) {
      for (const { entry, answer } of index.search(asked)) {
        const { id: entryId, hash: entryHash } = entry
        hits.push({ subject, listId: list.id, entryId, entryHash, consequence: list.consequence, answer })
      }
    }
  }
  return hits.length === 0 ? nobody : { ...nobody, hits, answerHash: hashAnswer(nobody.context, hits) }
}

/** Most people are on no list: what is said of them is made once for the same lists. */
const nobodyIn = oncePerObject((lists: readonly ListInForce[]): Screened => {
  const context = { algorithm: SCREENING_ALGORITHM, lists: lists.map(pinned) }
  return { context, hits: [], answerHash: hashAnswer(context, []) }
})

/** What an answer is known by, from the rules’ name to the last weight. */
export function hashAnswer({ algorithm, lists }: ScreeningContext, hits: readonly Hit[]): string {
  const said = { algorithm, lists: lists.map(({ hash }) => hash), hits }
  return createHash('sha256').update(canonicalJson(said)).digest('hex')
}

const pinned = ({ id, name, version, hash, consequence }: ListInForce): PinnedList => ({
  id,
  name,
  version,
  hash: hexOf(hash),
  consequence,
})
