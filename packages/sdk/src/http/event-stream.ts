import type { Event } from '@pisto/contract'
import { PistoAnswerError, PistoError } from '../errors.ts'
import { randomFraction } from '../runtime.ts'
import { requireStream } from './answer.ts'
import { attempt, explain } from './attempt.ts'
import { type Call, prepareCall } from './call.ts'
import type { Configuration } from './configuration.ts'
import { Deadline } from './deadline.ts'
import type { Query } from './route.ts'
import { SseReader } from './sse-reader.ts'
import { askedWaitMs, jitterWaitMs } from './waiting.ts'

export interface StreamOptions {
  /** Ends the stream: the loop over it rejects with the signal's reason. `break` ends it as well. */
  readonly signal?: AbortSignal
  /** A connection that was silent for so long is taken for dead and made anew. Default 60,000. */
  readonly silenceMs?: number
}

const DEFAULT_SILENCE_MS = 60_000
/** However long a server asks to wait. */
const LONGEST_ASKED_MS = 300_000

/** Where a stream stands, beyond any one connection. */
interface Position {
  lastEventId: string | undefined
  /** What the server asked for with `retry:`. */
  reconnectMs: number | undefined
  /** Connections in a row that gave nothing. */
  failureCount: number
  everConnected: boolean
}

/**
 * Events as they happen, across connections: a broken one is made anew and goes on after the last event.
 * Until it has once been connected it gives up like any call; from then on it goes on until it is ended.
 *
 * @throws {PistoError} the server refuses (e.g. `unauthenticated`), or the first connection cannot be made
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* streamEvents(
  configuration: Configuration,
  query: Query<'streamEvents'>,
  options: StreamOptions = {},
): AsyncGenerator<Event, void, undefined> {
  const { clock, random } = configuration
  const { signal, silenceMs = DEFAULT_SILENCE_MS } = options
  const position: Position = { lastEventId: undefined, reconnectMs: undefined, failureCount: 0, everConnected: false }
  for (;;) {
    const { after, ...filter } = query
    const from = position.lastEventId === undefined ? query : filter // the header says where to go on
    const call = prepareCall(configuration, 'streamEvents', { query: { ...from } }, signal && { signal })
    let askedMs: number | undefined
    try {
      yield* readConnection(configuration, call, position, silenceMs)
    } catch (error) {
      if (!mayReconnect(error, position, call)) throw error
      askedMs = askedWaitMs(error)
    }
    const jitterMs = jitterWaitMs(position.failureCount++, randomFraction(random))
    await clock.sleep(Math.min(askedMs ?? position.reconnectMs ?? 0, LONGEST_ASKED_MS) + jitterMs, signal)
  }
}

async function* readConnection(
  configuration: Configuration,
  call: Call,
  position: Position,
  silenceMs: number,
): AsyncGenerator<Event, void, undefined> {
  const deadline = new Deadline(call.signal)
  try {
    const response = await attempt(
      configuration,
      call,
      deadline,
      async (answer) => {
        await requireStream(answer, call, configuration.clock.now())
        return answer
      },
      position.lastEventId === undefined ? {} : { 'Last-Event-ID': position.lastEventId },
    )
    position.everConnected = true
    const reader = new SseReader(response, call)
    for (;;) {
      deadline.set(silenceMs)
      const block = await reader.read().catch((error: unknown) => {
        throw explain(error, call, deadline)
      })
      deadline.clear() // the time that the caller takes for the events is not silence
      if (block === undefined) return
      position.failureCount = 0
      position.lastEventId = block.lastEventId ?? position.lastEventId
      position.reconnectMs = block.reconnectMs ?? position.reconnectMs
      yield* block.events
    }
  } finally {
    deadline.end()
  }
}

/** An event that cannot be read would be skipped by going on after it: that is for the caller to see. */
function mayReconnect(error: unknown, { everConnected, failureCount }: Position, call: Call): boolean {
  if (!(error instanceof PistoError) || !error.retryable) return false
  if (error instanceof PistoAnswerError && error.reason === 'broken') return false
  return everConnected || failureCount < call.maxRetries
}
