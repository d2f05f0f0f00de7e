import { countCharacters, isLongerThan } from './characters.ts'
import { MAX_CITY, MAX_NAME } from './check-values.ts'
import type { PlainOrTemplate, SubFields } from './fields.ts'
import type { Report } from './finding.ts'
import { guidPosition, readTemplate, subFieldsOf } from './template.ts'
import { HEAD, readObjects, type TlvObject } from './tlv.ts'

/** Plain values of some wallets where a template should stand: 32 hexadecimal digits, or 32 bytes in base64. */
export function isOpaque(value: string): boolean {
  return value.length === 32
    ? /^[0-9A-Fa-f]{32}$/.test(value)
    : value.length === 44 && /^[0-9A-Za-z+/]{43}=$/.test(value)
}

/** R10, R28: an account, `02` to `51`. Card networks up to `25` define their values themselves. */
export function readAccount(report: Report, object: TlvObject): PlainOrTemplate {
  const { id, tag, value, offset } = object
  if (tag < 26 || value === '') return value
  const at = { path: id, offset }
  if (isOpaque(value)) {
    report.add('R10opaque', at)
    return value
  }
  const objects = readTemplate(report, object, false)
  if (objects === undefined) return value
  const guid = guidPosition(objects)
  if (guid !== 0) report.add(guid < 0 ? 'R10guid' : 'R10order', at)
  return subFieldsOf(objects)
}

/** R22, R28: a network's own template, `80` to `99`. */
export function readUnreserved(report: Report, object: TlvObject): PlainOrTemplate {
  const { id, value, offset } = object
  const objects = readTemplate(report, object, true)
  if (objects === undefined) return value
  if (guidPosition(objects) !== 0) report.add('R22', { path: id, offset })
  return subFieldsOf(objects)
}

/** R20, R28: the name in the merchant's own spelling, `64`. */
export function readLanguage(report: Report, object: TlvObject): SubFields | undefined {
  const objects = readTemplate(report, object, false)
  if (objects === undefined) return undefined
  const fields = subFieldsOf(objects)
  if (!/^[A-Za-z]{2}$/.test(fields['00'] ?? '') || fields['01'] === undefined) {
    report.add('R20', { path: '64', offset: object.offset })
  }
  for (const { id, tag, value, offset } of objects) {
    const limit = tag === 1 ? MAX_NAME : tag === 2 ? MAX_CITY : 99
    if (!isLongerThan(value, limit)) continue
    report.add('R20long', { path: `64.${id}`, offset, found: `${countCharacters(value)}`, limit })
  }
  return fields
}

/** R19, R28: bill, reference, terminal, purpose and what networks add, `62`. */
export function readAdditionalData(report: Report, object: TlvObject): Record<string, PlainOrTemplate> | undefined {
  const objects = readTemplate(report, object, false)
  if (objects === undefined) return undefined
  const fields: Record<string, PlainOrTemplate> = {}
  for (const sub of objects) fields[sub.id] ??= readAdditional(report, sub)
  return fields
}

function readAdditional(report: Report, { id, tag, value, offset }: TlvObject): PlainOrTemplate {
  const at = { path: `62.${id}`, offset }
  if (tag >= 50) {
    const { objects, fault } = readObjects(value, offset + HEAD, report.isAscii)
    if (fault === undefined && guidPosition(objects) === 0) return subFieldsOf(objects)
    report.add('R19pss', at)
    return value
  }
  const limit = wrongAdditional(tag, value)
  if (limit !== undefined) report.add('R19', { ...at, object: id, found: value, limit, tolerated: tag !== 9 })
  return value
}

/**
 * R19, `62.00` to `62.11`; the others are reserved and ignored on reading. Empty values have been reported by then.
 *
 * @returns What it may hold, if it does not: `00` is not defined, but some networks put their GUID there.
 */
export function wrongAdditional(tag: number, value: string): string | undefined {
  if (tag === 0) return '–'
  if (tag === 9) return /^(?!.*(.).*\1)[AME]{0,3}$/.test(value) ? undefined : 'A, M, E'
  if (tag === 11) return value === '' || countCharacters(value) === 3 ? undefined : '3'
  const most = tag < 9 ? 25 : 20
  return tag < 11 && isLongerThan(value, most) ? `1–${most}` : undefined
}
