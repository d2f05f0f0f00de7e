import type { EventType } from '@pisto/contract'
import type { Ledger } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { endOf, type Place, showEvent, showPlace } from './show.ts'
import { WakeUp } from './wake-up.ts'

/** Commits of other processes are seen after this long; those of this one at once. */
const POLL_MS = 1_000
/** A comment after this much silence keeps proxies from closing the connection. */
const HEARTBEAT_MS = 15_000
const PAGE = 100

export interface StreamOptions {
  readonly start: Place
  readonly types: readonly EventType[] | undefined
}

/**
 * A tenant's events as they happen, oldest first, none left out: each has its place as the id to go on after.
 *
 * @returns Text of Server-Sent Events; ends when the call's signal aborts.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* eventStream(
  ledger: Ledger,
  call: Call,
  { start, types }: StreamOptions,
): AsyncGenerator<string, void, undefined> {
  const { tenantId, signal } = call
  const wakeUp = new WakeUp(signal)
  const unsubscribe = ledger.onCommit((committed) => {
    if (committed === tenantId) wakeUp.ring()
  })
  try {
    yield `retry: ${POLL_MS}\n\n`
    let place = start
    let silentMs = 0
    while (!signal.aborted) {
      const head = await ledger.headSequence(tenantId)
      const isNews = head > place.sequence || place.index !== endOf(head).index
      const events = isNews ? await ledger.listEvents(tenantId, place, { limit: PAGE, types }) : []
      for (const event of events) {
        yield `id: ${showPlace(event)}\nevent: ${event.type}\ndata: ${JSON.stringify(showEvent(event, call))}\n\n`
      }
      if (events.length === PAGE) {
        place = events.at(-1) ?? place
        continue
      }
      // read before the list: everything up to it was in the list, or is of no wanted type
      place = later(events.at(-1) ?? place, endOf(head))
      silentMs = events.length > 0 ? 0 : silentMs + POLL_MS
      if (silentMs >= HEARTBEAT_MS) {
        yield ': still here\n\n'
        silentMs = 0
      }
      await wakeUp.wait(POLL_MS)
    }
  } finally {
    unsubscribe()
  }
}

const later = (a: Place, b: Place): Place =>
  a.sequence > b.sequence || (a.sequence === b.sequence && a.index > b.index) ? a : b
