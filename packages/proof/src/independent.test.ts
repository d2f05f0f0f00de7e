import { CoMETRE, RFC9162 } from '@transmute/rfc9162'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { tileHashReader } from './hash-reader.ts'
import { consistencyProof, inclusionProof } from './prove.ts'
import { subtreesOf } from './subtrees.ts'
import { toHex } from './testing/hex.ts'
import { memoryLog } from './testing/memory-tiles.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { foldRight, leafHash } from './tree-hash.ts'
import { verifyConsistency, verifyInclusion } from './verify-proof.ts'

/** Our proofs and theirs: @transmute/rfc9162 shares no line with this package and was written from the RFC, too. */
const ALL = 65
const LARGE = 70_000

const entries = Array.from({ length: LARGE }, (_, n) => utf8(`entry ${n}`))
const leaves = entries.map((entry) => leafHash(entry, nodeSha256))
const tiles = memoryLog(leaves, nodeSha256).tiles
const ours = (size: number) => tileHashReader(tiles, size, nodeSha256)
const leaf = (index: number): Uint8Array => leaves[index] ?? new Uint8Array()

const theirs = CoMETRE.RFC9162_SHA256 // the same over leaf hashes, which we have
const theirRoots = await Promise.all(Array.from({ length: ALL + 1 }, (_, n) => RFC9162.treeHead(entries.slice(0, n))))
const theirRoot = (size: number): Uint8Array => theirRoots[size] ?? new Uint8Array()
const ourRoot = async (size: number): Promise<Uint8Array> =>
  foldRight(await ours(size).readHashes(subtreesOf({ start: 0, end: size })), nodeSha256)

const toTheirs = (size: number, index: number, path: Uint8Array[]) => {
  return { log_id: '', tree_size: size, leaf_index: index, inclusion_path: path }
}

/**
 * RFC 9162 section 2.1.4.1 leaves the older root out of the path where it is a subtree of its own (its size is a power
 * of two), and the verifier of 2.1.4.2 puts it back in step 2. They leave it in and skip that step.
 */
const isWhole = (size: number): boolean => Number.isInteger(Math.log2(size))
const toTheirGrowth = (older: number, size: number, path: readonly Uint8Array[], olderRoot: Uint8Array) => {
  const whole = isWhole(older) ? [olderRoot, ...path] : [...path]
  return { log_id: '', tree_size_1: older, tree_size_2: size, consistency_path: whole }
}

const sizes = Array.from({ length: ALL }, (_, n) => n + 1)

describe('every tree of 1 to 65 leaves', () => {
  it('has the root that they compute', async () => {
    for (const size of sizes) expect(toHex(await ourRoot(size))).toBe(toHex(theirRoot(size)))
  })

  it('proves each leaf to their verifier', async () => {
    for (const size of sizes) {
      for (let index = 0; index < size; index++) {
        const path = await inclusionProof(ours(size), index, size, nodeSha256)
        const proof = toTheirs(size, index, path)
        expect(await RFC9162.verifyInclusionProof(theirRoot(size), leaf(index), proof), `${index}/${size}`).toBe(true)
      }
    }
  })

  it('proves each older size to their verifier', async () => {
    for (const size of sizes) {
      for (let older = 1; older < size; older++) {
        const path = await consistencyProof(ours(size), older, size, nodeSha256)
        const proof = toTheirGrowth(older, size, path, theirRoot(older))
        const holds = await RFC9162.verifyConsistencyProof(theirRoot(older), theirRoot(size), proof)
        expect(holds, `${older}/${size}`).toBe(true)
      }
    }
  })
})

describe('their proofs are ours and hold here', () => {
  it('of each leaf', async () => {
    for (const treeSize of sizes) {
      for (let leafIndex = 0; leafIndex < treeSize; leafIndex++) {
        const { inclusion_path: path } = await theirs.inclusion_proof(leafIndex, leaves.slice(0, treeSize))

        const claim = { leafIndex, treeSize, leafHash: leaf(leafIndex), path, root: theirRoot(treeSize) }
        verifyInclusion(claim, nodeSha256)
        expect(await inclusionProof(ours(treeSize), leafIndex, treeSize, nodeSha256)).toEqual(path)
      }
    }
  })

  it('of each older size', async () => {
    for (const newSize of sizes) {
      for (let oldSize = 1; oldSize < newSize; oldSize++) {
        const older = toTheirs(oldSize, 0, [])
        const { consistency_path: whole } = await theirs.consistency_proof(older, leaves.slice(0, newSize))
        const path = isWhole(oldSize) ? whole.slice(1) : whole

        const roots = { oldRoot: theirRoot(oldSize), newRoot: theirRoot(newSize) }
        verifyConsistency({ oldSize, newSize, ...roots, path }, nodeSha256)
        expect(await consistencyProof(ours(newSize), oldSize, newSize, nodeSha256)).toEqual(path)
      }
    }
  })
})

it('trees of up to 70,000 leaves prove any leaf and older size to their verifier, and nothing else', async () => {
  const trees = fc.tuple(fc.integer({ min: 2, max: LARGE }), fc.nat(), fc.nat())
  await fc.assert(
    fc.asyncProperty(trees, async ([size, anyLeaf, anySize]) => {
      const [index, older] = [anyLeaf % size, 1 + (anySize % (size - 1))]
      const [root, olderRoot] = [await ourRoot(size), await ourRoot(older)]

      const proof = toTheirs(size, index, await inclusionProof(ours(size), index, size, nodeSha256))
      expect(await RFC9162.verifyInclusionProof(root, leaf(index), proof)).toBe(true)
      expect(await RFC9162.verifyInclusionProof(root, leaf((index + 1) % size), proof)).toBe(false)

      const path = await consistencyProof(ours(size), older, size, nodeSha256)
      const growth = toTheirGrowth(older, size, path, olderRoot)
      expect(await RFC9162.verifyConsistencyProof(olderRoot, root, growth)).toBe(true)
      expect(await RFC9162.verifyConsistencyProof(root, olderRoot, growth)).toBe(false)
    }),
    { numRuns: 50 },
  )
})
