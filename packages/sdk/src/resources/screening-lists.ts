import type {
  ActivateScreeningList,
  CreateScreeningList,
  ScreeningList,
  ScreeningListEntries,
  ScreeningListEntry,
  WithdrawScreeningList,
} from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface ScreeningListFilter extends Query<'listScreeningLists'> {}
export interface ScreeningListEntryFilter extends Query<'listScreeningListEntries'> {}

/** Versions of lists of people and organisations that must be looked out for. */
export interface ScreeningLists {
  /** Begins a version; it finds nobody until it is activated. */
  create(list: CreateScreeningList, options?: WriteOptions): Promise<ScreeningList>
  list(filter?: ScreeningListFilter, options?: CallOptions): List<ScreeningList>
  get(listId: string, options?: CallOptions): Promise<ScreeningList>
  /** Adds up to 200 entries; the same again changes nothing. */
  addEntries(listId: string, entries: ScreeningListEntries, options?: WriteOptions): Promise<ScreeningList>
  entries(listId: string, filter?: ScreeningListEntryFilter, options?: CallOptions): List<ScreeningListEntry>
  /** Puts it in force in place of the version before it. */
  activate(listId: string, body: ActivateScreeningList, options?: WriteOptions): Promise<ScreeningList>
  withdraw(listId: string, body: WithdrawScreeningList, options?: WriteOptions): Promise<ScreeningList>
}

export function screeningLists(http: Http): ScreeningLists {
  return {
    create: (body, options) => http.send('createScreeningList', { body }, options),
    list: (query = {}, options) => http.list('listScreeningLists', { query }, options),
    get: (listId, options) => http.send('getScreeningList', { listId }, options),
    addEntries: (listId, body, options) => http.send('addScreeningListEntries', { listId, body }, options),
    entries: (listId, query = {}, options) => http.list('listScreeningListEntries', { listId, query }, options),
    activate: (listId, body, options) => http.send('activateScreeningList', { listId, body }, options),
    withdraw: (listId, body, options) => http.send('withdrawScreeningList', { listId, body }, options),
  }
}
