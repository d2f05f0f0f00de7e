import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RandomBytes } from '@pisto/ledger'
import type { Log } from '../runtime/log.ts'
import { refuseMalformed } from './problems.ts'

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  readonly log: Log
  readonly random: RandomBytes
}

export interface Listening {
  /** `http://127.0.0.1:8787` */
  readonly url: string
  /** Takes no more connections, finishes what was accepted, then closes. */
  close(): Promise<void>
}

const HEADERS_MS = 10_000
/** A file of a million rows over a slow line; other bodies have half a minute (`readJsonBody`). */
const REQUEST_MS = 1_800_000
const KEEP_ALIVE_MS = 65_000
/** A caller that neither reads nor sends for so long is gone; streams have heartbeats. */
const SILENCE_MS = 120_000
const CHECK_MS = 1_000
const HEADER_BYTES = 16 * 1024
/** What was accepted gets this long when the server stops. */
const FINISH_MS = 15_000
const IDLE_POLL_MS = 20

/** Listens for HTTP with limits on everything that a caller can make slow or large. */
export async function listen(handler: RequestListener, options: ListenOptions): Promise<Listening> {
  const { port, host, log, random } = options
  let isClosing = false
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_MS,
      maxHeaderSize: HEADER_BYTES,
      requireHostHeader: false, // the host rules answer, with a problem document
    },
    (request, response) => {
      if (isClosing) response.setHeader('Connection', 'close')
      handler(request, response)
    },
  )
  server.setTimeout(SILENCE_MS)
  server.on('clientError', (error, socket) => refuseMalformed({ log, random }, error, socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  return {
    url: urlOf(server, host),
    close() {
      isClosing = true
      return closed(server)
    },
  }
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

async function closed(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS)
  const patience = setTimeout(() => server.closeAllConnections(), FINISH_MS)
  try {
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  } finally {
    clearInterval(idle)
    clearTimeout(patience)
  }
}
