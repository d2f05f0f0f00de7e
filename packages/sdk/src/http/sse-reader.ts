import type { Event } from '@pisto/contract'
import { createParser } from 'eventsource-parser'
import { type CallFacts, PistoAnswerError } from '../errors.ts'

/** Events are thin: an event of more characters is none. */
const MOST_CHARACTERS = 1024 * 1024

/** What one piece of the stream brought; possibly no event at all. */
export interface SseBlock {
  readonly events: readonly Event[]
  readonly lastEventId: string | undefined
  readonly reconnectMs: number | undefined
}

/** Reads one connection's Server-Sent Events, no faster than it is asked. */
export class SseReader {
  readonly #call: CallFacts
  readonly #status: number
  readonly #bytes: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #decoder = new TextDecoder()
  #events: Event[] = []
  #lastEventId: string | undefined
  #reconnectMs: number | undefined
  readonly #parser = createParser({
    maxBufferSize: MOST_CHARACTERS,
    onId: (id) => {
      this.#lastEventId = id
    },
    onRetry: (durationMs) => {
      this.#reconnectMs = durationMs
    },
    onEvent: ({ data }) => this.#events.push(this.#parse(data)),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded')
        throw new PistoAnswerError('tooLarge', this.#call, { status: this.#status })
    },
  })

  constructor(response: Response, call: CallFacts) {
    this.#call = call
    this.#status = response.status
    this.#bytes = response.body?.getReader()
  }

  /**
   * @returns What the next piece brought; undefined when the server has ended the stream.
   * @throws {PistoAnswerError} `broken`, `tooLarge`
   */
  async read(): Promise<SseBlock | undefined> {
    const piece = await this.#bytes?.read()
    if (piece?.value === undefined) return undefined
    this.#parser.feed(this.#decoder.decode(piece.value, { stream: true }))
    const events = this.#events
    this.#events = []
    return { events, lastEventId: this.#lastEventId, reconnectMs: this.#reconnectMs }
  }

  #parse(data: string): Event {
    try {
      return JSON.parse(data) as Event
    } catch (cause) {
      const excerpt = data.slice(0, 200)
      throw new PistoAnswerError('broken', this.#call, { status: this.#status, excerpt }, { cause })
    }
  }
}
