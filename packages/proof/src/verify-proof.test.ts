import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ProofRejected } from './errors.ts'
import { tileHashReader } from './hash-reader.ts'
import { consistencyProof, inclusionProof } from './prove.ts'
import { flipBit } from './testing/flip.ts'
import { memoryLog } from './testing/memory-tiles.ts'
import { naiveReader, rootOf, someLeafHashes } from './testing/naive-tree.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { verifyConsistency, verifyInclusion } from './verify-proof.ts'

const LARGEST = 600
const leaves = someLeafHashes(LARGEST, nodeSha256)
const log = memoryLog(leaves, nodeSha256)
const root = (size: number): Uint8Array => rootOf(leaves.slice(0, size), nodeSha256)
const leaf = (index: number): Uint8Array => leaves[index] ?? new Uint8Array()
const reader = (size: number) => tileHashReader(log.tiles, size, nodeSha256)

async function inclusion(leafIndex: number, treeSize: number) {
  const path = await inclusionProof(reader(treeSize), leafIndex, treeSize, nodeSha256)
  return { leafIndex, treeSize, leafHash: leaf(leafIndex), path, root: root(treeSize) }
}

async function consistency(oldSize: number, newSize: number) {
  const path = await consistencyProof(reader(newSize), oldSize, newSize, nodeSha256)
  return { oldSize, newSize, oldRoot: root(oldSize), newRoot: root(newSize), path }
}

const twoSizes = fc
  .tuple(fc.nat(LARGEST), fc.nat(LARGEST))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
const leafOfTree = twoSizes.filter(([index, size]) => index < size)

it('proves and verifies every leaf and every older size of every tree up to 70 leaves', async () => {
  for (let size = 0; size <= 70; size++) {
    for (let n = 0; n <= size; n++) {
      verifyConsistency(await consistency(n, size), nodeSha256)
      if (n < size) verifyInclusion(await inclusion(n, size), nodeSha256)
    }
  }
})

it('proves and verifies leaves of trees that need several tiles, from tiles as from leaves', async () => {
  await fc.assert(
    fc.asyncProperty(leafOfTree, async ([index, size]) => {
      const claim = await inclusion(index, size)

      verifyInclusion(claim, nodeSha256)
      expect(claim.path).toEqual(await inclusionProof(naiveReader(leaves, nodeSha256), index, size, nodeSha256))
    }),
  )
})

it('proves and verifies growth between trees that need several tiles, from tiles as from leaves', async () => {
  await fc.assert(
    fc.asyncProperty(twoSizes, async ([oldSize, newSize]) => {
      const claim = await consistency(oldSize, newSize)

      verifyConsistency(claim, nodeSha256)
      const naive = await consistencyProof(naiveReader(leaves, nodeSha256), oldSize, newSize, nodeSha256)
      expect(claim.path).toEqual(naive)
    }),
  )
})

/** A claim with one bit turned in one of its hashes; which hash and bit come from one number. */
function withFlip(hashes: readonly Uint8Array[], seed: number): Uint8Array[] {
  const which = Math.floor(seed / 256) % hashes.length
  return hashes.map((hash, index) => (index === which ? flipBit(hash, seed % 256) : hash))
}

it('no bit of an inclusion proof can be turned', async () => {
  await fc.assert(
    fc.asyncProperty(leafOfTree, fc.nat(), async ([index, size], seed) => {
      const claim = await inclusion(index, size)
      const [hash = claim.leafHash, root = claim.root, ...path] = withFlip(
        [claim.leafHash, claim.root, ...claim.path],
        seed,
      )

      const forged = { ...claim, leafHash: hash, root, path }
      expect(() => verifyInclusion(forged, nodeSha256)).toThrow(expect.objectContaining({ code: 'root_mismatch' }))
    }),
  )
})

it('no bit of a consistency proof can be turned', async () => {
  await fc.assert(
    fc.asyncProperty(twoSizes, fc.nat(), async ([oldSize, newSize], seed) => {
      fc.pre(oldSize > 0) // every tree continues the empty one
      const claim = await consistency(oldSize, newSize)
      const hashes = withFlip([claim.oldRoot, claim.newRoot, ...claim.path], seed)
      const [oldRoot = claim.oldRoot, newRoot = claim.newRoot, ...path] = hashes

      const forged = { ...claim, oldRoot, newRoot, path }
      expect(() => verifyConsistency(forged, nodeSha256)).toThrow(expect.objectContaining({ code: 'root_mismatch' }))
    }),
  )
})

it('a leaf has no other place in the tree than its own', async () => {
  await fc.assert(
    fc.asyncProperty(leafOfTree, fc.nat(), async ([index, size], anyOther) => {
      const other = anyOther % size
      fc.pre(other !== index)
      const claim = await inclusion(index, size)

      expect(() => verifyInclusion({ ...claim, leafIndex: other }, nodeSha256)).toThrow(ProofRejected)
    }),
  )
})

it('a path can be neither lengthened nor shortened', async () => {
  await fc.assert(
    fc.asyncProperty(twoSizes, fc.nat(), async ([oldSize, newSize], anyLeaf) => {
      fc.pre(newSize > 0)
      const grown = await consistency(oldSize, newSize)
      const included = await inclusion(anyLeaf % newSize, newSize)
      const longer = (path: readonly Uint8Array[]) => [...path, leaf(0)]

      expect(() => verifyConsistency({ ...grown, path: longer(grown.path) }, nodeSha256)).toThrow(ProofRejected)
      expect(() => verifyInclusion({ ...included, path: longer(included.path) }, nodeSha256)).toThrow(ProofRejected)
      fc.pre(grown.path.length > 0 && included.path.length > 0)
      expect(() => verifyConsistency({ ...grown, path: grown.path.slice(1) }, nodeSha256)).toThrow(ProofRejected)
      expect(() => verifyInclusion({ ...included, path: included.path.slice(0, -1) }, nodeSha256)).toThrow(
        ProofRejected,
      )
    }),
  )
})

const hash = leaf(0)
it.each([
  // claim                                    code                  why
  [{ leafIndex: 5, treeSize: 5 }, 'index_out_of_range', 'one beyond the last'],
  [{ leafIndex: -1, treeSize: 5 }, 'index_out_of_range', 'less than none'],
  [{ leafIndex: 0, treeSize: 0 }, 'index_out_of_range', 'an empty tree has no leaves'],
  [{ leafIndex: 0, treeSize: 2 ** 53 }, 'size_out_of_range', 'more than numbers can count'],
  [{ leafIndex: 0, treeSize: Number.NaN }, 'size_out_of_range', 'not a number'],
  [{ leafIndex: 0, treeSize: 1, leafHash: hash.slice(1) }, 'hash_length', 'a byte is missing'],
  [{ leafIndex: 0, treeSize: 2, path: [new Uint8Array(64)] }, 'hash_length', 'two hashes in one'],
  [{ leafIndex: 0, treeSize: 1, path: [hash] }, 'path_length', 'one leaf needs no path'],
  [{ leafIndex: 0, treeSize: 3, path: [hash] }, 'path_length', 'the path ends below the root'],
  [{ leafIndex: 0, treeSize: 1, path: Array(100_000).fill(hash) }, 'path_length', 'bounded, whatever it is given'],
] as const)('refuses inclusion %o with %s: %s', (claim, code, _why) => {
  const whole = { leafHash: hash, root: hash, path: [], ...claim }

  expect(() => verifyInclusion(whole)).toThrow(expect.objectContaining({ name: 'ProofRejected', code }))
})

const empty = root(0)
it.each([
  // claim                                    code                  why
  [{ oldSize: 2, newSize: 1 }, 'size_out_of_range', 'logs do not shrink'],
  [{ oldSize: -1, newSize: 1 }, 'size_out_of_range', 'less than none'],
  [{ oldSize: 1, newSize: 1.5 }, 'size_out_of_range', 'half a leaf'],
  [{ oldSize: 1, newSize: 1, newRoot: empty }, 'root_mismatch', 'one size has one root'],
  [{ oldSize: 1, newSize: 1, path: [hash] }, 'path_length', 'nothing to prove'],
  [{ oldSize: 0, newSize: 1 }, 'root_mismatch', 'the empty tree has its own root'],
  [{ oldSize: 0, newSize: 0, oldRoot: empty }, 'root_mismatch', 'the empty tree has its own root'],
  [{ oldSize: 0, newSize: 1, oldRoot: empty, path: [hash] }, 'path_length', 'nothing to prove'],
  [{ oldSize: 3, newSize: 4 }, 'path_length', 'growth needs a path'],
  [{ oldSize: 2, newSize: 4 }, 'path_length', 'growth needs a path'],
  [{ oldSize: 1, newSize: 2, path: [hash.slice(1)] }, 'hash_length', 'a byte is missing'],
] as const)('refuses consistency %o with %s: %s', (claim, code, _why) => {
  const whole = { oldRoot: hash, newRoot: hash, path: [], ...claim }

  expect(() => verifyConsistency(whole)).toThrow(expect.objectContaining({ name: 'ProofRejected', code }))
})

it('the empty tree continues itself and is continued by every other', () => {
  verifyConsistency({ oldSize: 0, newSize: 0, oldRoot: empty, newRoot: empty, path: [] })
  verifyConsistency({ oldSize: 0, newSize: 1, oldRoot: empty, newRoot: hash, path: [] })
})
