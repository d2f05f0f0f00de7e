import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tileHashReader } from './hash-reader.ts'
import { consistencyProof, inclusionProof } from './prove.ts'
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
