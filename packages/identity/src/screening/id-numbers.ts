import { singleSlip } from '../people/edit-distance.ts'

/** `near`: one slip apart. `unknown`: no two numbers of one type. */
export type IdRelation = 'equal' | 'near' | 'different' | 'unknown'

interface IdNumber {
  readonly type: string
  readonly number: string
}

/** A number without what stands between its digits; undefined when nothing is left. */
export function readIdNumber(text: string): IdNumber | undefined {
  const at = text.indexOf(':')
  const type = at < 0 ? '' : text.slice(0, at).trim().toUpperCase()
  const number = text
    .slice(at + 1)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  return number === '' ? undefined : { type, number }
}

/** Compares all with all: one equal number decides; numbers of different types say nothing. */
export function compareIds(a: readonly string[], b: readonly string[]): IdRelation {
  const read = (ids: readonly string[]): IdNumber[] => ids.map(readIdNumber).filter((id) => id !== undefined)
  let relation: IdRelation = 'unknown'
  for (const left of read(a)) {
    for (const right of read(b)) {
      if (left.type !== right.type) continue
      if (left.number === right.number) return 'equal'
      if (singleSlip(left.number, right.number) !== undefined) relation = 'near'
      else if (relation === 'unknown') relation = 'different'
    }
  }
  return relation
}
