import { checkFrame } from './check-frame.ts'
import { readAccount, readAdditionalData, readLanguage, readUnreserved } from './check-templates.ts'
import { checkValues } from './check-values.ts'
import { type FieldsInProgress, type MerchantFields, type PlainOrTemplate, plainFieldOf } from './fields.ts'
import { createReport, type Finding, type Profile, type Report } from './finding.ts'
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
  const report = createReport(options.profile ?? 'tolerant')
  const fields: FieldsInProgress = {}
  readCode(report, `${payload}`, fields)

  const { findings } = report
  return report.hasErrors() || !isComplete(fields) ? { ok: false, fields, findings } : { ok: true, fields, findings }
}

function readCode(report: Report, payload: string, fields: FieldsInProgress): void {
  if (payload.length > MAX_SCANNED) {
    const found = `${payload.length}`
    report.add('R24', { path: '', offset: 0, found, limit: MAX_SCANNED, tolerated: false })
    return
  }
  const { objects, fault } = readObjects(payload)
  if (fault !== undefined) {
    const { rule, offset, found } = fault
    report.add(rule, { path: objects.at(-1)?.id ?? '', offset, found })
  } else {
    checkFrame(report, payload, objects)
  }
  const accepting = fault === undefined ? report : createReport('strict') // after a fault one finding is enough
  for (const object of objects) keepPlain(object, fields)
  checkValues(accepting, fields, (id) => objects.find((object) => object.id === id)?.offset ?? 0)
  for (const object of objects) keepTemplate(accepting, object, fields)
}

/** Of a repeated object the first counts, as the finding says. */
function keepPlain({ id, value }: TlvObject, fields: FieldsInProgress): void {
  const name = plainFieldOf(id)
  if (name !== undefined) fields[name] ??= value
}

/** R21: `65` to `79` are reserved and ignored. */
function keepTemplate(report: Report, object: TlvObject, fields: FieldsInProgress): void {
  const { id } = object
  if (id >= '02' && id <= '51') {
    fields.merchantAccounts = withFirst(fields.merchantAccounts, id, () => readAccount(report, object))
  } else if (id === '62' && fields.additionalData === undefined) {
    const additionalData = readAdditionalData(report, object)
    if (additionalData !== undefined) fields.additionalData = additionalData
  } else if (id === '64' && fields.language === undefined) {
    const language = readLanguage(report, object)
    if (language !== undefined) fields.language = language
  } else if (id >= '80') {
    fields.unreserved = withFirst(fields.unreserved, id, () => readUnreserved(report, object))
  }
}

type Templates = Readonly<Record<string, PlainOrTemplate>>

function withFirst(known: Templates | undefined, id: string, read: () => PlainOrTemplate): Templates {
  if (known !== undefined && Object.hasOwn(known, id)) return known
  return { ...known, [id]: read() }
}

/** What R03, R04 and R08 require of every profile. */
function isComplete(fields: FieldsInProgress): fields is MerchantFields {
  const { payloadFormatIndicator, merchantAccounts, currency, country, crc } = fields
  return [payloadFormatIndicator, merchantAccounts, currency, country, crc].every((field) => field !== undefined)
}
