import { checkFrame } from './check-frame.ts'
import { readAccount, readAdditionalData, readLanguage, readUnreserved } from './check-templates.ts'
import { checkValues } from './check-values.ts'
import { isSealedAscii } from './crc.ts'
import { type FieldsInProgress, keepPlain, type MerchantFields } from './fields.ts'
import { type Finding, type Profile, Report } from './finding.ts'
import { readObjects, type TlvObject } from './tlv.ts'

/** What `parse` gives. `fields` of a code that is not ok may lack anything; never pay by them. */
export type ParsedCode =
  | { readonly ok: true; readonly fields: MerchantFields; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly fields: Partial<MerchantFields>; readonly findings: readonly Finding[] }

/** Characters of the largest QR code there is (version 40, digits only): nothing longer was scanned. */
const MAX_SCANNED = 7089

/**
 * Reads a merchant-presented code and says all that is wrong with it. Never throws, for any text.
 *
 * @param payload As scanned, unchanged: also a space or line feed at the end is a mistake.
 * @param options.profile `tolerant` (default) reads what real codes of the region need and warns;
 *   `strict` is the specification. Both check the CRC, always.
 * @returns `ok` is true if no finding is an error. Findings stand in the order in which they matter:
 *   the first error is the one to show.
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 * @example
 * parse('00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054').ok // true
 */
export function parse(payload: string, options: { readonly profile?: Profile } = {}): ParsedCode {
  const report = new Report(options.profile ?? 'tolerant')
  const fields: FieldsInProgress = {}
  readCode(report, `${payload}`, fields)

  const { findings } = report
  if (report.hasErrors) return { ok: false, fields, findings }
  return { ok: true, fields: fields as MerchantFields, findings } // what is mandatory in every profile is there
}

function readCode(report: Report, payload: string, fields: FieldsInProgress): void {
  if (payload.length > MAX_SCANNED) {
    const found = `${payload.length}`
    report.add('R24', { path: '', offset: 0, found, limit: MAX_SCANNED, tolerated: false })
    return
  }
  report.isAscii = isSealedAscii(payload)
  const { objects, fault } = readObjects(payload, 0, report.isAscii)
  for (const { tag, value } of objects) keepPlain(fields, tag, value)
  if (fault === undefined) {
    checkFrame(report, payload, objects, fields)
    checkValues(report, objects, fields)
    readTemplates(report, objects, fields)
  } else {
    const { rule, offset, found } = fault
    report.add(rule, { path: objects.at(-1)?.id ?? '', offset, found })
    readTemplates(new Report('strict'), objects, fields) // after a fault one finding is enough
  }
}

/** Of a repeated object the first counts, as the finding says. R21: `65` to `79` are reserved and ignored. */
function readTemplates(report: Report, objects: readonly TlvObject[], fields: FieldsInProgress): void {
  for (const object of objects) {
    const { id, tag } = object
    if (tag >= 2 && tag <= 51) {
      fields.merchantAccounts ??= {}
      fields.merchantAccounts[id] ??= readAccount(report, object)
    } else if (tag === 62) {
      const additionalData = fields.additionalData ?? readAdditionalData(report, object)
      if (additionalData !== undefined) fields.additionalData = additionalData
    } else if (tag === 64) {
      const language = fields.language ?? readLanguage(report, object)
      if (language !== undefined) fields.language = language
    } else if (tag >= 80) {
      fields.unreserved ??= {}
      fields.unreserved[id] ??= readUnreserved(report, object)
    }
  }
}
