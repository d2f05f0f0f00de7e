import type { HashReader } from '../hash-reader.ts'
import type { Sha256 } from '../sha256.ts'
import { leafHash, nodeHash } from '../tree-hash.ts'
import { splitOf } from '../tree-size.ts'

/** Merkle Tree Hash as RFC 9162 section 2.1.1 writes it, recursively, with nothing kept. */
export function rootOf(leafHashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const [only] = leafHashes
  if (only === undefined) return sha256(new Uint8Array())
  if (leafHashes.length === 1) return only
  const split = splitOf(leafHashes.length)
  return nodeHash(rootOf(leafHashes.slice(0, split), sha256), rootOf(leafHashes.slice(split), sha256), sha256)
}

/** Leaf hashes of the texts "0", "1", … */
export function someLeafHashes(count: number, sha256: Sha256): Uint8Array[] {
  return Array.from({ length: count }, (_, n) => leafHash(new TextEncoder().encode(String(n)), sha256))
}

/** Reads subtree hashes by computing them from all leaves. */
export function naiveReader(leafHashes: readonly Uint8Array[], sha256: Sha256): HashReader {
  return {
    readHashes: async (subtrees) =>
      subtrees.map(({ height, index }) =>
        rootOf(leafHashes.slice(index * 2 ** height, (index + 1) * 2 ** height), sha256),
      ),
  }
}
