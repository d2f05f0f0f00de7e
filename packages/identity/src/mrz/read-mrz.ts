import { type Details, type MRZFormat, parse } from 'mrz'

/** Lines and characters per line. ICAO Doc 9303 parts 5 (TD1), 6 (TD2) and 4 (TD3). */
const SHAPES = [
  { format: 'TD1', lines: 3, length: 30, namesLine: 2, namesFrom: 0 },
  { format: 'TD2', lines: 2, length: 36, namesLine: 0, namesFrom: 5 },
  { format: 'TD3', lines: 2, length: 44, namesLine: 0, namesFrom: 5 },
] as const

/** A zone as its lines say, before anything is compared. */
export interface ReadMrz {
  readonly format: (typeof SHAPES)[number]['format']
  /** Without fillers; empty: the zone has none. */
  value(field: Details['field']): string
  /** Of each field that breaks a rule of its own. */
  readonly invalid: ReadonlySet<Details['field']>
  /** Words of the primary identifier, surnames as a rule. */
  readonly surnames: readonly string[]
  readonly givenNames: readonly string[]
  /** The names fill their line to the last character: some may be cut off. Doc 9303-3, 4.6. */
  readonly mayBeCut: boolean
}

/**
 * Reads a zone that was typed, scanned or recognised: spaces and small letters are mended, lines may be one text.
 *
 * @returns Undefined: it has not the lines, the length or the characters of any of the three formats.
 */
export function readMrz(text: string): ReadMrz | undefined {
  const plain = text.toUpperCase().replace(/[^\S\n]/g, '')
  const letters = plain.replace(/\n/g, '')
  const shape = SHAPES.find(({ lines, length }) => letters.length === lines * length)
  if (shape === undefined || !/^[A-Z0-9<]+$/.test(letters)) return undefined
  const lines = Array.from({ length: shape.lines }, (_, line) =>
    letters.slice(line * shape.length, (line + 1) * shape.length),
  )
  const { details, format } = parse(lines)
  if (format !== (shape.format satisfies MRZFormat)) return undefined
  const names = (lines[shape.namesLine] ?? '').slice(shape.namesFrom)
  const [primary = '', ...secondary] = names.split('<<')
  return {
    format: shape.format,
    value: (field) => details.find((detail) => detail.field === field)?.value ?? '',
    invalid: new Set(details.filter(({ valid }) => !valid).map(({ field }) => field)),
    surnames: wordsOf(primary),
    givenNames: wordsOf(secondary.join('<')),
    mayBeCut: !names.endsWith('<'),
  }
}

const wordsOf = (part: string): readonly string[] => part.split('<').filter((word) => word !== '')
