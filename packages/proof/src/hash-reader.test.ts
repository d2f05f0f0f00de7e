import { beforeAll, expect, it } from 'vitest'
import { tileHashReader } from './hash-reader.ts'
import { consistencyProof, inclusionProof } from './prove.ts'
import { subtreesOf, tileOf } from './subtrees.ts'
import { memoryLog } from './testing/memory-tiles.ts'
import { someLeafHashes } from './testing/naive-tree.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { type Tile, tilesOf } from './tiles.ts'
import { verifyConsistency, verifyInclusion } from './verify-proof.ts'

const SIZE = 70_000
const OLD_SIZE = 66_001
const leaves = someLeafHashes(SIZE, nodeSha256)
let log: ReturnType<typeof memoryLog>
let oldRoot: Uint8Array
beforeAll(() => {
  log = memoryLog(leaves, nodeSha256)
  oldRoot = memoryLog(leaves.slice(0, OLD_SIZE), nodeSha256).frontier.root()
})

it.each([0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999])(
  'proves leaf %i of 70,000 by a few tiles',
  async (leaf) => {
    log.asked.length = 0

    const path = await inclusionProof(tileHashReader(log.tiles, SIZE, nodeSha256), leaf, SIZE, nodeSha256)

    const claim = {
      leafIndex: leaf,
      treeSize: SIZE,
      path,
      leafHash: leaves[leaf] ?? oldRoot,
      root: log.frontier.root(),
    }
    verifyInclusion(claim, nodeSha256)
    expect(log.asked.length).toBeLessThanOrEqual(6)
  },
)

it('proves growth across the turn of a level and asks only for tiles that C2SP serves, each once', async () => {
  log.asked.length = 0

  const reader = tileHashReader(log.tiles, SIZE, nodeSha256)
  const path = await consistencyProof(reader, OLD_SIZE, SIZE, nodeSha256)

  const claim = { oldSize: OLD_SIZE, newSize: SIZE, oldRoot, newRoot: log.frontier.root(), path }
  verifyConsistency(claim, nodeSha256)
  const served = [...tilesOf(SIZE)]
  for (const tile of log.asked) expect(served).toContainEqual(tile)
  expect(new Set(log.asked.map((tile) => JSON.stringify(tile))).size).toBe(log.asked.length)
})

it.each([
  // answer                                     why it is refused
  [[new Uint8Array(31)], 'less than the hashes of the tile'],
  [[new Uint8Array(256 * 32)], 'the full tile, where the partial one belongs to the tree'],
  [[], 'no tile'],
])('refuses %o: %s', async (answer: Uint8Array[], _why) => {
  const reader = tileHashReader({ readTiles: async () => answer }, 5)

  await expect(reader.readHashes([{ height: 0, index: 1 }])).rejects.toMatchObject({ code: 'tile_malformed' })
})

it.each([
  // height, index, tile, offset, count
  [0, 300, { level: 0, index: 1, width: 256 }, 44, 1],
  [0, 69_999, { level: 0, index: 273, width: 112 }, 111, 1],
  [7, 3, { level: 0, index: 1, width: 256 }, 128, 128],
  [8, 255, { level: 1, index: 0, width: 256 }, 255, 1],
  [9, 128, { level: 1, index: 1, width: 17 }, 0, 2],
  [16, 0, { level: 2, index: 0, width: 1 }, 0, 1],
] as const)(
  'finds subtree %i/%i of 70,000 leaves in %o from hash %i: %i',
  (height, index, tile: Tile, offset, count) => {
    expect(tileOf({ height, index }, SIZE)).toEqual({ tile, offset, count })
  },
)

it('finds no tile for a subtree that is not complete yet', () => {
  expect(() => tileOf({ height: 9, index: 136 }, SIZE)).toThrow(RangeError)
})

it('cuts a range into the subtrees of its size, largest first', () => {
  expect(subtreesOf({ start: 8, end: 15 })).toEqual([
    { height: 2, index: 2 },
    { height: 1, index: 6 },
    { height: 0, index: 14 },
  ])
  expect(subtreesOf({ start: 0, end: 2 ** 40 + 1 })).toEqual([
    { height: 40, index: 0 },
    { height: 0, index: 2 ** 40 },
  ])
})
