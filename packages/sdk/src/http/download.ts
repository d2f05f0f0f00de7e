import { requireStream } from './answer.ts'
import { attempt, explain } from './attempt.ts'
import type { Call } from './call.ts'
import type { Configuration } from './configuration.ts'
import { Deadline } from './deadline.ts'
import { repeated } from './send.ts'

/**
 * A file that the server writes while it is read, once: piece by piece, or whole where it fits into memory. Read it to
 * its end, or end the call by its signal: until then the connection stays open.
 */
export interface Download extends AsyncIterable<Uint8Array> {
  readonly mediaType: string
  /** A name to keep it under, as the server proposes it: letters, digits, hyphens, one dot. */
  readonly fileName: string | undefined
  bytes(): Promise<Uint8Array<ArrayBuffer>>
  text(): Promise<string>
}

/**
 * Asks for a file until it begins to come, or the retries are used up. From then on the time limit is that of each
 * piece, and a connection that breaks is the caller's to begin anew.
 *
 * @throws {PistoError} of the last attempt
 */
export function openDownload(configuration: Configuration, call: Call): Promise<Download> {
  return repeated(configuration, call, async () => {
    const deadline = new Deadline(call.signal)
    try {
      const response = await attempt(configuration, call, deadline, async (answer) => {
        await requireStream(answer, call, configuration.clock.now())
        return answer
      })
      deadline.clear()
      return downloadOf(response, call, deadline)
    } catch (error) {
      deadline.end()
      throw error
    }
  })
}

function downloadOf(response: Response, call: Call, deadline: Deadline): Download {
  const bytes = async () =>
    new Uint8Array(await new Blob(await collect(pieces(response, call, deadline))).arrayBuffer())
  return {
    mediaType: call.route.mediaType ?? '',
    fileName: fileNameOf(response.headers.get('content-disposition')),
    bytes,
    text: async () => new TextDecoder('utf-8', { fatal: true }).decode(await bytes()),
    [Symbol.asyncIterator]: () => pieces(response, call, deadline),
  }
}

async function* pieces(
  response: Response,
  call: Call,
  deadline: Deadline,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (response.body === null) return
  const reader = response.body.getReader() // throws where it is read a second time
  try {
    for (;;) {
      deadline.set(call.timeoutMs)
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw explain(error, call, deadline)
      })
      deadline.clear() // the time that the caller takes for a piece is not the server's
      if (done) return
      yield value
    }
  } finally {
    deadline.end()
  }
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const each of all) collected.push(each)
  return collected
}

/** What is no plain file name is none: it might lead out of a folder. */
const fileNameOf = (disposition: string | null): string | undefined =>
  /;\s*filename="([\w-]+\.\w+)"/.exec(disposition ?? '')?.[1]
