import type { OPERATIONS } from '@pisto/contract'
import type { Ledger } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { BEGINNING, endOf, parsePlace, parseTypes, showEvent, showPlace } from './show.ts'
import { eventStream } from './stream.ts'

export interface EventDeps {
  readonly ledger: Ledger
}

export const eventHandlers = ({ ledger }: EventDeps): Handlers<(typeof OPERATIONS)['events']> => ({
  async listEvents({ query: { limit = LIMIT_DEFAULT, after, types } }, call) {
    const place = after === undefined ? BEGINNING : (parsePlace(after) ?? BEGINNING)
    const events = await ledger.listEvents(call.tenantId, place, { limit, types: parseTypes(types) })
    return { data: events.map((event) => showEvent(event, call)), nextCursor: showPlace(events.at(-1) ?? place) }
  },

  async streamEvents({ query: { after, types } }, call) {
    const from = call.lastEventId || after
    requireCursor(from, (cursor) => parsePlace(cursor) !== undefined)
    const start = from === undefined ? undefined : parsePlace(from)
    return eventStream(ledger, call, {
      start: start ?? endOf(await ledger.headSequence(call.tenantId)),
      types: parseTypes(types),
    })
  },
})
