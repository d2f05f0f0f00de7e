/** One data object: two digits id, two digits length, value. */
export interface TlvObject {
  readonly id: string
  readonly value: string
  /** Where the object's id stands, in characters from the start of the payload. */
  readonly offset: number
}

/** Why reading stopped, and where. */
interface TlvFault {
  readonly rule: 'R01' | 'R27'
  readonly offset: number
  /** What stands there instead of an id and a length. */
  readonly found: string
}

/** The objects of one level up to its end, or up to what could not be read. */
export interface TlvLevel {
  readonly objects: readonly TlvObject[]
  readonly fault?: TlvFault
}

/** Characters before an object's value: its id and its length. */
export const HEAD = 4

const SURROGATE = /[\ud800-\udfff]/

/**
 * Reads one level of objects. Lengths count characters (code points): neither bytes nor UTF-16 units.
 *
 * @param text The payload, or the value of a template.
 * @param start Where `text` starts in the payload, in characters.
 * @returns What was read before a fault, too. A level without any character is a fault.
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1, section 3
 * @example
 * readObjects('000201').objects // [{ id: '00', value: '01', offset: 0 }]
 */
export function readObjects(text: string, start = 0): TlvLevel {
  const characters = SURROGATE.test(text) ? Array.from(text) : text
  const objects: TlvObject[] = []
  let at = 0
  while (at < characters.length || at === 0) {
    const end = endOfObject(characters, at)
    if (typeof end === 'string') {
      return { objects, fault: { rule: end, offset: start + at, found: slice(characters, at, at + HEAD) } }
    }
    objects.push({
      id: slice(characters, at, at + 2),
      value: slice(characters, at + HEAD, end),
      offset: start + at,
    })
    at = end
  }
  return { objects }
}

/**
 * Writes one object.
 *
 * @throws {RangeError} The id is not two digits, or the value has no or more than 99 characters.
 * @example
 * writeObject('59', 'Café') // '5904Café'
 */
export function writeObject(id: string, value: string): string {
  const length = countCharacters(value)
  if (!/^\d\d$/.test(id)) throw new RangeError(`an object's id is two digits, not "${id}"`)
  if (length < 1 || length > 99) throw new RangeError(`object ${id} would have ${length} characters`)
  return `${id}${length.toString().padStart(2, '0')}${value}`
}

/** Characters as the specification counts them: code points. */
export function countCharacters(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length
}

/** Where the object that starts at `at` ends, or the rule that it breaks. */
function endOfObject(characters: string | readonly string[], at: number): number | TlvFault['rule'] {
  const value = at + HEAD
  if (value > characters.length || !isDigit(characters, at) || !isDigit(characters, at + 1)) return 'R01'
  if (!isDigit(characters, at + 2) || !isDigit(characters, at + 3)) return 'R27'
  const end = value + Number(slice(characters, at + 2, value))
  return end > characters.length ? 'R01' : end
}

function isDigit(characters: string | readonly string[], at: number): boolean {
  const character = characters[at]
  return character !== undefined && character >= '0' && character <= '9'
}

function slice(characters: string | readonly string[], from: number, to: number): string {
  const part = characters.slice(from, to)
  return typeof part === 'string' ? part : part.join('')
}
