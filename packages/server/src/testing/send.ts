import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'

export interface Sent {
  readonly method?: string
  /** As it goes on the wire. */
  readonly path: string
  /** A list is sent as so many headers. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Uint8Array
}

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Undefined: the body is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any
}

const TIMEOUT_MS = 10_000

/** Sends exactly what is said: unlike `fetch` also a wrong Host, repeated headers, a body with GET. */
export function send(url: string, { method = 'GET', path, headers = {}, body }: Sent): Promise<Received> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sending = request(
      { hostname, port, method, path, headers, agent: false, timeout: TIMEOUT_MS },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) })
        })
      },
    )
    sending.on('error', reject)
    sending.on('timeout', () => sending.destroy(new Error('no answer')))
    sending.end(body)
  })
}

/** Sends bytes that may not be HTTP, and gives all that comes back until the server closes. */
export function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('not closed')))
    socket.on('data', (chunk) => {
      received += chunk.toString()
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
}

/** A JSON body with its header. */
export const json = (value: unknown): Pick<Sent, 'headers' | 'body'> => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
