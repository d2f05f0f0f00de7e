import type { PlainOrTemplate, SubFields } from './fields.ts'
import type { Report } from './finding.ts'
import { countCharacters, HEAD, readObjects, type TlvLevel, type TlvObject } from './tlv.ts'

/** Characters of a GUID: an AID, a UUID of 32 hexadecimal digits, or a reverse domain. */
const MAX_GUID = 32

/**
 * Reads the objects inside a root object and reports what is wrong with them as objects.
 *
 * @returns `undefined`, with nothing reported, if the value does not parse to its end (R28): what
 *   that means differs by object.
 */
export function readTemplate(report: Report, object: TlvObject): readonly TlvObject[] | undefined {
  const level: TlvLevel = readObjects(object.value, object.offset + HEAD)
  if (level.fault !== undefined) return undefined
  checkObjects(report, level.objects, object.id)
  return level.objects
}

/** R07, R26: an id once per level, no empty value. `template` is the root object they stand in. */
export function checkObjects(report: Report, objects: readonly TlvObject[], template?: string): void {
  const at = ({ id, offset }: TlvObject) =>
    template === undefined ? { path: id, offset } : { object: template, path: `${template}.${id}`, offset }
  for (const object of objects) if (object.value === '') report.add('R26', at(object))
  if (areAscending(objects)) return // as nearly always: nothing can be repeated

  const times = new Map<string, number>()
  for (const object of objects) {
    const count = (times.get(object.id) ?? 0) + 1
    times.set(object.id, count)
    if (count === 2) report.add('R07', at(object))
  }
}

function areAscending(objects: readonly TlvObject[]): boolean {
  let previous = ''
  for (const { id } of objects) {
    if (id <= previous) return false
    previous = id
  }
  return true
}

/** R28 for objects that must be templates. */
export function reportBroken(report: Report, object: TlvObject, options: { readonly tolerated: boolean }): void {
  report.add('R28', { object: object.id, path: object.id, offset: object.offset, ...options })
}

/** The values by id; of repeated ids the first. */
export function subFieldsOf(objects: readonly TlvObject[]): SubFields {
  const fields: Record<string, string> = {}
  for (const { id, value } of objects) fields[id] ??= value
  return fields
}

/** Does a GUID of allowed length stand in it, and where? */
export function guidPosition(objects: readonly TlvObject[]): number | undefined {
  const position = objects.findIndex(({ id }) => id === '00')
  const guid = objects[position]?.value
  return guid !== undefined && countCharacters(guid) <= MAX_GUID ? position : undefined
}

/** Keeps the template's fields, or the plain value where it is none. */
export function fieldsOr(value: string, objects: readonly TlvObject[] | undefined): PlainOrTemplate {
  return objects === undefined ? value : subFieldsOf(objects)
}
