import { countCharacters, isLongerThan } from './characters.ts'
import { checksum, crcText } from './crc.ts'
import type { FieldsInProgress } from './fields.ts'
import type { Report } from './finding.ts'
import { findInvisible } from './invisible.ts'
import { checkObjects } from './template.ts'
import { HEAD, type TlvObject } from './tlv.ts'

/** Characters of the longest code that scans well on a phone of the region. */
const MAX_CHARACTERS = 512

/** The code as a whole: R26, R07, R25, R03, R04, R05, R08, R24. */
export function checkFrame(
  report: Report,
  payload: string,
  objects: readonly TlvObject[],
  fields: FieldsInProgress,
): void {
  checkObjects(report, objects)
  if (!report.isAscii) checkVisible(report, objects)
  checkFirst(report, objects)
  checkLast(report, payload, objects)
  const hasAccount = objects.some(({ tag }) => tag >= 2 && tag <= 51)
  checkExtent(report, payload, fields, hasAccount)
}

function checkVisible(report: Report, objects: readonly TlvObject[]): void {
  for (const { id, value, offset } of objects) {
    const match = findInvisible(value)
    if (match === null) continue
    const point = match[0].codePointAt(0) ?? 0
    report.add('R25', {
      path: id,
      offset: offset + HEAD + countCharacters(value.slice(0, match.index)),
      found: `U+${crcText(point)}`,
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
  if (report.isAscii && last?.tag === 63 && last.value.length === 4) return // and sealed: see `readCode`
  if (last?.tag !== 63 || countCharacters(last.value) !== 4) {
    report.add('R04', { path: '63', offset: last?.offset ?? 0 })
    return
  }
  const found = last.value
  const limit = crcText(checksum(payload.slice(0, payload.length - found.length)))
  if (found === limit) return
  report.add(found.toUpperCase() === limit ? 'R05case' : 'R05', { path: '63', offset: last.offset, found, limit })
}

/** R08, R24: what a code cannot do without, and how long it may be. */
export function checkExtent(
  report: Report,
  payload: string,
  { mcc, currency, country, merchantName, merchantCity }: FieldsInProgress,
  hasAccount: boolean,
): void {
  // Nowhere: what is missing would stand before the end.
  const missing = (path: string) => ({ path, offset: countCharacters(payload) })
  const require = (object: string, field: string | undefined, tolerated: boolean): void => {
    if (field === undefined) report.add('R08', { ...missing(object), object, tolerated })
  }
  if (!hasAccount) report.add('R08mai', missing('26'))
  require('52', mcc, true) // real codes of the region do without it
  require('53', currency, false)
  require('58', country, false)
  require('59', merchantName, true)
  require('60', merchantCity, true)
  if (isLongerThan(payload, MAX_CHARACTERS)) {
    report.add('R24', { path: '', offset: 0, found: `${countCharacters(payload)}`, limit: MAX_CHARACTERS })
  }
}
