import { type FieldError, PistoProblem } from '@pisto/contract'

const DEPTH_LIMIT = 10
const ERRORS_LIMIT = 50

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads JSON strictly: valid UTF-8 without a byte order mark, at most ten levels deep, no text that a database
 * cannot hold (NUL, lone surrogates), no name that could reach a prototype.
 *
 * @throws {PistoProblem} `body_malformed`: not JSON in UTF-8, or deeper; `request_invalid`: with where it is wrong
 */
export function parseJson(bytes: Uint8Array): unknown {
  const value = parse(bytes)
  const errors: FieldError[] = []
  inspect(value, '', 1, errors)
  if (errors.length > 0) throw new PistoProblem('request_invalid', {}, { errors })
  return value
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch {
    throw new PistoProblem('body_malformed') // the cause would quote the body
  }
}

function inspect(value: unknown, pointer: string, depth: number, errors: FieldError[]): void {
  if (errors.length >= ERRORS_LIMIT) return
  if (typeof value === 'string') {
    if (!isStorable(value)) errors.push({ pointer, ...UNSTORABLE })
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth > DEPTH_LIMIT) {
    throw new PistoProblem('body_malformed', {}, { errors: [{ pointer: '', ...TOO_DEEP }] })
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) inspect(item, `${pointer}/${index}`, depth + 1, errors)
    return
  }
  for (const [name, item] of Object.entries(value)) {
    const at = `${pointer}/${escapePointer(name)}`
    if (name === '__proto__') errors.push({ pointer: at, ...FORBIDDEN_NAME })
    else if (CONTROL_CHARACTER.test(name) || !isStorable(name)) errors.push({ pointer: at, ...UNSTORABLE })
    else inspect(item, at, depth + 1, errors)
  }
}

/** Whether PostgreSQL holds this text as it is. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

// biome-ignore lint/suspicious/noControlCharactersInRegex: names of fields have none
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/

/** A name as a part of an RFC 6901 pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

export const UNSTORABLE = {
  code: 'text_invalid',
  message: 'Contains characters that are no text',
  messageEs: 'Contiene caracteres que no son texto',
} as const satisfies Omit<FieldError, 'pointer'>

const FORBIDDEN_NAME = {
  code: 'unknown_field',
  message: 'There is no such field',
  messageEs: 'No existe ese campo',
} as const satisfies Omit<FieldError, 'pointer'>

const TOO_DEEP = {
  code: 'depth',
  message: `At most ${DEPTH_LIMIT} levels deep`,
  messageEs: `Como máximo ${DEPTH_LIMIT} niveles de profundidad`,
} as const satisfies Omit<FieldError, 'pointer'>
