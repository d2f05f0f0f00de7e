import { PistoConnectionError, PistoError } from '../errors.ts'
import type { Call } from './call.ts'
import { type Configuration, checkedToken } from './configuration.ts'
import type { Deadline } from './deadline.ts'
import { uploadInit } from './upload.ts'

/**
 * Sends a call once.
 *
 * @param read Takes what it needs from the answer while the deadline stands.
 * @throws {PistoError} whatever came of it instead of an answer; the signal's reason, if the caller gave up;
 *   what `credentials` throws
 */
export async function attempt<T>(
  configuration: Configuration,
  call: Call,
  deadline: Deadline,
  read: (response: Response) => Promise<T>,
  moreHeaders: Readonly<Record<string, string>> = {},
): Promise<T> {
  call.signal?.throwIfAborted()
  const headers = { ...(await headersOf(configuration, call)), ...moreHeaders }
  deadline.set(call.timeoutMs)
  try {
    return await read(await configuration.fetch(call.url, requestOf(call, headers, deadline.signal)))
  } catch (error) {
    throw explain(error, call, deadline)
  }
}

/** What a failure while fetching or reading means to the caller. */
export function explain(error: unknown, call: Call, deadline: Deadline): unknown {
  if (call.signal?.aborted) return call.signal.reason
  if (error instanceof PistoError) return error
  return new PistoConnectionError(deadline.expired ? 'timeout' : 'network', call, { cause: error })
}

function requestOf(call: Call, headers: Record<string, string>, signal: AbortSignal): RequestInit {
  return {
    method: call.route.method,
    headers,
    ...(call.body !== undefined && { body: call.body }),
    ...(call.file && uploadInit(call.file)),
    signal,
    redirect: 'manual', // and refused: see answer.ts
    cache: 'no-store', // money is looked up, not remembered
    credentials: 'omit', // no cookies: who calls is said by the key alone
    referrerPolicy: 'no-referrer',
  }
}

async function headersOf({ credentials, locale }: Configuration, call: Call): Promise<Record<string, string>> {
  const { method } = call.route
  const isFunction = typeof credentials === 'function'
  const token = isFunction ? checkedToken(await credentials()) : undefined
  const signed = isFunction ? undefined : await credentials?.headers({ method, url: call.url })
  return {
    Accept: `${call.route.mediaType ?? 'application/json'}, application/problem+json`,
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...signed,
    ...(locale !== undefined && { 'Accept-Language': locale }),
    ...(call.body !== undefined && { 'Content-Type': mediaTypeOf(call.body) }),
    ...(call.file && { 'Content-Type': call.file.mediaType }),
    ...(call.idempotencyKey !== undefined && { 'Idempotency-Key': call.idempotencyKey }),
    ...(call.ifMatch !== undefined && { 'If-Match': call.ifMatch }),
  }
}

const mediaTypeOf = (body: NonNullable<Call['body']>): string =>
  typeof body === 'string' ? 'application/json' : 'application/octet-stream'
