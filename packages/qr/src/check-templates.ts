import { LIMITS } from './check-values.ts'
import type { PlainOrTemplate, SubFields } from './fields.ts'
import type { Report } from './finding.ts'
import { fieldsOr, guidPosition, readTemplate, reportBroken, subFieldsOf } from './template.ts'
import { countCharacters, HEAD, readObjects, type TlvObject } from './tlv.ts'

/** Plain values of some wallets where a template should stand: 32 hexadecimal digits, or 32 bytes in base64. */
const OPAQUE = /^([0-9A-Fa-f]{32}|[0-9A-Za-z+/]{43}=)$/

/** R10, R28: an account, `02` to `51`. Card networks up to `25` define their values themselves. */
export function readAccount(report: Report, object: TlvObject): PlainOrTemplate {
  const { id, value, offset } = object
  if (id < '26' || value === '') return value
  const isOpaque = OPAQUE.test(value)
  const objects = isOpaque ? undefined : readTemplate(report, object)
  const at = { path: id, offset }
  if (isOpaque) report.add('R10opaque', at)
  else if (objects === undefined) reportBroken(report, object, { tolerated: false })
  else if (guidPosition(objects) === undefined) report.add('R10guid', at)
  else if (guidPosition(objects) !== 0) report.add('R10order', at)
  return fieldsOr(value, objects)
}

/** R22, R28: a network's own template, `80` to `99`. */
export function readUnreserved(report: Report, object: TlvObject): PlainOrTemplate {
  const { id, value, offset } = object
  const objects = value === '' ? undefined : readTemplate(report, object)
  if (objects === undefined) reportBroken(report, object, { tolerated: true })
  else if (guidPosition(objects) !== 0) report.add('R22', { path: id, offset })
  return fieldsOr(value, objects)
}

/** R20, R28: the name in the merchant's own spelling, `64`. */
export function readLanguage(report: Report, object: TlvObject): SubFields | undefined {
  const objects = object.value === '' ? undefined : readTemplate(report, object)
  if (objects === undefined) {
    reportBroken(report, object, { tolerated: false })
    return undefined
  }
  const fields = subFieldsOf(objects)
  if (!/^[A-Za-z]{2}$/.test(fields['00'] ?? '') || fields['01'] === undefined) {
    report.add('R20', { path: '64', offset: object.offset })
  }
  for (const { id, value, offset } of objects) {
    const limit = id === '01' ? LIMITS.merchantName : id === '02' ? LIMITS.merchantCity : 99
    const length = countCharacters(value)
    if (length > limit) report.add('R20long', { path: `64.${id}`, offset, found: `${length}`, limit })
  }
  return fields
}

/** R19, R28: bill, reference, terminal, purpose and what networks add, `62`. */
export function readAdditionalData(report: Report, object: TlvObject): Record<string, PlainOrTemplate> | undefined {
  const objects = object.value === '' ? undefined : readTemplate(report, object)
  if (objects === undefined) {
    reportBroken(report, object, { tolerated: false })
    return undefined
  }
  const fields: Record<string, PlainOrTemplate> = {}
  for (const sub of objects) fields[sub.id] ??= readAdditional(report, sub)
  return fields
}

function readAdditional(report: Report, { id, value, offset }: TlvObject): PlainOrTemplate {
  const at = { path: `62.${id}`, offset }
  if (id >= '50') {
    const level = value === '' ? undefined : readObjects(value, offset + HEAD)
    if (level !== undefined && level.fault === undefined && guidPosition(level.objects) === 0) {
      return subFieldsOf(level.objects)
    }
    report.add('R19pss', at)
    return value
  }
  const allowed = ADDITIONAL[id]
  if (allowed !== undefined && !allowed.test(value)) {
    report.add('R19', { ...at, object: id, found: value, limit: allowed.limit, tolerated: id !== '09' })
  }
  return value
}

interface Allowed {
  readonly limit: string
  test(value: string): boolean
}

/** Empty values have been reported by then (R26). */
const upTo = (limit: number): Allowed => ({ limit: `1–${limit}`, test: (value) => countCharacters(value) <= limit })

/** What the objects of 62 may hold; those not listed are reserved and ignored on reading. */
const ADDITIONAL: Readonly<Record<string, Allowed>> = {
  '00': { limit: '–', test: () => false }, // not defined, but some networks put their GUID there
  '01': upTo(25),
  '02': upTo(25),
  '03': upTo(25),
  '04': upTo(25),
  '05': upTo(25),
  '06': upTo(25),
  '07': upTo(25),
  '08': upTo(25),
  '09': { limit: 'A, M, E', test: (value) => /^(?!.*(.).*\1)[AME]{0,3}$/.test(value) },
  '10': upTo(20),
  '11': { limit: '3', test: (value) => value === '' || countCharacters(value) === 3 },
}
