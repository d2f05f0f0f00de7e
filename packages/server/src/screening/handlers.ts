import type * as operations from '@pisto/contract'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { showList } from './lists/list.ts'
import { activateList, addEntries, createList, getList, type ListDeps, withdrawList } from './lists/service.ts'
import { listEntries, listLists } from './lists/store.ts'
import {
  appealScreening,
  createScreening,
  decideScreening,
  getScreening,
  replay,
  type ScreeningServiceDeps,
  screeningPage,
} from './service.ts'

type ListOperations = Pick<
  typeof operations,
  | 'createScreeningList'
  | 'listScreeningLists'
  | 'getScreeningList'
  | 'addScreeningListEntries'
  | 'listScreeningListEntries'
  | 'activateScreeningList'
  | 'withdrawScreeningList'
>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const screeningListHandlers = (deps: ListDeps): Handlers<ListOperations> => ({
  createScreeningList: ({ body }, call) => createList(deps, call, body),
  listScreeningLists: ({ query }, { tenantId, livemode }) =>
    pageById(
      query,
      'scl',
      (page) => listLists(deps.db, tenantId, page),
      (list) => showList(list, livemode, deps.clock.now()),
    ),
  async getScreeningList({ listId }, { tenantId, livemode }) {
    return showList(await getList(deps.db, tenantId, listId), livemode, deps.clock.now())
  },
  addScreeningListEntries: ({ listId, body }, call) => addEntries(deps, call, listId, body.entries),
  async listScreeningListEntries({ listId, query: { limit = LIMIT_DEFAULT, after } }, { tenantId }) {
    await getList(deps.db, tenantId, listId)
    requireCursor(after, (cursor) => cursor.length <= CURSOR_MAX)
    const found = await listEntries(deps.db, tenantId, listId, { after: after ?? '', limit: limit + 1 })
    const data = found.slice(0, limit).map(({ entry }) => entry)
    return { data, nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null }
  },
  activateScreeningList: ({ listId, body }, call) => activateList(deps, call, listId, body),
  withdrawScreeningList: ({ listId, body }, call) => withdrawList(deps, call, listId, body),
})

/** An entry's id is the cursor. */
const CURSOR_MAX = 100

type ScreeningOperations = Pick<
  typeof operations,
  'createScreening' | 'listScreenings' | 'getScreening' | 'replayScreening' | 'decideScreening' | 'appealScreening'
>

export const screeningHandlers = (deps: ScreeningServiceDeps): Handlers<ScreeningOperations> => ({
  createScreening: ({ body = {} }, call) => createScreening(deps, call, body),
  listScreenings: ({ query }, call) => screeningPage(deps, call, query),
  getScreening: ({ screeningId }, call) => getScreening(deps, call, screeningId),
  replayScreening: ({ screeningId }, call) => replay(deps, call, screeningId),
  decideScreening: ({ screeningId, body }, call) => decideScreening(deps, call, screeningId, body),
  appealScreening: ({ screeningId, body }, call) => appealScreening(deps, call, screeningId, body),
})
