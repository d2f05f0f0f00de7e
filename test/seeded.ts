import { createHash } from 'node:crypto'
import { toTypeId } from '@pisto/ledger'

type Place = readonly (string | number)[]

/** 32 bytes that follow from their place alone: the same in every process. */
export const seededBytes = (...place: Place): Uint8Array =>
  new Uint8Array(createHash('sha256').update(JSON.stringify(place)).digest())

/** A TypeID that follows from its place alone. */
export const seededId = (prefix: string, ...place: Place): string =>
  toTypeId(prefix, Buffer.from(seededBytes(prefix, ...place).subarray(0, 16)).toString('hex'))

/** Random choices that follow from a place alone. */
export class Draws {
  readonly #place: Place
  #count = 0

  constructor(...place: Place) {
    this.#place = place
  }

  /** From 0 to `limit - 1`. */
  below(limit: number): number {
    return new DataView(seededBytes(...this.#place, this.#count++).buffer).getUint32(0) % limit
  }

  oneIn(limit: number): boolean {
    return this.below(limit) === 0
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
}
