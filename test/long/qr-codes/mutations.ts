import { build, type CodeFields, crc16, InvalidCode, parse } from '@pisto/qr'
import type { Draws } from '../../seeded.ts'

/** What is put in, beside digits: letters of every length in UTF-8, what nobody sees, what looks like an object. */
const TEXTS = [
  '0',
  '9',
  'a',
  'ñ',
  'á',
  '🍍',
  '\ud83c',
  '\u0000',
  '\u202e',
  '５',
  ' ',
  '\n',
  '0502ab',
  '6304',
  '99',
  '00',
]

/** Changes a code at one to four places; half of the results get the checksum that belongs to them. */
export function mutate(draws: Draws, codes: readonly string[]): string {
  let text = draws.pick(codes)
  for (let changes = 1 + draws.below(4); changes > 0; changes--) {
    const at = draws.below(text.length + 1)
    const kind = draws.below(4)
    const removed = kind === 0 ? 0 : 1 + draws.below(5)
    text = text.slice(0, at) + (kind === 1 ? '' : draws.pick(TEXTS)) + text.slice(at + removed)
  }
  return draws.oneIn(2) ? text : sealed(text)
}

function sealed(text: string): string {
  const open = `${text.slice(0, -8)}6304`
  return open + crc16(open)
}

/**
 * Reads a text in both profiles, and writes again what could be read.
 *
 * @returns What is wrong with how that went.
 */
export function faultOf(text: string): string | undefined {
  try {
    const tolerant = parse(text)
    const strict = parse(text, { profile: 'strict' })
    if (tolerant.ok !== tolerant.findings.every(({ severity }) => severity === 'warning')) return 'ok, with an error'
    if (strict.ok !== (strict.findings.length === 0)) return 'strict, with a finding'
    if (strict.ok && !tolerant.ok) return 'strict, but not tolerant'
    return tolerant.ok ? faultOfWriting(tolerant.fields) : undefined
  } catch (error) {
    return `threw ${error}`
  }
}

function faultOfWriting(fields: Partial<CodeFields>): string | undefined {
  const { merchantName = 'A', merchantCity = 'B', mcc = '0000' } = fields
  try {
    const payload = build({ ...(fields as CodeFields), merchantName, merchantCity, mcc })
    return parse(payload, { profile: 'strict' }).ok ? undefined : `wrote ${payload}`
  } catch (error) {
    return error instanceof InvalidCode ? undefined : `writing threw ${error}`
  }
}
