import { LIMITS } from './check-values.ts'
import { crc16 } from './crc.ts'
import { type MerchantFields, PLAIN_FIELDS, type PlainOrTemplate, type SubFields } from './fields.ts'
import { InvalidCode } from './invalid-code.ts'
import { parse } from './parse.ts'
import { writeName } from './spelling.ts'
import { countCharacters, writeObject } from './tlv.ts'

/**
 * What is needed to write a code. The format indicator and the CRC are written by `build`; those of
 * a code that was read are ignored, so that its fields can be written again.
 */
export interface CodeFields extends Omit<MerchantFields, 'payloadFormatIndicator' | 'crc'> {
  readonly payloadFormatIndicator?: string
  readonly mcc: string
  /** In its true spelling: `59` gets it without accents, `64` as it is. */
  readonly merchantName: string
  /** In its true spelling. */
  readonly merchantCity: string
  readonly crc?: string
}

/**
 * Writes a merchant-presented code, always to the letter of the specification.
 *
 * Names and cities lose their accents and are cut at a word (see `writeName`, which says whether
 * something is cut). If that changes a letter and the fields have no `language` of their own, the
 * true spelling goes into template `64` with language `es` (R23). Objects are written in ascending
 * order, the CRC last.
 *
 * @throws {InvalidCode} The result would break a rule; its `findings` are those of the strict profile.
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 * @example
 * build({
 *   pointOfInitiation: '11',
 *   merchantAccounts: { '26': { '00': 'gt.pisto', '01': 'PX0012345' } },
 *   mcc: '5411', currency: '320', country: 'GT', merchantName: 'Tienda 8', merchantCity: 'Guatemala',
 * }) // '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'
 */
export function build(fields: CodeFields): string {
  const written = withWrittenNames(fields)
  const open = `${[
    object('00', '01'),
    plain(written, '01'),
    templates(written.merchantAccounts, '02', '51'),
    ...['52', '53', '54', '55', '56', '57', '58', '59', '60', '61'].map((id) => plain(written, id as PlainId)),
    written.additionalData === undefined ? '' : object('62', inside(written.additionalData, '62')),
    written.language === undefined ? '' : object('64', inside(written.language, '64')),
    templates(written.unreserved ?? {}, '80', '99'),
  ].join('')}6304`
  const payload = `${open}${crc16(open)}`

  const { ok, findings } = parse(payload, { profile: 'strict' })
  if (!ok) throw new InvalidCode(findings)
  return payload
}

function withWrittenNames(fields: CodeFields): CodeFields {
  const name = writeName(fields.merchantName, LIMITS.merchantName)
  const city = writeName(fields.merchantCity, LIMITS.merchantCity)
  const written = { ...fields, merchantName: name.ascii, merchantCity: city.ascii }
  const losesNothing = name.ascii === name.spelled && city.ascii === city.spelled
  if (fields.language !== undefined || losesNothing) return written

  const language: SubFields = { '00': 'es', '01': name.spelled }
  return { ...written, language: city.ascii === city.spelled ? language : { ...language, '02': city.spelled } }
}

type PlainId = keyof typeof PLAIN_FIELDS

function plain(fields: CodeFields, id: PlainId): string {
  const value = fields[PLAIN_FIELDS[id]]
  return value === undefined ? '' : object(id, value)
}

function templates(values: Readonly<Record<string, PlainOrTemplate>>, from: string, to: string): string {
  return entriesOf(values)
    .map(([id, value]) => {
      if (!/^\d\d$/.test(id) || id < from || id > to) throw InvalidCode.because('R21', { path: id })
      return object(id, typeof value === 'string' ? value : inside(value, id))
    })
    .join('')
}

/** The objects of a template; `00` is first because ids ascend. */
function inside(values: Readonly<Record<string, PlainOrTemplate>>, path: string): string {
  return entriesOf(values)
    .map(([id, value]) => {
      const at = `${path}.${id}`
      if (!/^\d\d$/.test(id)) throw InvalidCode.because('R21', { path: at })
      return object(id, typeof value === 'string' ? value : inside(value, at), at)
    })
    .join('')
}

function entriesOf(values: Readonly<Record<string, PlainOrTemplate>>): [string, PlainOrTemplate][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
}

function object(id: string, value: string, path = id): string {
  const length = countCharacters(value)
  if (length === 0) throw InvalidCode.because('R26', { path })
  if (length > 99) throw InvalidCode.because('R01long', { path, found: `${length}` })
  return writeObject(id, value)
}
