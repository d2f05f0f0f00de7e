import { PistoUsageError } from '../errors.ts'
import type { Clock, Credentials, PistoOptions, RequestCredentials } from '../options.ts'
import { systemClock, systemRandom } from '../runtime.ts'

/** The client's options, checked and with their defaults. */
export interface Configuration {
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** Undefined: nothing to show, only public operations will answer. */
  readonly credentials: Credentials | RequestCredentials | undefined
  readonly locale: string | undefined
  readonly timeoutMs: number
  readonly maxRetries: number
  readonly fetch: typeof globalThis.fetch
  readonly random: (byteCount: number) => Uint8Array
  readonly clock: Clock
}

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_RETRIES = 3
const MOST_RETRIES = 10
/** What timers hold: 24.8 days. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** @throws {PistoUsageError} an option cannot be meant */
export function configure(options: PistoOptions): Configuration {
  return {
    baseUrl: checkedBaseUrl(options.baseUrl),
    credentials: credentialsOf(options),
    locale: options.locale,
    timeoutMs: checkedTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    maxRetries: checkedRetries(options.maxRetries ?? DEFAULT_RETRIES),
    // Looked up when called: what wraps the global one later is used, and browsers need it called on the window.
    fetch: options.fetch ?? ((resource, init) => globalThis.fetch(resource, init)),
    random: options.random ?? systemRandom,
    clock: options.clock ?? systemClock,
  }
}

export function checkedTimeout(timeoutMs: number): number {
  if (Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS) return timeoutMs
  throw new PistoUsageError(`timeoutMs is a whole number of milliseconds from 1 to ${LONGEST_TIMEOUT_MS}`)
}

export function checkedRetries(maxRetries: number): number {
  if (Number.isInteger(maxRetries) && maxRetries >= 0 && maxRetries <= MOST_RETRIES) return maxRetries
  throw new PistoUsageError(`maxRetries is a whole number from 0 to ${MOST_RETRIES}`)
}

/** A token goes into a header: what could end the header, or is no token, never gets there. */
export function checkedToken(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token
  throw new PistoUsageError('a key or token is visible ASCII without spaces') // does not say which: it is a secret
}

function checkedBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url && !url.search && !url.hash && !url.username && !url.password
  if (!plain || !/^https?:$/.test(url.protocol)) {
    throw new PistoUsageError('baseUrl is an http or https address without user, query and fragment')
  }
  return url.href.replace(/\/+$/, '')
}

function credentialsOf({ apiKey, credentials }: PistoOptions): Configuration['credentials'] {
  if (apiKey !== undefined && credentials !== undefined) {
    throw new PistoUsageError('apiKey or credentials, not both')
  }
  if (apiKey === undefined) return credentials
  const token = checkedToken(apiKey)
  return () => token
}
