import type { FieldError } from '@pisto/contract'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { oncePerObject } from '../once-per-object.ts'
import { toFieldErrors } from './field-errors.ts'

/** @returns What is wrong with a value; empty: nothing. */
export type Validate = (schema: object, value: unknown) => readonly FieldError[]

const NOTHING: readonly FieldError[] = []

/**
 * Validators of JSON Schemas, each compiled once, when it is first needed (all at once would take as long as the
 * database). Values are never changed: a body is what its sender wrote.
 */
export function createValidators(): Validate {
  const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true })
  addFormats.default(ajv, ['date-time', 'uri'])
  const compiled = oncePerObject((schema: object): ValidateFunction => ajv.compile(schema))
  return (schema, value) => {
    const validate = compiled(schema)
    return validate(value) ? NOTHING : toFieldErrors(validate.errors ?? [])
  }
}
