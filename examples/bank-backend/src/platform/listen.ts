import { createServer, type RequestListener } from 'node:http'

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly url: string
  /** Takes no more connections; resolves when what was accepted is answered. */
  close(): Promise<void>
}

/** An answer takes seconds at most; whoever takes longer to send a request than this is not the gateway. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16 * 1024 }

const IDLE_POLL_MS = 20

/** Listens on the loopback interface: before this service stands the bank's gateway, which knows who calls. */
export async function listenOnLoopback(handler: RequestListener, port: number): Promise<Listening> {
  const server = createServer(LIMITS, handler)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      const idle = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS) // those that were answered meanwhile
      await closed.finally(() => clearInterval(idle))
    },
  }
}
