import type { FieldError } from '@pisto/contract'
import type { ErrorObject } from 'ajv/dist/2020.js'
import { escapePointer } from './json-text.ts'

/** However many mistakes a body has. */
const ERRORS_LIMIT = 50

/** What one broken rule is called and how it is told. */
interface Told {
  readonly code: string
  readonly en: string
  readonly es: string
  /** The field that the rule names, below the place that it was checked at. */
  readonly field?: string
}

/** What callers are told, a mistake each, from what Ajv found. */
export function toFieldErrors(found: readonly ErrorObject[]): FieldError[] {
  return found.slice(0, ERRORS_LIMIT).map((error) => {
    const { code, en, es, field } = (KEYWORDS[error.keyword] ?? other)(error)
    const pointer = field === undefined ? error.instancePath : `${error.instancePath}/${escapePointer(field)}`
    return { pointer, code, message: en, messageEs: es }
  })
}

/** Whether a rule has words of its own: a test asks it for every rule of the contract. */
export const isTold = (keyword: string): boolean => Object.hasOwn(KEYWORDS, keyword)

type Tell = (error: ErrorObject) => Told

const limit = ({ params }: ErrorObject): number => params['limit']
const plural = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

const KEYWORDS: Readonly<Record<string, Tell>> = {
  type: ({ params }) => {
    const [en, es] = TYPES[String(params['type'])] ?? [String(params['type']), String(params['type'])]
    return { code: 'type', en: `Must be ${en}`, es: `Debe ser ${es}` }
  },
  required: ({ params }) => ({
    code: 'required',
    en: 'This field is required',
    es: 'Este campo es obligatorio',
    field: params['missingProperty'],
  }),
  additionalProperties: ({ params }) => ({
    code: 'unknown_field',
    en: 'There is no such field',
    es: 'No existe ese campo',
    field: params['additionalProperty'],
  }),
  pattern: ({ parentSchema }) => {
    const example = exampleOf(parentSchema)
    if (example === undefined) return { code: 'pattern', en: 'Has a wrong form', es: 'Tiene una forma incorrecta' }
    return { code: 'pattern', en: `Must look like ${example}`, es: `Debe verse como ${example}` }
  },
  format: ({ params, parentSchema }) => {
    const [en, es] = FORMATS[String(params['format'])] ?? ['of another form', 'de otra forma']
    const example = exampleOf(parentSchema)
    const [like, como] = example === undefined ? ['', ''] : [` like ${example}`, ` como ${example}`]
    return { code: 'format', en: `Must be ${en}${like}`, es: `Debe ser ${es}${como}` }
  },
  enum: ({ params }) => {
    const values = (params['allowedValues'] as readonly unknown[]).join(', ')
    return { code: 'enum', en: `Must be one of: ${values}`, es: `Debe ser uno de: ${values}` }
  },
  const: ({ params }) => ({
    code: 'const',
    en: `Must be ${params['allowedValue']}`,
    es: `Debe ser ${params['allowedValue']}`,
  }),
  uniqueItems: () => ({ code: 'unique_items', en: 'Each only once', es: 'Cada uno una sola vez' }),
  minLength: (error) => ({
    code: 'min_length',
    en: `At least ${plural(limit(error), 'character', 'characters')}`,
    es: `Al menos ${plural(limit(error), 'carácter', 'caracteres')}`,
  }),
  maxLength: (error) => ({
    code: 'max_length',
    en: `At most ${plural(limit(error), 'character', 'characters')}`,
    es: `Como máximo ${plural(limit(error), 'carácter', 'caracteres')}`,
  }),
  minimum: (error) => ({ code: 'minimum', en: `At least ${limit(error)}`, es: `Al menos ${limit(error)}` }),
  maximum: (error) => ({ code: 'maximum', en: `At most ${limit(error)}`, es: `Como máximo ${limit(error)}` }),
  minItems: (error) => ({
    code: 'min_items',
    en: `At least ${plural(limit(error), 'item', 'items')}`,
    es: `Al menos ${plural(limit(error), 'elemento', 'elementos')}`,
  }),
  maxItems: (error) => ({
    code: 'max_items',
    en: `At most ${plural(limit(error), 'item', 'items')}`,
    es: `Como máximo ${plural(limit(error), 'elemento', 'elementos')}`,
  }),
  maxProperties: (error) => ({
    code: 'max_properties',
    en: `At most ${plural(limit(error), 'field', 'fields')}`,
    es: `Como máximo ${plural(limit(error), 'campo', 'campos')}`,
  }),
  propertyNames: ({ params }) => ({
    code: 'field_name',
    en: 'A field has a name that is not allowed',
    es: 'Un campo tiene un nombre que no se permite',
    field: params['propertyName'],
  }),
  anyOf: () => ({
    code: 'any_of',
    en: 'Has none of the allowed forms',
    es: 'No tiene ninguna de las formas permitidas',
  }),
}

const other: Tell = () => ({ code: 'invalid', en: 'Is not allowed', es: 'No se permite' })

const TYPES: Readonly<Record<string, readonly [en: string, es: string]>> = {
  string: ['text', 'texto'],
  integer: ['a whole number', 'un número entero'],
  number: ['a number', 'un número'],
  boolean: ['true or false', 'true o false'],
  object: ['an object', 'un objeto'],
  array: ['a list', 'una lista'],
  null: ['null', 'null'],
}

const FORMATS: Readonly<Record<string, readonly [en: string, es: string]>> = {
  'date-time': ['an RFC 3339 time', 'una hora RFC 3339'],
  uri: ['a URI', 'un URI'],
}

function exampleOf(schema: ErrorObject['parentSchema']): string | undefined {
  const [example]: unknown[] = schema?.['examples'] ?? []
  return typeof example === 'string' ? example : undefined
}
