import type { Reply } from './local-server.ts'

type Headers = Readonly<Record<string, string>>

export const json =
  (body: unknown, status = 200, headers: Headers = {}): Reply =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body))

export const raw =
  (body: string | Uint8Array, contentType: string, status = 200, headers: Headers = {}): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': contentType, ...headers }).end(body)

export const problem =
  (code: string, status: number, headers: Headers = {}, more: object = {}): Reply =>
  (response) => {
    const title = `title of ${code}`
    const document = {
      type: `https://pisto.example/problems/${code}`,
      title,
      status,
      detail: `detail of ${code}`,
      code,
    }
    response
      .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
      .end(JSON.stringify({ ...document, facts: {}, errors: [], traceId: 'trace-1', ...more }))
  }

/** Takes the request and cuts the line, as a phone does that leaves the network. */
export const hangUp: Reply = (response) => response.destroy()

/** Begins an answer and cuts the line in the middle. */
export const truncated: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"id":"pay_', () => response.destroy())
}

export const silence: Reply = () => {}

/** Sends these pieces of an event stream, then ends it, cuts it or leaves it open. */
export const stream =
  (pieces: readonly string[], then: 'end' | 'cut' | 'stay' = 'stay'): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    for (const piece of pieces) response.write(piece)
    if (then === 'end') response.end()
    if (then === 'cut') setTimeout(() => response.destroy(), 20) // so that the pieces arrive before
  }
