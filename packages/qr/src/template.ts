import { isLongerThan } from './characters.ts'
import type { SubFields } from './fields.ts'
import type { Found, Report } from './finding.ts'
import { HEAD, readObjects, type TlvObject } from './tlv.ts'

/** Characters of a GUID: an AID, a UUID of 32 hexadecimal digits, or a reverse domain. */
const MAX_GUID = 32

/**
 * Reads the objects inside a root object and reports what is wrong with them as objects.
 *
 * @param tolerated Whether the tolerant profile takes a value that does not parse to its end (R28): that differs by
 *   object.
 * @returns `undefined` if it does not.
 */
export function readTemplate(
  report: Report,
  { id, value, offset }: TlvObject,
  tolerated: boolean,
): readonly TlvObject[] | undefined {
  const { objects, fault } = readObjects(value, offset + HEAD, report.isAscii)
  if (fault !== undefined) {
    report.add('R28', { object: id, path: id, offset, tolerated })
    return undefined
  }
  checkObjects(report, objects, id)
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
  objects.forEach((object, at) => {
    let before = 0
    for (let other = 0; other < at; other++) if (objects[other]?.tag === object.tag) before++
    if (before === 1) report.add('R07', placeOf(object, template))
  })
}

function placeOf({ id, offset }: TlvObject, template: string | undefined): Omit<Found, 'tolerated'> {
  return template === undefined ? { path: id, offset } : { object: template, path: `${template}.${id}`, offset }
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
  return isGuid(objects[position]?.value) ? position : -1
}

export function isGuid(text: string | undefined): boolean {
  return text !== undefined && !isLongerThan(text, MAX_GUID)
}
