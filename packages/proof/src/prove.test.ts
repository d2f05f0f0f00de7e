import { expect, it } from 'vitest'
import { consistencyProof, inclusionProof } from './prove.ts'
import { CT_LEAF_HASHES } from './testing/ct-tree.ts'
import { toHex } from './testing/hex.ts'
import { naiveReader } from './testing/naive-tree.ts'
import { nodeSha256 } from './testing/node-sha256.ts'

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
