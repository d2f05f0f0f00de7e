import { countCharacters, isLongerThan, isPrintableAscii } from './characters.ts'
import { crc16 } from './crc.ts'
import type { FieldsInProgress } from './fields.ts'
import type { Report } from './finding.ts'
import { INVISIBLE } from './invisible.ts'
import { checkObjects } from './template.ts'
import { HEAD, type TlvObject } from './tlv.ts'

/** Characters of the longest code that scans well on a phone of the region. */
const MAX_CHARACTERS = 512

/** Root objects a code cannot do without, and whether real codes of the region do. */
const MANDATORY = [
  { id: '52', field: 'mcc', tolerated: true },
  { id: '53', field: 'currency', tolerated: false },
  { id: '58', field: 'country', tolerated: false },
  { id: '59', field: 'merchantName', tolerated: true },
  { id: '60', field: 'merchantCity', tolerated: true },
] as const

/** The code as a whole: R26, R07, R25, R03, R04, R05, R08, R24. */
export function checkFrame(
  report: Report,
  payload: string,
  objects: readonly TlvObject[],
  fields: FieldsInProgress,
): void {
  checkObjects(report, objects)
  if (!isPrintableAscii(payload)) checkVisible(report, objects)
  checkFirst(report, objects)
  checkLast(report, payload, objects)
  checkPresent(report, payload, objects, fields)
  if (isLongerThan(payload, MAX_CHARACTERS)) {
    report.add('R24', { path: '', offset: 0, found: `${countCharacters(payload)}`, limit: MAX_CHARACTERS })
  }
}

function checkVisible(report: Report, objects: readonly TlvObject[]): void {
  for (const { id, value, offset } of objects) {
    const match = INVISIBLE.exec(value)
    if (match === null) continue
    const point = match[0].codePointAt(0) ?? 0
    report.add('R25', {
      path: id,
      offset: offset + HEAD + countCharacters(value.slice(0, match.index)),
      found: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
    })
  }
}

function checkFirst(report: Report, objects: readonly TlvObject[]): void {
  const [first] = objects
  if (first?.tag !== 0) report.add('R03', { path: '00', offset: 0 })
  else if (first.value !== '01') report.add('R03v', { path: '00', offset: 0, found: first.value })
}

function checkLast(report: Report, payload: string, objects: readonly TlvObject[]): void {
  const last = objects.at(-1)
  if (last?.tag !== 63 || countCharacters(last.value) !== 4) {
    report.add('R04', { path: '63', offset: last?.offset ?? 0 })
    return
  }
  const found = last.value
  const limit = crc16(payload.slice(0, payload.length - found.length))
  if (found === limit) return
  const isLowerCase = /^[0-9A-Fa-f]{4}$/.test(found) && found.toUpperCase() === limit
  report.add(isLowerCase ? 'R05case' : 'R05', { path: '63', offset: last.offset, found, limit })
}

function checkPresent(report: Report, payload: string, objects: readonly TlvObject[], fields: FieldsInProgress): void {
  if (!objects.some(({ tag }) => tag >= 2 && tag <= 51)) {
    report.add('R08mai', { path: '26', offset: countCharacters(payload) })
  }
  for (const { id, field, tolerated } of MANDATORY) {
    if (fields[field] !== undefined) continue
    // nowhere: what is missing would stand before the end
    report.add('R08', { object: id, path: id, offset: countCharacters(payload), tolerated })
  }
}
