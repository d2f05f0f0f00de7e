import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** A request that somebody sent to the catcher. */
export interface CaughtRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** As it came: signatures are over these bytes. */
  readonly body: Uint8Array
  readonly text: string
  /** Undefined when the body is no JSON. */
  readonly json: unknown
}

export interface WebhookCatcher extends AsyncDisposable {
  /** Where to send webhooks to. */
  readonly url: string
  readonly requests: readonly CaughtRequest[]
  /**
   * The first request, caught already or yet to come, that fits and was not given before.
   * @throws {Error} none within `timeoutMs` (default 5,000)
   */
  next(fits?: (request: CaughtRequest) => boolean, timeoutMs?: number): Promise<CaughtRequest>
  /** How to answer from now on. Default 204. */
  answerWith(status: number): void
  stop(): Promise<void>
}

interface Waiting {
  readonly fits: (request: CaughtRequest) => boolean
  readonly take: (request: CaughtRequest) => void
}

/**
 * A small HTTP server on this machine that records what it is sent.
 *
 * @example
 * await using webhooks = await catchWebhooks()
 * const delivery = await webhooks.next(({ json }) => json.type === 'payment.completed')
 */
export async function catchWebhooks(): Promise<WebhookCatcher> {
  const requests: CaughtRequest[] = []
  const given = new Set<CaughtRequest>()
  const waiting = new Set<Waiting>()
  let status = 204

  const server = createServer(async (message, response) => {
    const request = await read(message)
    requests.push(request)
    for (const one of waiting) {
      if (!one.fits(request)) continue
      one.take(request)
      break
    }
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  const stop = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    requests,
    answerWith(next) {
      status = next
    },
    async next(fits = () => true, timeoutMs = 5_000) {
      const caught = requests.find((request) => !given.has(request) && fits(request))
      const request = caught ?? (await nextOf(waiting, fits, timeoutMs))
      given.add(request)
      return request
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function nextOf(waiting: Set<Waiting>, fits: Waiting['fits'], timeoutMs: number): Promise<CaughtRequest> {
  return new Promise((resolve, reject) => {
    const one: Waiting = {
      fits,
      take(request) {
        clearTimeout(timer)
        waiting.delete(one)
        resolve(request)
      },
    }
    const timer = setTimeout(() => {
      waiting.delete(one)
      reject(new Error(`no such webhook within ${timeoutMs} ms`))
    }, timeoutMs)
    waiting.add(one)
  })
}

async function read(message: IncomingMessage): Promise<CaughtRequest> {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  const body = Buffer.concat(pieces)
  const text = body.toString('utf8')
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
  return { method: message.method ?? '', path: message.url ?? '', headers, body, text, json: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
