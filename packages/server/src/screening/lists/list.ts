import type { Consequence, ScreeningList as ScreeningListAnswer } from '@pisto/contract'

export type ListStatus = ScreeningListAnswer['status']

/** One version of a list. */
export interface ScreeningList {
  /** `scl_…` */
  readonly id: string
  readonly name: string
  readonly version: string
  readonly status: ListStatus
  readonly consequence: Consequence
  readonly legalBasis: string
  readonly source: string
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly entryCount: number
  /** Null while loading. */
  readonly hash: Uint8Array | null
  readonly createdAt: Date
  readonly activatedAt: Date | null
  /** When it was withdrawn, or another version took its place; null: neither, or before this was kept. */
  readonly endedAt: Date | null
  /** When everybody who was a customer before it came had been asked about it. */
  readonly rescreenedAt: Date | null
  /** By which rules. */
  readonly rescreenedBy: string | null
}

/** An active list whose legal window is open. */
export type ListInForce = ScreeningList & { readonly status: 'active'; readonly hash: Uint8Array }

/** Is it active, and its window open? The end of its window is the first moment without it. */
const isOpen = (list: ScreeningList, time: Date): list is ListInForce =>
  list.status === 'active' && list.validFrom <= time && (list.validTo === null || time < list.validTo)

/**
 * Those that find anybody at this business time: of one name only the version that was activated last, from the opening
 * of its window on. Until then the one before it stays.
 */
export const inForceAt = (lists: readonly ScreeningList[], time: Date): ListInForce[] =>
  lists.filter((list): list is ListInForce => isOpen(list, time) && !lists.some((other) => replaces(other, list, time)))

/** Has another version of the name come in place of one? Where its own window has ended since, too. */
export const replaces = (other: ScreeningList, list: ScreeningList, time: Date): boolean =>
  other.name === list.name && other.status === 'active' && other.validFrom <= time && isLater(other, list)

const isLater = (one: ScreeningList, other: ScreeningList): boolean => {
  const apart = (one.activatedAt?.getTime() ?? 0) - (other.activatedAt?.getTime() ?? 0)
  return apart === 0 ? one.id > other.id : apart > 0
}

/** From when on a version that was activated could find anybody. */
export const startOf = ({ validFrom, activatedAt }: ScreeningList): Date =>
  activatedAt !== null && activatedAt > validFrom ? activatedAt : validFrom

export function showList(list: ScreeningList, livemode: boolean, time: Date): ScreeningListAnswer {
  const {
    validFrom,
    validTo,
    hash,
    createdAt,
    activatedAt,
    endedAt: _,
    rescreenedAt,
    rescreenedBy: _by,
    ...same
  } = list
  return {
    ...same,
    livemode,
    isInForce: isOpen(list, time),
    validFrom: validFrom.toISOString(),
    validTo: validTo?.toISOString() ?? null,
    hash: hash && hexOf(hash),
    createdAt: createdAt.toISOString(),
    activatedAt: activatedAt?.toISOString() ?? null,
    rescreenedAt: rescreenedAt?.toISOString() ?? null,
  }
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
