import { hasSurrogates } from './characters.ts'
import { checkExtent } from './check-frame.ts'
import { checkValues, MAX_CITY, MAX_NAME } from './check-values.ts'
import { checksum, crcText } from './crc.ts'
import type { MerchantFields, SubFields } from './fields.ts'
import { Report } from './finding.ts'
import { InvalidCode } from './invalid-code.ts'
import { findInvisible } from './invisible.ts'
import { parse } from './parse.ts'
import { type WrittenName, writeName } from './spelling.ts'
import { CodeWriter } from './writer.ts'

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
  let writer = write(written, false)
  let crc = checksum(writer.text)
  if (crc < 0 && hasSurrogates(writer.text)) {
    writer = write(written, true)
    crc = checksum(writer.text)
  }
  const payload = writer.text + crcText(crc)
  const isOwnLanguage = fields.language === undefined // the caller's may break any rule
  if (writer.isSound && isOwnLanguage && isSound(written, payload, crc >= 0)) return payload

  const { ok, findings } = parse(payload, { profile: 'strict' })
  if (!ok) throw new InvalidCode(findings)
  return payload
}

function withWrittenNames(fields: CodeFields): CodeFields {
  const name = writeName(fields.merchantName, MAX_NAME)
  const city = writeName(fields.merchantCity, MAX_CITY)
  if (name.ascii === fields.merchantName && city.ascii === fields.merchantCity) return fields
  const written = { ...fields, merchantName: name.ascii, merchantCity: city.ascii }
  const language = fields.language ?? languageOf(name, city)
  return language === undefined ? written : { ...written, language }
}

/** The true spelling, where ASCII loses some of it. */
function languageOf(name: WrittenName, city: WrittenName): SubFields | undefined {
  const language = { '00': 'es', '01': name.spelled }
  if (city.ascii !== city.spelled) return { ...language, '02': city.spelled }
  return name.ascii === name.spelled ? undefined : language
}

/** All objects, and the head of the checksum. */
function write(fields: CodeFields, isExact: boolean): CodeWriter {
  const writer = new CodeWriter(isExact)
  writer.plain('00', '01')
  writer.plain('01', fields.pointOfInitiation)
  writer.templates(fields.merchantAccounts, 2, 51)
  writer.plain('52', fields.mcc)
  writer.plain('53', fields.currency)
  writer.plain('54', fields.amount)
  writer.plain('55', fields.tipIndicator)
  writer.plain('56', fields.feeFixed)
  writer.plain('57', fields.feePercent)
  writer.plain('58', fields.country)
  writer.plain('59', fields.merchantName)
  writer.plain('60', fields.merchantCity)
  writer.plain('61', fields.postalCode)
  writer.template('62', fields.additionalData)
  writer.template('64', fields.language)
  if (fields.unreserved !== undefined) writer.templates(fields.unreserved, 80, 99)
  writer.text += '6304'
  return writer
}

/** Do the root objects keep all rules that the way of writing does not? They are checked as `parse` does. */
function isSound(fields: CodeFields, payload: string, isAscii: boolean): boolean {
  const report = new Report('strict')
  report.isAscii = isAscii
  checkExtent(report, payload, fields, true) // an account: see `CodeWriter`
  checkValues(report, [], fields)
  return !report.hasErrors && (isAscii || findInvisible(payload) === null)
}
