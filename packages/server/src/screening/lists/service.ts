import {
  type ActivateScreeningList,
  type CreateScreeningList,
  NotFound,
  PistoProblem,
  type ScreeningList as ScreeningListAnswer,
  type ScreeningListEntry,
  type WithdrawScreeningList,
  WrongStatus,
} from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { actedBy } from '../../operators/acts.ts'
import type { Call } from '../../platform/http/call.ts'
import { perform } from '../../platform/perform.ts'
import type { Runtime } from '../../platform/runtime/runtime.ts'
import { rescreenDue } from '../rescreen/sweeps.ts'
import { opensDue } from '../rescreen/worker.ts'
import { hashEntry, hashList } from './entry-hash.ts'
import { hexOf, replaces, type ScreeningList, showList, startOf } from './list.ts'
import {
  activeLists,
  entryHashes,
  findEntryHashes,
  findList,
  insertEntries,
  insertListEntries,
  insertLists,
  moveLists,
  superseded,
} from './store.ts'

export type ListDeps = Pick<Runtime, 'db' | 'ledger' | 'ids' | 'clock' | 'random'>

/** @throws {NotFound} this tenant has no such list */
export async function getList(reader: Queryable, tenantId: string, id: string): Promise<ScreeningList> {
  const list = await findList(reader, tenantId, id)
  if (list === undefined) throw new NotFound('screening_list_not_found', { id })
  return list
}

/** @throws {PistoProblem} `screening_list_window_invalid` */
export function createList(deps: ListDeps, call: Call, body: CreateScreeningList): Promise<ScreeningListAnswer> {
  const id = deps.ids.next('scl')
  return perform<ScreeningListAnswer>(deps.ledger, call, ({ ledgerTime }) => {
    const { validFrom, validTo, ...same } = body
    const begins = validFrom === undefined ? ledgerTime : new Date(validFrom)
    const window = { validFrom: begins, validTo: validTo === undefined ? null : new Date(validTo) }
    if (window.validTo !== null && window.validTo <= window.validFrom)
      throw new PistoProblem('screening_list_window_invalid')
    const list: ScreeningList = {
      ...{ ...same, ...window, id, status: 'loading', entryCount: 0, hash: null },
      ...{ createdAt: ledgerTime, activatedAt: null, endedAt: null, rescreenedAt: null, rescreenedBy: null },
    }
    return {
      purpose: 'screeningList.created',
      companions: [insertLists.row(list)],
      answer: showList(list, call.livemode, ledgerTime),
    }
  })
}

/**
 * Adds entries to a list that is loading. Those that it has already change nothing.
 *
 * @throws {NotFound} this tenant has no such list
 * @throws {WrongStatus} it is loaded
 * @throws {PistoProblem} `screening_entry_duplicate`: it has another entry with that id
 */
export function addEntries(
  deps: ListDeps,
  call: Call,
  listId: string,
  entries: readonly ScreeningListEntry[],
): Promise<ScreeningListAnswer> {
  const hashed = entries.map(hashEntry)
  return perform<ScreeningListAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await requireStatus(reader, call.tenantId, listId, 'loading')
    const known = await findEntryHashes(
      reader,
      call.tenantId,
      listId,
      entries.map(({ id }) => id),
    )
    const fresh = hashed.filter(({ entry, hash }) => {
      const other = known.get(entry.id)
      if (other !== undefined && hexOf(other) !== hexOf(hash))
        throw new PistoProblem('screening_entry_duplicate', { entryId: entry.id })
      known.set(entry.id, hash)
      return other === undefined
    })
    const to = { ...from, entryCount: from.entryCount + fresh.length }
    return {
      purpose: 'screeningList.entriesAdded',
      companions: [
        ...(fresh.length > 0 ? [moveLists.row({ from, to })] : []),
        ...fresh.flatMap((entry) => [insertEntries.row(entry), insertListEntries.row({ ...entry, listId })]),
      ],
      answer: showList(to, call.livemode, ledgerTime),
    }
  })
}

/**
 * Puts a list in force in place of the version of the same name before it, now or at the opening of its window: until
 * then the one before it stays.
 *
 * @throws {NotFound} this tenant has no such list
 * @throws {WrongStatus} it is not loading
 * @throws {PistoProblem} `screening_list_incomplete`
 */
export async function activateList(
  deps: ListDeps,
  call: Call,
  listId: string,
  said: ActivateScreeningList,
): Promise<ScreeningListAnswer> {
  const { entryCount } = said
  const act = actedBy(deps.random, call, said)
  const counted = await hashList(entryHashes(deps.db, call.tenantId, listId)) // of a list that only grows
  return perform<ScreeningListAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await requireStatus(reader, call.tenantId, listId, 'loading')
    if (from.entryCount !== entryCount || counted.entryCount !== entryCount)
      throw new PistoProblem('screening_list_incomplete', { entryCount: String(from.entryCount) })
    const to: ScreeningList = { ...from, status: 'active', hash: counted.hash, activatedAt: ledgerTime }
    const isOpen = to.validFrom <= ledgerTime
    const replaced = isOpen ? (await activeLists(reader, call.tenantId)).filter(({ name }) => name === from.name) : []
    return {
      purpose: 'screeningList.activated',
      references: { listId, listHash: hexOf(counted.hash) },
      events: [{ type: 'screeningList.activated', objectId: listId, status: to.status }],
      commitments: act.commitments,
      companions: [
        moveLists.row({ from, to }),
        ...replaced.map((list) => superseded(list, ledgerTime)),
        isOpen ? rescreenDue(listId, ledgerTime) : opensDue(listId, to.validFrom),
        act.companion,
      ],
      answer: showList(to, call.livemode, ledgerTime),
    }
  })
}

/**
 * Takes a list out of force.
 *
 * @throws {NotFound} this tenant has no such list
 * @throws {WrongStatus} it is not active
 */
export function withdrawList(
  deps: ListDeps,
  call: Call,
  listId: string,
  said: WithdrawScreeningList,
): Promise<ScreeningListAnswer> {
  const act = actedBy(deps.random, call, said)
  return perform<ScreeningListAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await requireStatus(reader, call.tenantId, listId, 'active')
    const to: ScreeningList = { ...from, status: 'withdrawn', endedAt: ledgerTime }
    const active = await activeLists(reader, call.tenantId)
    const replaced = active.filter((list) => replaces(from, list, ledgerTime)) // not noted yet: it would come back
    return {
      purpose: 'screeningList.withdrawn',
      references: { listId },
      events: [{ type: 'screeningList.withdrawn', objectId: listId, status: to.status }],
      commitments: act.commitments,
      companions: [
        moveLists.row({ from, to }),
        ...replaced.map((list) => superseded(list, startOf(from))),
        act.companion,
      ],
      answer: showList(to, call.livemode, ledgerTime),
    }
  })
}

async function requireStatus(
  reader: Queryable,
  tenantId: string,
  listId: string,
  status: ScreeningList['status'],
): Promise<ScreeningList> {
  const list = await getList(reader, tenantId, listId)
  if (list.status !== status) throw new WrongStatus('screening_list_wrong_status', { status: list.status })
  return list
}
