import {
  COMMON_PROBLEMS,
  OPERATIONS,
  type Operation,
  type PersonRight,
  PROBLEMS,
  type ProblemCode,
} from '@pisto/contract'
import { code, GENERATED, page, table } from './markdown.ts'

/** What is read of a JSON Schema. */
interface Schema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
}

/** `docs/reference/operations.md`: the operation table, for reading. */
export function operationsPage(): string {
  const groups = Object.entries(OPERATIONS).map(([resource, group]) => [resource, Object.values(group)] as const)
  return page(
    GENERATED,
    '# Operations',
    'The operation table of `@pisto/contract`, for reading. A running server has the same as OpenAPI 3.1 at `/openapi.json`. Every operation but the public ones takes `Authorization: Bearer KEY`.',
    table(
      ['operation', 'request', 'what it does'],
      groups.flatMap(([, group]) =>
        group.map((each: Operation) => [
          `[${code(each.id)}](#${each.id.toLowerCase()})`,
          code(`${each.method} ${each.path}`),
          each.summary,
        ]),
      ),
    ),
    `Beside its own problems every operation may answer: ${COMMON_PROBLEMS.map(problemLink).join(', ')}.`,
    ...groups.flatMap(([resource, group]) => [`## ${resource}`, ...group.map((each: Operation) => describe(each))]),
  )
}

function describe(operation: Operation): string {
  const { id, method, path, summary, scope, status = 200, problems } = operation
  return page(
    `### ${id}`,
    `${code(`${method} ${path}`)} · ${summary}.`,
    `- Scope: ${code(scope)}${operation.sandboxOnly ? ' (only in the sandbox)' : ''}\n${personLine(operation)}${keyLine(operation)}${matchLine(operation)}${fileLine(operation)}- Answers: ${status} ${answerOf(operation)}${alternativesOf(operation)}`,
    fields('query', operation.query as Schema | undefined),
    fields('body', operation.body as Schema | undefined),
    bytesOf(operation),
    problems.length > 0 ? `Its own problems: ${problems.map(problemLink).join(', ')}.` : undefined,
  ).trimEnd()
}

const RIGHTS: Readonly<Record<PersonRight, string>> = {
  owner: 'for what they own',
  staff: 'also those who only charge',
  payer: 'for what they pay',
  party: 'for what they pay or are paid',
  self: 'for their own',
  invited: 'whose phone was invited',
}

/** Who may, of the people who sign in by phone. */
function personLine({ person }: Operation): string {
  if (person === undefined) return ''
  const rights = Object.values(person.of ?? {}).map((right) => RIGHTS[right])
  return `- People: ${code(person.scope)}${rights.length > 0 ? `, ${rights.join(', ')}` : ''}\n`
}

const KEY = { required: 'required', accepted: 'accepted; without one a repetition is a new request' } as const

const keyLine = ({ idempotencyKey }: Operation): string =>
  idempotencyKey ? `- \`Idempotency-Key\`: ${KEY[idempotencyKey]}\n` : ''

const matchLine = ({ etag, method }: Operation): string => {
  if (etag === undefined) return ''
  return method === 'GET' ? '- Answers with an `ETag`\n' : '- `If-Match`: accepted, the `ETag` that was read\n'
}

const fileLine = ({ upload }: Operation): string =>
  upload ? `- Takes a file: ${upload.map((type) => code(`Content-Type: ${type}`)).join(' or ')}\n` : ''

const problemLink = (problem: ProblemCode): string =>
  `[${code(problem)}](problems/${problem}.md) ${PROBLEMS[problem].status}`

function answerOf({ response, mediaType, formats }: Operation): string {
  if (mediaType !== undefined) return code(mediaType)
  const { title } = response as Schema
  const json = title ? code(title) : 'JSON'
  const { json: _described, ...files } = formats ?? {}
  const lines = Object.entries(files).map(([format, type]) => `\n- With \`format\` ${code(format)}: ${code(type)}`)
  return `${formats && !('json' in formats) ? 'a file' : json}${lines.join('')}`
}

const alternativesOf = ({ alternatives = [] }: Operation): string =>
  alternatives.map(({ mediaType, description }) => `\n- With \`Accept: ${mediaType}\`: ${description}`).join('')

const bytesOf = ({ bytes }: Operation): string | undefined =>
  bytes && `Body: ${code(bytes.mediaType)}, at most ${bytes.maxBytes} bytes. ${bytes.description}.`

function fields(name: string, schema: Schema | undefined): string | undefined {
  const properties = Object.entries(schema?.properties ?? {})
  if (properties.length === 0) return undefined
  const rows = properties.map(([field, each]) => [
    code(field),
    typeOf(each),
    schema?.required?.includes(field) ? 'yes' : '',
    each.description ?? '',
  ])
  return table([name, 'type', 'required', ''], rows)
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ')
  if (schema.const !== undefined) return code(String(schema.const))
  if (schema.anyOf) return schema.title ? code(schema.title) : schema.anyOf.map(typeOf).join(' or ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`
  if (schema.type === 'object') return schema.title ? code(schema.title) : 'object'
  return `${schema.type ?? 'any'}${rangeOf(schema)}`
}

function rangeOf({ minimum, maximum, maxLength }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`
  if (minimum !== undefined) return `, from ${minimum}`
  if (maxLength !== undefined) return `, up to ${maxLength} characters`
  return ''
}
