import type { HashReader } from './hash-reader.ts'
import { portableSha256, type Sha256 } from './sha256.ts'
import { type LeafRange, subtreesOf } from './subtrees.ts'
import { foldRight } from './tree-hash.ts'
import { isTreeSize, splitOf } from './tree-size.ts'

/**
 * Proof that a leaf is in a tree: the hashes beside its way up, from the leaf's sibling to the root's child.
 * @param leafIndex From 0.
 * @returns At most 53 hashes; none for a tree of one leaf.
 * @throws {RangeError} the tree has no such leaf
 * @see RFC 9162 section 2.1.3.1
 * @example
 * const path = await inclusionProof(tileHashReader(tiles, size), leafIndex, size)
 */
export async function inclusionProof(
  reader: HashReader,
  leafIndex: number,
  treeSize: number,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[]> {
  if (!isTreeSize(treeSize) || !isTreeSize(leafIndex) || leafIndex >= treeSize) {
    throw new RangeError(`a tree of ${treeSize} leaves has no leaf ${leafIndex}`)
  }
  return rootsOf(reader, inclusionRanges(leafIndex, treeSize), sha256)
}

/**
 * Proof that a tree is an older one with leaves appended, none changed.
 * @returns None when the sizes are equal or the older tree is empty: there is nothing to prove.
 * @throws {RangeError} the older tree is larger
 * @see RFC 9162 section 2.1.4.1
 */
export async function consistencyProof(
  reader: HashReader,
  oldSize: number,
  newSize: number,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array[]> {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) {
    throw new RangeError(`a tree of ${newSize} leaves does not continue one of ${oldSize}`)
  }
  return oldSize === 0 ? [] : rootsOf(reader, consistencyRanges(oldSize, newSize), sha256)
}

/** PATH(m, D_n): the other half at each split on the way down, in the order from the leaf up. */
function inclusionRanges(leafIndex: number, treeSize: number): LeafRange[] {
  const ranges: LeafRange[] = []
  let start = 0
  let end = treeSize
  while (end - start > 1) {
    const split = start + splitOf(end - start)
    if (leafIndex < split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  return ranges.reverse()
}

/** SUBPROOF(m, D_n, b): the whole that is left is named too, unless it is the older tree's own root. */
function consistencyRanges(oldSize: number, newSize: number): LeafRange[] {
  const ranges: LeafRange[] = []
  let start = 0
  let end = newSize
  while (end !== oldSize) {
    const split = start + splitOf(end - start)
    if (oldSize <= split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  if (start !== 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** Reads everything in one go, then folds each range to its root. */
async function rootsOf(reader: HashReader, ranges: readonly LeafRange[], sha256: Sha256): Promise<Uint8Array[]> {
  const parts = ranges.map(subtreesOf)
  const hashes = await reader.readHashes(parts.flat())
  let next = 0
  return parts.map((subtrees) => {
    const first = next
    next += subtrees.length
    return foldRight(hashes.slice(first, next), sha256)
  })
}
