import { hash } from 'node:crypto'
import type { FieldError, Operation } from '@pisto/contract'
import type { Response } from 'express'
import { exchangeOf, writeAnswer } from './exchange.ts'
import type { Validate } from './validators.ts'

export const JSON_TYPE = 'application/json'

/** A handler gave what its schema forbids: a mistake of ours, seen in tests. */
class AnswerInvalid extends Error {
  override readonly name = 'AnswerInvalid'
  constructor(operation: string, errors: readonly FieldError[]) {
    super(`${operation}: ${errors.map(({ pointer, code }) => `${pointer} ${code}`).join(', ')}`)
  }
}

/** Of what anybody may keep: named by its content, so that whoever has it is told so. */
const CACHE_CONTROL = { immutable: 'public, max-age=31536000, immutable', revalidated: 'no-cache' } as const

/**
 * Answers with a handler's result, as its operation says: JSON, text, bytes, or a stream.
 *
 * @param validate Checks JSON against the schema first; undefined: not checked.
 * @throws {AnswerInvalid}
 */
export async function answer(
  response: Response,
  operation: Operation,
  result: unknown,
  validate: Validate | undefined,
): Promise<void> {
  const { headers, call } = exchangeOf(response)
  const status = call?.dryRun ? 200 : (operation.status ?? 200)
  const mediaType = call?.mediaType ?? operation.mediaType ?? JSON_TYPE
  if (mediaType === 'text/event-stream') return stream(response, headers, result as AsyncIterable<string>)
  const shown = {
    ...headers,
    'Content-Type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    ...(call?.replayed && { 'Idempotent-Replayed': 'true' }),
  }
  if (mediaType !== JSON_TYPE) return writeContent(response, operation, shown, result as string | Uint8Array)
  const text = JSON.stringify(result)
  const errors = validate?.(operation.response, JSON.parse(text)) ?? []
  if (errors.length > 0) throw new AnswerInvalid(operation.id, errors)
  writeAnswer(response, status, shown, text)
}

/** Text or bytes; where they may be kept, with their name, and only that to whoever has them already. */
function writeContent(
  response: Response,
  { status = 200, caching }: Operation,
  headers: Readonly<Record<string, string>>,
  content: string | Uint8Array,
): void {
  if (caching === undefined) {
    writeAnswer(response, status, headers, content)
    return
  }
  const etag = `"${hash('sha256', content, 'base64url')}"`
  const named = { ...headers, 'Cache-Control': CACHE_CONTROL[caching], ETag: etag }
  if (hasAlready(response.req.headers['if-none-match'], etag)) response.writeHead(304, named).end()
  else writeAnswer(response, status, named, content)
}

/** Not Express’s `fresh`: that ignores the condition when `fetch` adds `Cache-Control: no-cache`. @see RFC 9110 13.1.2 */
const hasAlready = (ifNoneMatch = '', etag: string): boolean =>
  ifNoneMatch === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)

/** Writes as fast as the caller reads, no faster. */
async function stream(
  response: Response,
  headers: Readonly<Record<string, string>>,
  chunks: AsyncIterable<string>,
): Promise<void> {
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  if (response.req.method === 'HEAD') {
    response.end()
    return
  }
  response.flushHeaders()
  for await (const chunk of chunks) {
    if (response.destroyed) break
    if (!response.write(chunk)) await drained(response)
  }
  response.end()
}

/** Resolves when there is room again, or nobody to write to. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}
