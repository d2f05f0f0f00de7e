import { OPERATIONS, type Operation } from '@pisto/contract'
import { expect, it } from 'vitest'
import { isTold } from './field-errors.ts'
import { createValidators } from './validators.ts'

const operations: Operation[] = Object.values(OPERATIONS).flatMap((group) => Object.values(group))
const schemas = operations.flatMap(({ query, body }) => [query, body]).filter((schema) => schema !== undefined)

/** Keywords that say something about a schema rather than about values, or only contain other schemas. */
const SILENT = new Set(['title', 'description', 'examples', 'properties', 'patternProperties', 'items'])

it('every rule that a request can break has words of its own', () => {
  const untold = new Set<string>()
  const visit = (schema: object): void => {
    for (const [keyword, value] of Object.entries(schema)) {
      if (!SILENT.has(keyword) && !isTold(keyword)) untold.add(keyword)
      if (keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object')) visit(value)
      if (keyword === 'properties' || keyword === 'patternProperties') Object.values<object>(value).forEach(visit)
    }
  }
  schemas.forEach(visit)

  expect([...untold]).toEqual([])
})

it.each(operations.map((operation) => [operation.id, operation] as const))(
  '%s: its schemas compile in strict mode',
  (_id, { query, body, response }) => {
    const validate = createValidators()

    for (const schema of [query, body, response]) if (schema) validate(schema, {})
  },
)

it('many mistakes are told, but not without end', () => {
  const schema = { type: 'object', properties: {}, additionalProperties: false }
  const value = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, index]))

  expect(createValidators()(schema, value)).toHaveLength(50)
})
