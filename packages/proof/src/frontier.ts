import { MalformedProof } from './errors.ts'
import { HASH_LENGTH, portableSha256, type Sha256 } from './sha256.ts'
import { TILE_HEIGHT } from './tiles.ts'
import { emptyRoot, foldRight, nodeHash } from './tree-hash.ts'
import { isTreeSize, onesOf } from './tree-size.ts'

const SIZE_LENGTH = 8

/** Told of every hash that belongs into a tile, when it is known: leaf hashes (level 0) and roots of full tiles. */
export type OnTileHash = (level: number, index: number, hash: Uint8Array) => void

/**
 * The right edge of a growing Merkle tree: its size and the roots of the perfect subtrees that make it up, one for
 * each one among the size's binary digits, largest first (a compact range from 0). It is all that is needed to append
 * leaves and to compute the root; the leaves themselves are elsewhere.
 *
 * Changes in place; `copy` before trying out what may be undone.
 *
 * @see RFC 9162 section 2.1.2
 * @example
 * const frontier = Frontier.empty()
 * frontier.append(leafHash(utf8('first')))
 * frontier.root() // of the tree with one leaf
 */
export class Frontier {
  readonly #sha256: Sha256
  readonly #hashes: Uint8Array[]
  #size: number

  private constructor(size: number, hashes: Uint8Array[], sha256: Sha256) {
    this.#size = size
    this.#hashes = hashes
    this.#sha256 = sha256
  }

  /** The tree without leaves. */
  static empty(sha256: Sha256 = portableSha256): Frontier {
    return new Frontier(0, [], sha256)
  }

  /**
   * Reads what `encode` wrote.
   * @throws {MalformedProof} `frontier_malformed` when the length is not the one that the size asks for
   */
  static decode(bytes: Uint8Array, sha256: Sha256 = portableSha256): Frontier {
    const size = decodeSize(bytes)
    if (size === undefined || bytes.length !== SIZE_LENGTH + onesOf(size) * HASH_LENGTH) {
      throw new MalformedProof('frontier_malformed', `${bytes.length} bytes are not a frontier`)
    }
    const hashes: Uint8Array[] = []
    const own = new Uint8Array(bytes) // the slices of a Buffer would not be copies
    for (let at = SIZE_LENGTH; at < own.length; at += HASH_LENGTH) hashes.push(own.slice(at, at + HASH_LENGTH))
    return new Frontier(size, hashes, sha256)
  }

  /** Number of leaves, at most 2^53 − 1. */
  get size(): number {
    return this.#size
  }

  /**
   * Adds a leaf at index `size`.
   * @param leafHash 32 bytes; kept, so the caller must not change them afterwards.
   * @param onTileHash Told of each hash that a tile needs and that this leaf completes.
   * @throws {RangeError} not a hash, or the tree is full
   */
  append(leafHash: Uint8Array, onTileHash?: OnTileHash): void {
    if (leafHash.length !== HASH_LENGTH) throw new RangeError(`a leaf hash has 32 bytes, not ${leafHash.length}`)
    if (!isTreeSize(this.#size + 1)) throw new RangeError('the tree is full')

    let hash = leafHash
    let index = this.#size
    onTileHash?.(0, index, hash)
    for (let height = 1; index % 2 === 1; height++) {
      const left = this.#hashes.pop()
      if (left === undefined) throw new Error('frontier: fewer hashes than its size has ones')
      hash = nodeHash(left, hash, this.#sha256)
      index = (index - 1) / 2
      if (height % TILE_HEIGHT === 0) onTileHash?.(height / TILE_HEIGHT, index, hash)
    }
    this.#hashes.push(hash)
    this.#size++
  }

  /** Root hash of the tree, 32 bytes; SHA-256 of nothing when it has no leaves. */
  root(): Uint8Array {
    return this.#hashes.length === 0 ? emptyRoot(this.#sha256) : foldRight(this.#hashes, this.#sha256)
  }

  /** Another frontier of the same tree: what is appended to one is not seen by the other. */
  copy(): Frontier {
    return new Frontier(this.#size, [...this.#hashes], this.#sha256)
  }

  /** The size as 8 bytes, big-endian, then the hashes, largest subtree first: 8 + 32 × (ones in the size) bytes. */
  encode(): Uint8Array {
    const bytes = new Uint8Array(SIZE_LENGTH + this.#hashes.length * HASH_LENGTH)
    new DataView(bytes.buffer).setBigUint64(0, BigInt(this.#size))
    this.#hashes.forEach((hash, index) => {
      bytes.set(hash, SIZE_LENGTH + index * HASH_LENGTH)
    })
    return bytes
  }
}

function decodeSize(bytes: Uint8Array): number | undefined {
  if (bytes.length < SIZE_LENGTH) return undefined
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, SIZE_LENGTH).getBigUint64(0))
  return isTreeSize(size) ? size : undefined
}
