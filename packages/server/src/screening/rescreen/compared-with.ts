import { SCREENING_ALGORITHM } from '@pisto/identity/screening'
import { type ScreeningList, startOf } from '../lists/list.ts'

/**
 * The versions that tell what everybody was asked about before a list came: the last one whose rescreening ended, and all
 * that were in force since. An entry that each of them has, as it is, need not be asked about again: whoever was a
 * customer by then was asked by the rescreening, and whoever came later when they came.
 *
 * @param versions Of the same name.
 * @returns Empty: everybody must be asked about every entry. No rescreening ended since the last moment without a version
 * in force, when people may have come who were asked about none, or the consequence was another one, or the rules were.
 */
export function comparedWith(list: ScreeningList, versions: readonly ScreeningList[]): readonly ScreeningList[] {
  if (list.rescreenedAt !== null) return [] // by other rules, or unknown ones
  const start = startOf(list)
  const opened = versions
    .filter((version) => version.id !== list.id && startOf(version) <= start && !hasNeverOpened(version))
    .sort((a, b) => startOf(b).getTime() - startOf(a).getTime() || endOf(b).getTime() - endOf(a).getTime())
  let from = start
  for (const version of opened) {
    if (endOf(version) < from || version.consequence !== list.consequence) return []
    from = startOf(version)
    if (version.rescreenedBy === SCREENING_ALGORITHM)
      return opened.filter((other) => startOf(other) >= startOf(version))
  }
  return []
}

/** Withdrawn or replaced before its window opened. */
const hasNeverOpened = (version: ScreeningList): boolean =>
  version.endedAt !== null && version.endedAt < startOf(version)

/** Since when a version found nobody any more. Of one that is active, or ended before this was kept, nothing is known. */
function endOf({ endedAt, validTo }: ScreeningList): Date {
  if (endedAt === null) return new Date(0)
  return validTo !== null && validTo < endedAt ? validTo : endedAt
}
