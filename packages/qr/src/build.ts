import { countCharacters, isLongerThan } from './characters.ts'
import { LIMITS } from './check-values.ts'
import { crc16 } from './crc.ts'
import type { MerchantFields, PlainOrTemplate, SubFields } from './fields.ts'
import { InvalidCode } from './invalid-code.ts'
import { parse } from './parse.ts'
import { type WrittenName, writeName } from './spelling.ts'
import { tagOf, writeObject } from './tlv.ts'

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
  const { merchantAccounts, additionalData, unreserved = {} } = fields
  const name = writeName(fields.merchantName, LIMITS.merchantName)
  const city = writeName(fields.merchantCity, LIMITS.merchantCity)
  const language = fields.language ?? languageOf(name, city)

  let open = object('00', '01') + plain('01', fields.pointOfInitiation)
  open += templates(merchantAccounts, 2, 51)
  open += plain('52', fields.mcc) + plain('53', fields.currency) + plain('54', fields.amount)
  open += plain('55', fields.tipIndicator) + plain('56', fields.feeFixed) + plain('57', fields.feePercent)
  open += plain('58', fields.country) + object('59', name.ascii) + object('60', city.ascii)
  open += plain('61', fields.postalCode)
  if (additionalData !== undefined) open += object('62', inside(additionalData, '62'))
  if (language !== undefined) open += object('64', inside(language, '64'))
  open += `${templates(unreserved, 80, 99)}6304`
  const payload = open + crc16(open)

  const { ok, findings } = parse(payload, { profile: 'strict' })
  if (!ok) throw new InvalidCode(findings)
  return payload
}

/** The true spelling, where ASCII loses some of it (R23). */
function languageOf(name: WrittenName, city: WrittenName): SubFields | undefined {
  const isCityLost = city.ascii !== city.spelled
  if (name.ascii === name.spelled && !isCityLost) return undefined
  return isCityLost ? { '00': 'es', '01': name.spelled, '02': city.spelled } : { '00': 'es', '01': name.spelled }
}

function plain(id: string, value: string | undefined): string {
  return value === undefined ? '' : object(id, value)
}

type Templates = Readonly<Record<string, PlainOrTemplate>>

function templates(values: Templates, from: number, to: number): string {
  let written = ''
  for (const id of ascending(values)) {
    const tag = tagOf(id)
    if (tag < from || tag > to) throw InvalidCode.because('R21', { path: id })
    const value = values[id] ?? ''
    written += object(id, typeof value === 'string' ? value : inside(value, id))
  }
  return written
}

/** The objects of a template; `00` is first because ids ascend. */
function inside(values: Templates, path: string): string {
  let written = ''
  for (const id of ascending(values)) {
    const at = `${path}.${id}`
    if (tagOf(id) < 0) throw InvalidCode.because('R21', { path: at })
    const value = values[id] ?? ''
    written += object(id, typeof value === 'string' ? value : inside(value, at), at)
  }
  return written
}

function ascending(values: Templates): readonly string[] {
  const ids = Object.keys(values)
  return ids.every((id, at) => at === 0 || (ids[at - 1] ?? '') < id) ? ids : ids.sort()
}

function object(id: string, value: string, path = id): string {
  if (value === '') throw InvalidCode.because('R26', { path })
  if (isLongerThan(value, 99)) throw InvalidCode.because('R01long', { path, found: `${countCharacters(value)}` })
  return writeObject(id, value)
}
