import { RFC9162 } from '@transmute/rfc9162'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { tileHashReader } from './hash-reader.ts'
import { consistencyProof, inclusionProof } from './prove.ts'
import { CT_LEAF_HASHES } from './testing/ct-tree.ts'
import { toHex } from './testing/hex.ts'
import { memoryLog } from './testing/memory-tiles.ts'
import { naiveReader } from './testing/naive-tree.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { leafHash } from './tree-hash.ts'

const ct = naiveReader(CT_LEAF_HASHES, nodeSha256)
const A = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const B = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const C = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const D = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const E = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const F = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
const G = 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'
const H = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
const I = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'

it.each([
  // leaf, size, path
  [0, 1, []],
  [0, 8, [A, B, C]],
  [5, 8, [D, E, F]],
  [2, 3, [G]],
  [1, 5, [H, B, D]],
] as const)('the CT test tree proves leaf %i of %i by %j', async (leaf, size, path) => {
  expect((await inclusionProof(ct, leaf, size)).map(toHex)).toEqual(path)
})

it.each([
  // old, new, path
  [1, 1, []],
  [1, 8, [A, B, C]],
  [6, 8, [I, E, F]],
  [2, 5, [B, D]],
] as const)('the CT test tree proves growth from %i to %i by %j', async (oldSize, newSize, path) => {
  expect((await consistencyProof(ct, oldSize, newSize)).map(toHex)).toEqual(path)
})

it('an implementation that is not ours agrees on roots and paths and accepts both kinds of proof', async () => {
  const entries = Array.from({ length: 280 }, (_, n) => utf8(`entry ${n}`))
  const hashes = entries.map((entry) => leafHash(entry, nodeSha256))
  const log = (size: number) => tileHashReader(memoryLog(hashes.slice(0, size), nodeSha256).tiles, size, nodeSha256)
  const rootAt = async (size: number) => RFC9162.treeHead(entries.slice(0, size))
  expect(toHex(memoryLog(hashes, nodeSha256).frontier.root())).toBe(toHex(await rootAt(280)))

  const threeNumbers = fc.tuple(fc.integer({ min: 2, max: 280 }), fc.nat(), fc.nat())
  await fc.assert(
    fc.asyncProperty(threeNumbers, async ([size, anyLeaf, anySize]) => {
      const index = anyLeaf % size
      const path = await inclusionProof(log(size), index, size, nodeSha256)
      expect(path.map(toHex)).toEqual((await RFC9162.PATH(index, entries.slice(0, size))).map(toHex))
      const inclusion = { log_id: '', tree_size: size, leaf_index: index, inclusion_path: path }
      const leaf = hashes[index] ?? new Uint8Array()
      expect(await RFC9162.verifyInclusionProof(await rootAt(size), leaf, inclusion)).toBe(true)

      const older = 1 + (anySize % (size - 1)) // it knows no proof between equal sizes
      const growth = await consistencyProof(log(size), older, size, nodeSha256)
      // It leaves step 2 of RFC 9162 section 2.1.4.2 to its caller: an older tree that is one subtree begins the path.
      const whole = Number.isInteger(Math.log2(older)) ? [await rootAt(older), ...growth] : growth
      const proof = { log_id: '', tree_size_1: older, tree_size_2: size, consistency_path: whole }
      expect(await RFC9162.verifyConsistencyProof(await rootAt(older), await rootAt(size), proof)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

it.each([
  // leaf, size, why there is no proof
  [0, 0, 'an empty tree has no leaves'],
  [5, 5, 'one beyond the last'],
  [-1, 5, 'less than none'],
  [0.5, 5, 'half a leaf'],
  [0, 2 ** 53, 'more leaves than numbers can count'],
])('refuses to prove leaf %d of %d: %s', async (leaf, size, _why) => {
  await expect(inclusionProof(ct, leaf, size)).rejects.toThrow(RangeError)
})

it.each([
  // old, new, why there is no proof
  [6, 5, 'logs do not shrink'],
  [-1, 5, 'less than none'],
  [1, 5.5, 'half a leaf'],
])('refuses to prove growth from %d to %d: %s', async (oldSize, newSize, _why) => {
  await expect(consistencyProof(ct, oldSize, newSize)).rejects.toThrow(RangeError)
})
