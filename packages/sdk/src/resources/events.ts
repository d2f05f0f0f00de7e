import type { Event } from '@pisto/contract'
import type { StreamOptions } from '../http/event-stream.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions } from '../options.ts'

export interface EventFilter extends Query<'listEvents'> {}
export interface EventStreamFilter extends Query<'streamEvents'> {}

/** What happened, oldest first. An event is thin: fetch its object for more. */
export interface Events {
  /** What has happened until now. `nextCursor` of a page is where to go on, also when there is no more now. */
  list(filter?: EventFilter, options?: CallOptions): List<Event>
  /**
   * Events as they happen, across broken connections, until the signal aborts or the loop is left.
   * To miss nothing from the start, begin with `after`, e.g. the last `nextCursor` of `list`.
   *
   * @throws {PistoError} the server refuses, or cannot be reached at the start
   * @example
   * for await (const event of pisto.events.stream({ types: 'payment.completed' }, { signal })) show(event.objectId)
   */
  stream(filter?: EventStreamFilter, options?: StreamOptions): AsyncIterable<Event>
}

export function events(http: Http): Events {
  return {
    list: (query = {}, options) => http.list('listEvents', { query }, options),
    stream: (query = {}, options) => http.events(query, options),
  }
}
