import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { openApi } from './openapi.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'

const operations: Operation[] = Object.values(OPERATIONS).flatMap((resource) => Object.values(resource))
const document = (sandbox = true) => JSON.parse(JSON.stringify(openApi({ version: '0.1.0', sandbox })))

/** Every object inside a value, with itself. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

it.each([true, false])('is a valid OpenAPI 3.1 document (sandbox: %s)', async (sandbox) => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(document(sandbox))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

it('has every operation, and outside the sandbox none of the sandbox', () => {
  const idsOf = (sandbox: boolean) =>
    [...objectsIn(document(sandbox).paths)].flatMap(({ operationId }) => operationId ?? [])
  expect(idsOf(true).toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
  expect(idsOf(false).toSorted()).toEqual(
    operations
      .filter((o) => !o.sandboxOnly)
      .map(({ id }) => id)
      .toSorted(),
  )
})

it('refers only to components that exist, and has none that nobody refers to', () => {
  const whole = document()
  const referred = new Set([...objectsIn(whole)].flatMap(({ $ref }) => $ref ?? []))
  const existing = Object.keys(whole.components.schemas).map((title) => `#/components/schemas/${title}`)
  expect([...referred].toSorted()).toEqual(existing.toSorted())
})

it('gives one schema to each title: another of the same title would replace it', () => {
  const byTitle = new Map<string, Set<string>>()
  for (const { query, body, response } of operations) {
    for (const schema of objectsIn([query, body, response])) {
      if (typeof schema['title'] !== 'string') continue
      byTitle.set(schema['title'], (byTitle.get(schema['title']) ?? new Set()).add(JSON.stringify(schema)))
    }
  }
  expect([...byTitle].filter(([, schemas]) => schemas.size > 1).map(([title]) => title)).toEqual([])
})

it('tells parameters, keys, bodies and problems of an operation', () => {
  const refund = document().paths['/v1/payments/{paymentId}/refunds'].post
  expect(
    refund.parameters.map((parameter: Record<string, unknown>) => [
      parameter['name'],
      parameter['in'],
      parameter['required'],
    ]),
  ).toEqual([
    ['paymentId', 'path', true],
    ['dryRun', 'query', false],
    ['Idempotency-Key', 'header', true],
  ])
  expect(refund.requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/CreateRefund' })
  expect(Object.keys(refund.responses)).toEqual([
    '201',
    '400',
    '401',
    '403',
    '404',
    '408',
    '409',
    '410',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ])
  expect(refund.responses['422'].description).toContain('`refund_exceeds_payment`')
  expect(document().paths['/v1/log/tile/{tilePath}'].get.parameters).toHaveLength(1)
})

it.each([
  ['/v1/accounts/{accountId}/statement', 'get', ['application/json', 'text/csv', 'application/pdf', 'application/xml']],
  ['/v1/reports', 'post', ['text/csv', 'text/plain']],
  ['/v1/payments/{paymentId}/receipt', 'get', ['application/json', 'text/plain', 'image/svg+xml', 'image/png']],
  ['/v1/log/tile/{tilePath}', 'get', ['application/octet-stream']],
])('%s %s answers with every media type that it has', (path, method, mediaTypes) => {
  const { content } = document().paths[path][method].responses['200']
  expect(Object.keys(content)).toEqual(mediaTypes)
})

it('says which `format` makes which file', () => {
  const { content } = document().paths['/v1/reports'].post.responses['200']
  expect(content['text/plain'].schema.description).toBe('`format` hledger, `format` beancount')
})

it('an operation has a file for each word of its field `format`, and no other', () => {
  for (const { id, formats, query, body } of operations) {
    const { format } = ((query ?? body) as { properties?: Record<string, { enum?: string[] }> })?.properties ?? {}
    expect(Object.keys(formats ?? {}), id).toEqual(format?.enum ?? [])
  }
})

it('tells bytes by their media type, and calls them no text', () => {
  const contentOf = (path: string) => document().paths[path].get.responses['200'].content
  const pdf = contentOf('/v1/accounts/{accountId}/statement')['application/pdf'].schema
  const png = contentOf('/v1/payments/{paymentId}/receipt')['image/png'].schema

  expect([pdf, png].map(({ type, contentMediaType }) => [type, contentMediaType])).toEqual([
    [undefined, 'application/pdf'],
    [undefined, 'image/png'],
  ])
  expect(contentOf('/v1/accounts/{accountId}/statement')['text/csv'].schema.type).toBe('string')
})
