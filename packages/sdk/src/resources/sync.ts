import type { SyncRequest, SyncResults } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { WriteOptions } from '../options.ts'

/** Offline journals. `@pisto/sdk/journal` keeps one and sends it. */
export interface Sync {
  /** Applies a page of a journal: each operation once, however often it is sent. */
  send(page: SyncRequest, options?: WriteOptions): Promise<SyncResults>
}

export function sync(http: Http): Sync {
  return { send: (body, options) => http.send('syncJournal', { body }, options) }
}
