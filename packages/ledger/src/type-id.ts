import { hex } from './database/database.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const VALUE = new Map([...ALPHABET].map((letter, value) => [letter, value]))
const SHAPE = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/

/**
 * The `uuid` text of a TypeID, for SQL.
 *
 * @throws {RangeError} not a TypeID; with `prefix`, one of another kind
 * @see https://github.com/jetify-com/typeid/tree/main/spec
 * @example
 * toUuid('acc_01h455vb4pex5vsknk084sn02q') // '01890a5d-ac96-774b-bcce-b302099a8057'
 */
export function toUuid(id: string, prefix?: string): string {
  if (!isTypeId(id, prefix)) throw new RangeError(`not a TypeID${prefix ? ` of ${prefix}` : ''}: "${id}"`)
  let bits = 0
  let held = 0
  const bytes = new Uint8Array(16)
  let at = 0
  for (const [index, letter] of [...id.slice(4)].entries()) {
    bits = (bits << 5) | (VALUE.get(letter) ?? 0)
    held += index === 0 ? 3 : 5 // 26 letters are 130 bits: the first carries three
    if (held >= 8) {
      held -= 8
      bytes[at++] = (bits >> held) & 0xff
      bits &= (1 << held) - 1
    }
  }
  const digits = hex(bytes)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`
}

/** The TypeID of a `uuid`. @throws {RangeError} not a uuid */
export function toTypeId(prefix: string, uuid: string): string {
  const digits = uuid.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(digits)) throw new RangeError(`not a uuid: "${uuid}"`)
  let text = ''
  let bits = 0
  let held = 2 // two leading zero bits make 130
  for (let at = 0; at < 32; at += 2) {
    bits = (bits << 8) | Number.parseInt(digits.slice(at, at + 2), 16)
    held += 8
    while (held >= 5) {
      held -= 5
      text += ALPHABET[(bits >> held) & 31]
      bits &= (1 << held) - 1
    }
  }
  return `${prefix}_${text}`
}

export function isTypeId(id: string, prefix?: string): boolean {
  return SHAPE.test(id) && (prefix === undefined || id.startsWith(`${prefix}_`))
}
