import { type Alternative, COMMON_PROBLEMS, type Operation, WRITE_PROBLEMS } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { PROBLEMS, type ProblemCode } from './problems.ts'

type Json = { [key: string]: unknown }

/**
 * The contract as an OpenAPI 3.1 document (JSON Schema 2020-12), derived from the operation table.
 *
 * @param options.version Of the product.
 * @param options.sandbox Whether the operations that only the sandbox has are in it.
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function openApi(options: { version: string; sandbox: boolean }): Json {
  const schemas: Json = { Problem: PROBLEM_SCHEMA }
  const paths: Record<string, Json> = {}
  for (const [resource, operations] of Object.entries(OPERATIONS)) {
    for (const entry of Object.values(operations) as Operation[]) {
      if (entry.sandboxOnly && !options.sandbox) continue
      const path = entry.path.replace('*}', '}')
      paths[path] = { ...paths[path], [entry.method.toLowerCase()]: describeOperation(entry, resource, schemas) }
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Pisto',
      version: options.version,
      summary: 'Electronic payments for micro-businesses of Guatemala, Honduras and El Salvador',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas,
    },
  }
}

function describeOperation(entry: Operation, resource: string, schemas: Json): Json {
  const success = {
    description: 'Done',
    content: entry.formats
      ? describeFormats(entry, entry.formats, schemas)
      : {
          [entry.mediaType ?? 'application/json']: { schema: hoist(entry.response, schemas) },
          ...Object.fromEntries((entry.alternatives ?? []).map(describeAlternative)),
        },
  }
  return {
    operationId: entry.id,
    summary: entry.summary,
    tags: [resource],
    ...(entry.scope === 'public' ? { security: [] } : { security: [{ key: [entry.scope] }] }),
    parameters: parameters(entry, schemas),
    ...requestBody(entry, schemas),
    responses: { [entry.status ?? 200]: success, ...problemResponses(problemsOf(entry)) },
  }
}

/** A body of which nothing has to be there may be left out. */
const hasRequired = (body: object): boolean =>
  !('properties' in body) || ('required' in body && !isEmpty(body.required))
const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0

function requestBody({ method, body, bytes, upload }: Operation, schemas: Json): Json {
  if (upload) {
    const content = Object.fromEntries(upload.map((type) => [type, { schema: plainSchema(type, 'The file') }]))
    return { requestBody: { required: true, content } }
  }
  if (body)
    return {
      requestBody: {
        required: hasRequired(body) || method === 'PATCH',
        content: { 'application/json': { schema: hoist(body, schemas) } },
      },
    }
  if (bytes === undefined) return {}
  const { mediaType, maxBytes, description } = bytes
  const schema = { contentMediaType: mediaType, description: `${description}; at most ${maxBytes} bytes` }
  return { requestBody: { required: true, content: { [mediaType]: { schema } } } }
}

const describeAlternative = ({ mediaType, description }: Alternative): [string, Json] => [
  mediaType,
  { schema: plainSchema(mediaType, description) },
]

/** Bytes have a media type and no type. @see OpenAPI 3.1, section 4.8.14.1, and JSON Schema Validation, section 8.4 */
const plainSchema = (mediaType: string, description: string): Json =>
  /^(image\/png|application\/pdf)$/.test(mediaType)
    ? { contentMediaType: mediaType, description }
    : { type: 'string', description }

function describeFormats(entry: Operation, formats: NonNullable<Operation['formats']>, schemas: Json): Json {
  const byType = Map.groupBy(Object.entries(formats), ([, mediaType]) => mediaType)
  return Object.fromEntries(
    [...byType].map(([mediaType, forms]) => {
      const description = forms.map(([format]) => `\`format\` ${format}`).join(', ')
      const isJson = mediaType === 'application/json'
      return [mediaType, { schema: isJson ? hoist(entry.response, schemas) : plainSchema(mediaType, description) }]
    }),
  )
}

/** Every code that this operation may answer with. */
export function problemsOf(entry: Operation): readonly ProblemCode[] {
  const writes = entry.idempotencyKey ? WRITE_PROBLEMS : []
  const body = entry.method === 'GET' ? [] : (['body_too_large', 'media_type_unsupported'] as const)
  const json = entry.method === 'GET' || entry.bytes || entry.upload ? [] : (['body_malformed'] as const)
  return [...new Set([...entry.problems, ...writes, ...json, ...body, ...COMMON_PROBLEMS])]
}

function parameters(entry: Operation, schemas: Json): Json[] {
  const inPath = [...entry.path.matchAll(/\{(\w+)\*?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = (entry.query as { properties?: Json; required?: string[] } | undefined) ?? {}
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema: hoist(schema, schemas),
  }))
  const key = entry.idempotencyKey && {
    name: 'Idempotency-Key',
    in: 'header',
    required: entry.idempotencyKey === 'required',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }
  const match = entry.etag !== undefined &&
    entry.method !== 'GET' && {
      name: 'If-Match',
      in: 'header',
      required: false,
      schema: { type: 'string', description: 'The `ETag` that was read: another one by now is refused' },
    }
  return [...inPath, ...inQuery, ...(key ? [key] : []), ...(match ? [match] : [])]
}

function problemResponses(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, found]) => [
        status,
        {
          description: found.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('\n\n'),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  )
}

/** Schemas with a title become components and are referred to. */
function hoist(schema: unknown, schemas: Json): unknown {
  if (Array.isArray(schema)) return schema.map((item) => hoist(item, schemas))
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, hoist(value, schemas)]))
  const title = (schema as Json)['title']
  if (typeof title !== 'string') return copy
  schemas[title] = copy
  return { $ref: `#/components/schemas/${title}` }
}

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'detail', 'code', 'facts', 'errors', 'traceId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { enum: Object.keys(PROBLEMS) },
    facts: { type: 'object', additionalProperties: { type: 'string' } },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message', 'messageEs'],
        properties: {
          pointer: { type: 'string', description: 'RFC 6901' },
          code: { type: 'string' },
          message: { type: 'string' },
          messageEs: { type: 'string' },
        },
      },
    },
    traceId: { type: 'string' },
  },
}
