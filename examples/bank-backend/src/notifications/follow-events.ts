import type { Event, EventType, Pisto } from '@pisto/sdk'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { EventCursor } from './cursor.ts'

export type EventHandlers = Partial<Record<EventType, (event: Event) => Promise<void>>>

export interface FollowDeps {
  readonly pisto: Pick<Pisto, 'events'>
  readonly cursor: EventCursor
  readonly clock: Clock
  readonly log: Log
  /** Wait after a failure, before going on after the last event that was dealt with. */
  readonly retryMs: number
}

/**
 * Deals with events as they happen, in order, none left out: the cursor moves on after an event was dealt with, so one
 * that was under way at a crash is dealt with again. Handlers are therefore repeatable, or harmless when repeated.
 *
 * @returns When the signal has aborted.
 */
export async function followEvents(deps: FollowDeps, handlers: EventHandlers, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await follow(deps, handlers, signal)
    } catch (error) {
      if (signal.aborted) return
      deps.log.warn({ error }, 'events stand still: will go on')
      await deps.clock.sleep(deps.retryMs, signal).catch(() => {})
    }
  }
}

async function follow({ pisto, cursor }: FollowDeps, handlers: EventHandlers, signal: AbortSignal): Promise<void> {
  const types = Object.keys(handlers).join(',')
  for await (const event of pisto.events.stream({ types, after: await cursor.read() }, { signal })) {
    await handlers[event.type]?.(event)
    await cursor.write(`${event.sequence}.${event.index}`)
  }
}
