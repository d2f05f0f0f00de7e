import type { DocumentRefusal } from '@pisto/contract'

/** What was uploaded is not kept, and why. */
export class ContentRefused extends Error {
  override readonly name = 'ContentRefused'
  readonly reason: DocumentRefusal

  constructor(reason: DocumentRefusal, detail: string) {
    super(`${reason}: ${detail}`)
    this.reason = reason
  }
}

/** Sides of more than this, or more pixels, are refused before anything is decoded. */
const LONGEST_SIDE = 20_000
const MOST_PIXELS = 64_000_000

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** @throws {ContentRefused} `pictureTooLarge`; `broken`: a side of nothing */
export function requireSize({ width, height }: PictureSize): void {
  if (width === 0 || height === 0) throw new ContentRefused('broken', 'a picture without a side')
  if (Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS) return
  throw new ContentRefused('pictureTooLarge', `${width} × ${height}`)
}
