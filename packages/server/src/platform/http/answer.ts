import { hash } from 'node:crypto'
import type { FieldError, Operation } from '@pisto/contract'
import type { Response } from 'express'
import { type Attachment, asFile, type Download, downloadHeaders, writePieces } from './download.ts'
import { exchangeOf, writeAnswer } from './exchange.ts'
import { etagOf } from './revision.ts'
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
 * Answers with a handler's result, as its operation says: JSON, text, bytes, a file, or a stream of events.
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
  if (operation.formats) return writeDownload(response, operation, headers, result as Download, validate)
  if (mediaType === 'text/event-stream') return writeEvents(response, headers, result as AsyncIterable<string>)
  const shown = {
    ...headers,
    'Content-Type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    ...(call?.replayed && { 'Idempotent-Replayed': 'true' }),
    ...(operation.etag && { ETag: etagOf((result as { readonly revision: number }).revision) }),
  }
  if (operation.attachment) {
    const { fileName, bytes } = result as Attachment
    return writeAnswer(response, status, { ...shown, 'Content-Disposition': asFile(fileName) }, bytes)
  }
  if (mediaType !== JSON_TYPE) return writeContent(response, operation, shown, result as string | Uint8Array)
  const text = JSON.stringify(result)
  requireAnswer(operation, text, validate)
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

/** Events are told from the start that somebody listens. */
function writeEvents(
  response: Response,
  headers: Readonly<Record<string, string>>,
  events: AsyncIterable<string>,
): Promise<void> {
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  response.flushHeaders()
  return writePieces(response, () => undefined, events)
}

async function writeDownload(
  response: Response,
  operation: Operation,
  headers: Readonly<Record<string, string>>,
  download: Download,
  validate: Validate | undefined,
): Promise<void> {
  const head = { ...headers, ...downloadHeaders(operation, download) }
  if (download.format !== 'json' || validate === undefined) {
    return writePieces(response, () => response.writeHead(operation.status ?? 200, head), download.pieces)
  }
  let text = ''
  for await (const piece of download.pieces) text += piece
  requireAnswer(operation, text, validate)
  writeAnswer(response, operation.status ?? 200, head, text)
}

function requireAnswer(operation: Operation, text: string, validate: Validate | undefined): void {
  const errors = validate?.(operation.response, JSON.parse(text)) ?? []
  if (errors.length > 0) throw new AnswerInvalid(operation.id, errors)
}
