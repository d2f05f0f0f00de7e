import { countCharacters, endOfCharacters, hasSurrogates } from './characters.ts'
import { pairs } from './pairs.ts'

/** One data object: two digits id, two digits length, value. */
export interface TlvObject {
  readonly id: string
  /** The id as a number, 0 to 99. */
  readonly tag: number
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

/** `00` to `99`: ids and lengths as they are written. */
const PAIRS = pairs(10)

/** A number from 0 to 99 as it is written. */
export function pairOf(number: number): string {
  return PAIRS[number] ?? ''
}

/**
 * Reads one level of objects. Lengths count characters (code points): neither bytes nor UTF-16 units.
 *
 * @param text The payload, or the value of a template.
 * @param start Where `text` starts in the payload, in characters.
 * @param isAscii It is known to be ASCII.
 * @returns What was read before a fault, too. A level without any character is a fault.
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1, section 3
 * @example
 * readObjects('000201').objects // [{ id: '00', tag: 0, value: '01', offset: 0 }]
 */
export function readObjects(text: string, start = 0, isAscii = false): TlvLevel {
  const isOneUnitEach = isAscii || !hasSurrogates(text)
  const objects: TlvObject[] = []
  let at = 0
  let offset = start
  do {
    const value = at + HEAD
    const tag = value > text.length ? -1 : pairAt(text, at)
    const length = tag < 0 ? -1 : pairAt(text, at + 2)
    const end = isOneUnitEach || length < 0 ? value + length : endOfCharacters(text, value, length)
    if (length < 0 || end > text.length) return { objects, fault: faultOf(text, at, offset) }
    objects.push({ id: pairOf(tag), tag, value: text.slice(value, end), offset })
    at = end
    offset += HEAD + length
  } while (at < text.length)
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
  if (tagOf(id) < 0) throw new RangeError(`an object's id is two digits, not "${id}"`)
  if (length < 1 || length > 99) throw new RangeError(`object ${id} would have ${length} characters`)
  return `${id}${pairOf(length)}${value}`
}

/** An object's id as a number, or -1 if it is not two ASCII digits. */
export function tagOf(id: string): number {
  return id.length === 2 ? pairAt(id, 0) : -1
}

/** The number that two ASCII digits say, or -1. */
function pairAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const units = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1
}

/** A length that is none breaks R27, everything else R01. */
function faultOf(text: string, at: number, offset: number): TlvFault {
  const head = Array.from(text.slice(at, at + 2 * HEAD)).slice(0, HEAD)
  const found = head.join('')
  const isLength = head.length < HEAD || pairAt(found, 0) < 0 || pairAt(found, 2) >= 0
  return { rule: isLength ? 'R01' : 'R27', offset, found }
}
