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
}

/** An active list whose legal window is open. */
export type ListInForce = ScreeningList & { readonly status: 'active'; readonly hash: Uint8Array }

/** Does it find anybody at this business time? The end of its window is the first moment without it. */
export const isInForce = (list: ScreeningList, time: Date): list is ListInForce =>
  list.status === 'active' && list.validFrom <= time && (list.validTo === null || time < list.validTo)

export function showList(list: ScreeningList, livemode: boolean, time: Date): ScreeningListAnswer {
  const { validFrom, validTo, hash, createdAt, activatedAt, ...same } = list
  return {
    ...same,
    livemode,
    isInForce: isInForce(list, time),
    validFrom: validFrom.toISOString(),
    validTo: validTo?.toISOString() ?? null,
    hash: hash && hexOf(hash),
    createdAt: createdAt.toISOString(),
    activatedAt: activatedAt?.toISOString() ?? null,
  }
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
