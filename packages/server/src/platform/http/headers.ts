import type { IncomingMessage } from 'node:http'
import { type FieldError, type Operation, PistoProblem } from '@pisto/contract'

/**
 * A header that may be there once. Node joins or drops repetitions without a word, and two values would mean two
 * things to two readers.
 *
 * @param name In lower case.
 * @throws {PistoProblem} `request_invalid`: it is there twice
 */
export function singleHeader({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  let found: string | undefined
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() !== name) continue
    if (found !== undefined) throw invalid(name, TWICE)
    found = rawHeaders[at + 1]
  }
  return found
}

/**
 * The key under which an effect happens once. Operations without an effect have none.
 *
 * @throws {PistoProblem} `idempotency_key_required`; `request_invalid`: not 1 to 255 visible ASCII characters
 */
export function idempotencyKeyOf(request: IncomingMessage, operation: Operation): string | undefined {
  if (operation.idempotencyKey === undefined) return undefined
  const key = singleHeader(request, 'idempotency-key')
  if (key === undefined) {
    if (operation.idempotencyKey === 'required') throw new PistoProblem('idempotency_key_required')
    return undefined
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw invalid('idempotency-key', KEY_FORM)
  return key
}

/** Headers have no RFC 6901 pointer: the whole request is pointed at, the fact names the header. */
const invalid = (header: string, error: Omit<FieldError, 'pointer'>): PistoProblem =>
  new PistoProblem('request_invalid', { header }, { errors: [{ pointer: '', ...error }] })

const TWICE = {
  code: 'header_duplicate',
  message: 'The header is there more than once',
  messageEs: 'El encabezado está más de una vez',
} as const satisfies Omit<FieldError, 'pointer'>

const KEY_FORM = {
  code: 'idempotency_key_invalid',
  message: 'The header Idempotency-Key has 1 to 255 visible ASCII characters',
  messageEs: 'El encabezado Idempotency-Key tiene de 1 a 255 caracteres ASCII visibles',
} as const satisfies Omit<FieldError, 'pointer'>
