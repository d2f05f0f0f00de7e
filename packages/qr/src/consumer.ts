import { type BerObject, readBer } from './ber.ts'

/** One thing that is wrong with a consumer-presented code. */
export interface ConsumerFinding {
  readonly rule: 'C01' | 'C02' | 'C03' | 'C04' | 'C05' | 'C06' | 'C07' | 'C08' | 'C09'
  /** In bytes from the start of the decoded code; 0 where the code is not base64. */
  readonly offset: number
  readonly message: string
  readonly messageEs: string
}

export type ParsedConsumerCode =
  | { readonly ok: true; readonly objects: readonly BerObject[] }
  | { readonly ok: false; readonly finding: ConsumerFinding }

type Rule = ConsumerFinding['rule']

const TEXTS: Record<Rule, readonly [message: string, messageEs: string]> = {
  C01: ['The code is not base64 with padding', 'El código no es base64 con relleno'],
  C02: ['The code does not start with object 85', 'El código no empieza con el objeto 85'],
  C03: ['Object 85 is not CPV01', 'El objeto 85 no es CPV01'],
  C04: ['An object is cut off, or something follows the last', 'Un objeto está cortado, o algo sigue al último'],
  C05: ['A length is not 00 to 7F or 81 with one byte', 'Una longitud no es de 00 a 7F ni 81 con un byte'],
  C06: ['Object 85 stands there more than once', 'El objeto 85 aparece más de una vez'],
  C07: ['There is no application template 61', 'No hay plantilla de aplicación 61'],
  C08: ['Template 61 has no application identifier 4F', 'La plantilla 61 no tiene identificador de aplicación 4F'],
  C09: ['An application identifier has 5 to 16 bytes', 'Un identificador de aplicación tiene de 5 a 16 bytes'],
}

/** "CPV01" in hexadecimal digits: the version. */
const CPV01 = '4350563031'

/** Characters of the largest QR code there is: nothing longer was scanned. */
const MAX_SCANNED = 7089

/** Base64 in its one canonical length; that the spare bits are zero is not required of strangers. */
const BASE_64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * Reads a consumer-presented code: what a payer's wallet shows. Never throws, for any text.
 *
 * @param payload As scanned: base64 of BER-TLV objects.
 * @returns The objects as a tree, values in upper-case hexadecimal digits, or the first rule broken.
 * @see EMV QR Code Specification for Payment Systems: Consumer-Presented Mode 1.1
 * @example
 * parseConsumer('hQVDUFYwMQ==') // { ok: false, finding: { rule: 'C07', … } }
 */
export function parseConsumer(payload: string): ParsedConsumerCode {
  if (payload === '' || payload.length > MAX_SCANNED || !BASE_64.test(payload)) return refused('C01', 0)
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
  const { objects, fault } = readBer(bytes)

  const [first] = objects
  if (first?.tag !== '85' && (first !== undefined || bytes[0] !== 0x85)) return refused('C02', 0)
  if (first !== undefined && first.value !== CPV01) return refused('C03', 0)
  if (fault !== undefined) return refused(fault.rule, fault.offset)

  const repeated = objects.slice(1).find(({ tag }) => tag === '85')
  if (repeated !== undefined) return refused('C06', repeated.offset)
  const applications = objects.filter(({ tag }) => tag === '61')
  if (applications.length === 0) return refused('C07', bytes.length)
  for (const { offset, children = [] } of applications) {
    const identifier = children.find(({ tag }) => tag === '4F')
    if (identifier === undefined) return refused('C08', offset)
    const byteCount = identifier.value.length / 2
    if (byteCount < 5 || byteCount > 16) return refused('C09', identifier.offset)
  }
  return { ok: true, objects }
}

function refused(rule: Rule, offset: number): ParsedConsumerCode {
  const [message, messageEs] = TEXTS[rule]
  return { ok: false, finding: { rule, offset, message, messageEs } }
}
