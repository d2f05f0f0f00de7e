import type { ProblemDocument } from '@pisto/contract'
import { type AnswerFault, type CallFacts, PistoAnswerError, PistoApiError } from '../errors.ts'
import { readBytes } from './body.ts'
import type { Route } from './route.ts'
import { retryAfterMs } from './waiting.ts'

const EXCERPT_CHARACTERS = 200

interface Asked extends CallFacts {
  readonly route: Route
}

/**
 * Reads a whole answer as what its operation promises: JSON, text or bytes.
 *
 * @param nowMs Milliseconds since 1970, for a `Retry-After` that is a date.
 * @throws {PistoApiError} a problem document
 * @throws {PistoAnswerError} anything that Pisto does not answer
 */
export async function readAnswer(response: Response, call: Asked, nowMs: number): Promise<unknown> {
  requireNoRedirect(response, call)
  const bytes = await readBytes(response, call)
  if (!response.ok) throw problemOf(response, bytes, call, nowMs)
  const promised = call.route.mediaType ?? 'application/json'
  if (mediaTypeOf(response) !== promised) throw fault('notPisto', response, bytes, call, nowMs)
  if (promised === 'application/octet-stream' || promised === 'image/png') return bytes
  const content = promised === 'application/json' ? parseObject(bytes) : decode(bytes)
  if (content === undefined) throw fault('broken', response, bytes, call, nowMs)
  return content
}

/**
 * For an answer that is read piece by piece: returns when it is a success of the promised type.
 * @throws {PistoApiError} a problem document
 * @throws {PistoAnswerError} anything that Pisto does not answer
 */
export async function requireStream(response: Response, call: Asked, nowMs: number): Promise<void> {
  requireNoRedirect(response, call)
  if (response.ok && mediaTypeOf(response) === call.route.mediaType) return
  const bytes = await readBytes(response, call)
  throw response.ok ? fault('notPisto', response, bytes, call, nowMs) : problemOf(response, bytes, call, nowMs)
}

/** Followed, a redirect would turn a POST into a GET or carry the key to another server. */
function requireNoRedirect(response: Response, call: Asked): void {
  const { status, type } = response
  if (type === 'opaqueredirect' || (status >= 300 && status < 400))
    throw new PistoAnswerError('redirect', call, { status })
}

function problemOf(response: Response, bytes: Uint8Array, call: Asked, nowMs: number): Error {
  const content = mediaTypeOf(response) === 'application/problem+json' ? parseObject(bytes) : undefined
  const problem = content && toProblem(content, response.status)
  if (problem === undefined) return fault('notPisto', response, bytes, call, nowMs)
  return new PistoApiError(problem, call, retryAfterMs(response.headers.get('retry-after'), nowMs))
}

/** Tolerates what is missing except the code: an error must not hide behind a worse one. */
function toProblem(content: Readonly<Record<string, unknown>>, status: number): ProblemDocument | undefined {
  if (typeof content['code'] !== 'string') return undefined
  const blank = { type: 'about:blank', title: content['code'], detail: '', facts: {}, errors: [], traceId: '' }
  return { ...blank, ...content, status } as unknown as ProblemDocument
}

function fault(
  reason: AnswerFault,
  response: Response,
  bytes: Uint8Array,
  call: Asked,
  nowMs: number,
): PistoAnswerError {
  return new PistoAnswerError(reason, call, {
    status: response.status,
    excerpt: new TextDecoder().decode(bytes.subarray(0, 4 * EXCERPT_CHARACTERS)).slice(0, EXCERPT_CHARACTERS),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), nowMs),
  })
}

function mediaTypeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase()
}

/** Every JSON answer of Pisto is an object. */
function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(decode(bytes) ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
