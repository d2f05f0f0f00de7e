import { isLongerThan } from './characters.ts'
import type { SubFields } from './fields.ts'
import type { Found, Report } from './finding.ts'
import { HEAD, readObjects, type TlvObject } from './tlv.ts'

/** Characters of a GUID: an AID, a UUID of 32 hexadecimal digits, or a reverse domain. */
const MAX_GUID = 32

/**
 * Reads the objects inside a root object and reports what is wrong with them as objects.
 *
 * @returns `undefined`, with nothing reported, if the value does not parse to its end (R28): what
 *   that means differs by object.
 */
export function readTemplate(report: Report, object: TlvObject): readonly TlvObject[] | undefined {
  const { objects, fault } = readObjects(object.value, object.offset + HEAD)
  if (fault !== undefined) return undefined
  checkObjects(report, objects, object.id)
  return objects
}

/** R07, R26: an id once per level, no empty value. `template` is the root object they stand in. */
export function checkObjects(report: Report, objects: readonly TlvObject[], template?: string): void {
  let isAscending = true // as nearly always: nothing can be repeated
  let previous = -1
  for (const object of objects) {
    if (object.value === '') report.add('R26', placeOf(object, template))
    const rank = object.tag === 63 ? 100 : object.tag // the checksum stands last
    isAscending &&= rank > previous
    previous = rank
  }
  if (!isAscending) checkRepeated(report, objects, template)
}

function checkRepeated(report: Report, objects: readonly TlvObject[], template?: string): void {
  const times = new Map<number, number>()
  for (const object of objects) {
    const count = (times.get(object.tag) ?? 0) + 1
    times.set(object.tag, count)
    if (count === 2) report.add('R07', placeOf(object, template))
  }
}

function placeOf({ id, offset }: TlvObject, template: string | undefined): Omit<Found, 'tolerated'> {
  return template === undefined ? { path: id, offset } : { object: template, path: `${template}.${id}`, offset }
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

/** Where the GUID stands in it; -1 if there is none of allowed length. */
export function guidPosition(objects: readonly TlvObject[]): number {
  const position = objects.findIndex(({ tag }) => tag === 0)
  const guid = objects[position]?.value
  return guid === undefined || isLongerThan(guid, MAX_GUID) ? -1 : position
}
