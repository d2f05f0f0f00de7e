import { OPERATIONS, type Operation } from '@pisto/contract'

/** What is read of a JSON Schema. */
interface Schema {
  readonly type?: string
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
}

/** Where a caller may write whatever it wants: `body /metadata/{value}`. */
export type FreeField = `${'query' | 'body'} ${string}`

export const operations: readonly Operation[] = Object.values(OPERATIONS).flatMap((group): Operation[] =>
  Object.values(group),
)

/** The fields of an operation's query and body that take any words. */
export function freeFields(operation: Operation): FreeField[] {
  const parts = ['query', 'body'] as const
  return [
    ...new Set(parts.flatMap((part) => freePaths(operation[part] as Schema).map((path) => `${part} ${path}`))),
  ] as FreeField[]
}

function freePaths(schema: Schema | undefined, path = ''): string[] {
  if (schema === undefined) return []
  const own = takesWords(schema) ? [path] : []
  const maps = Object.values(schema.patternProperties ?? {})
  return [
    ...own,
    ...(schema.anyOf ?? []).flatMap((option) => freePaths(option, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => freePaths(field, `${path}/${name}`)),
    ...maps.flatMap((field) => [`${path}/{name}`, ...freePaths(field, `${path}/{value}`)]),
    ...freePaths(schema.items, `${path}[]`),
  ]
}

/** Text that is neither chosen from a list nor of a form that words do not have. */
function takesWords({ type, enum: chosen, const: fixed, format, pattern = '' }: Schema): boolean {
  return type === 'string' && !chosen && fixed === undefined && !format && new RegExp(pattern).test('Zanate de agua')
}

/** The free fields of a query or body in which `isCanary` holds, by the paths that `freeFields` gives. */
export function fieldsWith(value: unknown, schema: Schema, isCanary: (text: string) => boolean, path = ''): string[] {
  if (typeof value === 'string') return takesWords(schema) && isCanary(value) ? [path] : []
  if (Array.isArray(value)) return value.flatMap((item) => fieldsWith(item, schema.items ?? {}, isCanary, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, field]) => {
    const known = schema.properties?.[name]
    if (known !== undefined) return fieldsWith(field, optionOf(known), isCanary, `${path}/${name}`)
    const [inMap = {}] = Object.values(schema.patternProperties ?? {})
    return [...(isCanary(name) ? [`${path}/{name}`] : []), ...fieldsWith(field, inMap, isCanary, `${path}/{value}`)]
  })
}

const optionOf = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
