import { type CallFacts, PistoUsageError } from '../errors.ts'
import type { EditOptions } from '../options.ts'
import { ROUTES } from '../routes.generated.ts'
import { randomUuid } from '../runtime.ts'
import { type Configuration, checkedRetries, checkedTimeout } from './configuration.ts'
import type { OperationId, Route } from './route.ts'
import type { FileUpload } from './upload.ts'

/** Of an attempt that sends a file, unless it is told otherwise. */
const UPLOAD_MS = 1_800_000

/** Path parameters by name; `query` and `body` beside them. */
export interface LooseInput {
  readonly [name: string]: unknown
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: FileUpload
}

/** A call that is ready to be sent, as often as it takes: nothing of it changes between attempts. */
export interface Call extends CallFacts {
  readonly route: Route
  readonly url: string
  /** JSON, or bytes as they are. */
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
  /** Instead of a body. */
  readonly file: FileUpload | undefined
  /** The `If-Match` header. */
  readonly ifMatch: string | undefined
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly maxRetries: number
}

/**
 * Fixes everything about a call before its first attempt, its idempotency key above all.
 * @throws {PistoUsageError} an id that cannot be one, or an option that cannot be meant
 */
export function prepareCall(
  configuration: Configuration,
  operation: OperationId,
  input: LooseInput,
  options: EditOptions = {},
): Call {
  const route: Route = ROUTES[operation]
  return {
    operation,
    route,
    url: configuration.baseUrl + fillPath(route.path, input) + queryText(input.query),
    body: bodyOf(input.body),
    file: input.file,
    idempotencyKey: route.idempotencyKey && keyOf(configuration, options),
    ifMatch: options.ifRevision === undefined ? undefined : `"${options.ifRevision}"`,
    signal: options.signal,
    timeoutMs: checkedTimeout(options.timeoutMs ?? (input.file ? UPLOAD_MS : configuration.timeoutMs)),
    maxRetries: checkedRetries(options.maxRetries ?? configuration.maxRetries),
  }
}

function bodyOf(body: unknown): Call['body'] {
  if (body === undefined) return undefined
  return body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body)
}

/** Each parameter is encoded, so that an id stays one segment; `{name*}` takes several. */
function fillPath(path: string, input: LooseInput): string {
  return path.replaceAll(/\{(\w+)(\*?)\}/g, (_, name: string, star: string) => {
    const value = input[name]
    if (typeof value !== 'string') throw new PistoUsageError(`${name} is text`)
    const segments = star === '' ? [value] : value.split('/')
    return segments.map((segment) => encodeSegment(segment, name)).join('/')
  })
}

/** An empty segment would address the list, and URL parsers resolve `.` and `..` away, encoded or not. */
function encodeSegment(segment: string, name: string): string {
  if (/^\.{0,2}$/.test(segment) || !segment.isWellFormed()) {
    throw new PistoUsageError(`${JSON.stringify(segment)} cannot be a ${name}`)
  }
  return encodeURIComponent(segment)
}

function queryText(query: LooseInput['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

function keyOf({ random }: Configuration, { idempotencyKey = randomUuid(random) }: EditOptions): string {
  if (/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) return idempotencyKey
  throw new PistoUsageError('an idempotencyKey is 1 to 255 visible ASCII characters without spaces')
}
