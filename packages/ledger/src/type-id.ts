const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const SHAPE = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/

// Tables: every transfer needs several of these conversions, and reading a table is five times quicker than arithmetic.
/** Value of a letter or hexadecimal digit by its character code. */
const LETTERS = valuesOf(ALPHABET)
const DIGITS = valuesOf('0123456789abcdef')
/** Four hexadecimal digits of each 16 bits; two letters of each 10 bits. */
const WORDS = Array.from({ length: 0x10000 }, (_, word) => word.toString(16).padStart(4, '0'))
const PAIRS = Array.from({ length: 0x400 }, (_, bits) => `${ALPHABET[bits >> 5]}${ALPHABET[bits & 31]}`)

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
  // 26 letters are 130 bits, of which the first two are nothing: 8 bits, then six times 20
  const first = (LETTERS[id.charCodeAt(4)] ?? 0) * 32 + (LETTERS[id.charCodeAt(5)] ?? 0)
  const [a, b, c] = [fourLetters(id, 6), fourLetters(id, 10), fourLetters(id, 14)]
  const [d, e, f] = [fourLetters(id, 18), fourLetters(id, 22), fourLetters(id, 26)]
  const time = `${word((first << 8) | (a >> 12))}${word((a << 4) | (b >> 16))}-${word(b)}-${word(c >> 4)}`
  return `${time}-${word((c << 12) | (d >> 8))}-${word((d << 8) | (e >> 12))}${word((e << 4) | (f >> 16))}${word(f)}`
}

/** The TypeID of a `uuid`. @throws {RangeError} not a uuid */
export function toTypeId(prefix: string, uuid: string): string {
  if (!UUID.test(uuid)) throw new RangeError(`not a uuid: "${uuid}"`)
  const digits = uuid.length === 32 ? uuid : uuid.replaceAll('-', '')
  let text = `${prefix}_${PAIRS[bitsOf(digits, 0, 2)]}`
  for (let at = 2; at < 32; at += 5) {
    const bits = bitsOf(digits, at, at + 5)
    text += `${PAIRS[bits >> 10]}${PAIRS[bits & 0x3ff]}`
  }
  return text
}

export function isTypeId(id: string, prefix?: string): boolean {
  return SHAPE.test(id) && (prefix === undefined || id.startsWith(`${prefix}_`))
}

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128)
  for (const [value, letter] of [...alphabet].entries()) values[letter.charCodeAt(0)] = value
  return values
}

function fourLetters(id: string, at: number): number {
  let bits = 0
  for (let index = at; index < at + 4; index++) bits = (bits << 5) | (LETTERS[id.charCodeAt(index)] ?? 0)
  return bits
}

function bitsOf(digits: string, from: number, to: number): number {
  let bits = 0
  for (let index = from; index < to; index++) bits = (bits << 4) | (DIGITS[digits.charCodeAt(index)] ?? 0)
  return bits
}

/** The lowest 16 bits. */
const word = (bits: number): string => WORDS[bits & 0xffff] ?? ''
