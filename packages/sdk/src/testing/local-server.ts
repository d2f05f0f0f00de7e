/** A real HTTP server on loopback that answers from a script: one reply per request, in order. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface SeenRequest {
  readonly method: string
  /** Path and query as they came over the wire. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Reply = (response: ServerResponse, request: SeenRequest) => void

export interface LocalServer extends AsyncDisposable {
  readonly baseUrl: string
  readonly seen: readonly SeenRequest[]
}

/** @param script The last reply is repeated. */
export async function localServer(...script: readonly Reply[]): Promise<LocalServer> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
      const reply = script[Math.min(seen.length, script.length) - 1]
      const last = seen.at(-1)
      if (reply && last) reply(response, last)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: () => close(server),
  }
}

/** An address at which nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = await localServer()
  await server[Symbol.asyncDispose]()
  return server.baseUrl
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
