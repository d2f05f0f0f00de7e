import type { IncomingMessage } from 'node:http'
import { PistoProblem } from '@pisto/contract'
import type { RequestHandler } from 'express'
import { singleHeader } from './headers.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Who may talk to a server that every web page of its user's browser can reach. `Host` must name this server: a page
 * whose own name was made to point here (DNS rebinding) still sends its own name. `Origin`, where there is one, must be
 * this server, too; there is no CORS to open.
 *
 * @param allowedHosts Names beside the loopback ones, without port.
 */
export function hostRules(allowedHosts: readonly string[]): RequestHandler {
  const allowed = new Set([...LOOPBACK, ...allowedHosts.map((name) => name.toLowerCase())])
  return (request, _response, next) => {
    checkHost(request, allowed)
    next()
  }
}

function checkHost(request: IncomingMessage, allowed: ReadonlySet<string>): void {
  const host = singleHeader(request, 'host')?.toLowerCase()
  if (host === undefined || !allowed.has(nameOf(host))) throw new PistoProblem('host_refused')
  const origin = singleHeader(request, 'origin')
  if (origin !== undefined && !isSameHost(origin, host)) throw new PistoProblem('origin_refused')
}

/** `localhost:8787` → `localhost`, `[::1]:8787` → `[::1]`; a host of another form is nobody's name. */
function nameOf(host: string): string {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(host)?.[1] ?? ''
}

function isSameHost(origin: string, host: string): boolean {
  const [, authority] = /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase()) ?? []
  return authority === host
}
