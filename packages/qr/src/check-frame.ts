import { crc16 } from './crc.ts'
import type { Report } from './finding.ts'
import { INVISIBLE } from './invisible.ts'
import { checkObjects } from './template.ts'
import { countCharacters, HEAD, type TlvObject } from './tlv.ts'

/** Characters of the longest code that scans well on a phone of the region. */
const MAX_CHARACTERS = 512

/** Root objects a code cannot do without, and whether real codes of the region do. */
const MANDATORY = [
  { id: '52', tolerated: true },
  { id: '53', tolerated: false },
  { id: '58', tolerated: false },
  { id: '59', tolerated: true },
  { id: '60', tolerated: true },
] as const

/** The code as a whole: R26, R07, R25, R03, R04, R05, R08, R24. */
export function checkFrame(report: Report, payload: string, objects: readonly TlvObject[]): void {
  checkObjects(report, objects)
  checkVisible(report, payload, objects)
  checkFirst(report, objects)
  checkLast(report, payload, objects)
  checkPresent(report, payload, objects)
  const length = countCharacters(payload)
  if (length > MAX_CHARACTERS) report.add('R24', { path: '', offset: 0, found: `${length}`, limit: MAX_CHARACTERS })
}

function checkVisible(report: Report, payload: string, objects: readonly TlvObject[]): void {
  if (!INVISIBLE.test(payload)) return
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
  if (first?.id !== '00') report.add('R03', { path: '00', offset: 0 })
  else if (first.value !== '01') report.add('R03v', { path: '00', offset: 0, found: first.value })
}

function checkLast(report: Report, payload: string, objects: readonly TlvObject[]): void {
  const last = objects.at(-1)
  if (last?.id !== '63' || countCharacters(last.value) !== 4) {
    report.add('R04', { path: '63', offset: last?.offset ?? 0 })
    return
  }
  const expected = crc16(payload.slice(0, payload.length - last.value.length))
  if (last.value === expected) return
  const at = { path: '63', offset: last.offset, found: last.value, limit: expected }
  report.add(/^[0-9A-Fa-f]{4}$/.test(last.value) && last.value.toUpperCase() === expected ? 'R05case' : 'R05', at)
}

function checkPresent(report: Report, payload: string, objects: readonly TlvObject[]): void {
  const offset = countCharacters(payload) // nowhere: what is missing would stand before the end
  if (!objects.some(({ id }) => id >= '02' && id <= '51')) report.add('R08mai', { path: '26', offset })
  for (const { id, tolerated } of MANDATORY) {
    if (!objects.some((object) => object.id === id)) report.add('R08', { object: id, path: id, offset, tolerated })
  }
}
