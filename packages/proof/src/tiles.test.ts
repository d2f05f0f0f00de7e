import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseTilePath, tilePath, tilesOf, tileWidth } from './tiles.ts'

it.each([
  // level, index, width, path
  [0, 0, 256, 'tile/0/000'],
  [0, 999, 256, 'tile/0/999'],
  [0, 1000, 256, 'tile/0/x001/000'],
  [0, 1234, 12, 'tile/0/x001/234.p/12'],
  [5, 1234067, 256, 'tile/5/x001/x234/067'],
  [63, 0, 1, 'tile/63/000.p/1'],
  [0, Number.MAX_SAFE_INTEGER, 255, 'tile/0/x009/x007/x199/x254/x740/991.p/255'],
])('level %i, index %i, width %i is served at %s', (level, index, width, path) => {
  expect(tilePath(level, index, width)).toBe(path)
  expect(parseTilePath(path)).toEqual({ level, index, width })
})

it.each([
  // path                       why it is refused
  ['tile/0/1', 'three digits an element'],
  ['tile/0/0000', 'three digits an element'],
  ['tile/0/x000/001', 'leading zeros'],
  ['tile/0/001/x234', 'the last element has no x'],
  ['tile/0/x001', 'the last element has no x'],
  ['tile/00/001', 'a level has one spelling'],
  ['tile/64/001', 'levels end at 63'],
  ['tile/-1/001', 'levels begin at 0'],
  ['tile/0/001.p/0', 'empty tiles are not served'],
  ['tile/0/001.p/01', 'a width has one spelling'],
  ['tile/0/001.p/256', 'a full tile has no suffix'],
  ['tile/0/001.p/999', 'wider than full'],
  ['tile/0/001.p', 'a suffix has a width'],
  ['/tile/0/001', 'relative to the prefix'],
  ['tile/0/001\n', 'nothing follows'],
  ['tile/entries/001', 'entries are not hashes'],
  ['tile/0/x009/x007/x199/x254/x740/992', 'beyond 2^53 − 1'],
  ['tile/0/x999/x999/x999/x999/x999/x999/999', 'beyond 2^53 − 1'],
  ['', 'nothing'],
])('refuses to read %j: %s', (path, _why) => {
  expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'tile_path_malformed' }))
})

it.each([
  [-1, 0, 256],
  [64, 0, 256],
  [0, -1, 256],
  [0, 2 ** 53, 256],
  [0, 0, 0],
  [0, 0, 257],
  [0, 0.5, 256],
])('there is no path for level %d, index %d, width %d', (level, index, width) => {
  expect(() => tilePath(level, index, width)).toThrow(RangeError)
})

it('reads what it writes', () => {
  const tile = fc.record({
    level: fc.integer({ min: 0, max: 63 }),
    index: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(tile, ({ level, index, width }) => {
      expect(parseTilePath(tilePath(level, index, width))).toEqual({ level, index, width })
    }),
  )
})

it('a tree of 70,000 leaves has the tiles that the specification counts', () => {
  const tiles = [...tilesOf(70_000)]

  expect(tiles.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273)
  expect(tiles.slice(273)).toEqual([
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 0, width: 256 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ])
})

it('a tree of 256 leaves is a full tile and a partial one above it', () => {
  expect([...tilesOf(256)]).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ])
})

it('a growing tree gets only new or wider tiles', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(2_000), (from, more) => {
      const before = new Set([...tilesOf(from)].map((tile) => JSON.stringify(tile)))
      const after = [...tilesOf(from + more)].filter((tile) => !before.has(JSON.stringify(tile)))

      expect([...tilesOf(from + more, from)]).toEqual(after)
    }),
    { numRuns: 30 },
  )
})

it('a tile that the tree has not reached has no width', () => {
  expect(tileWidth(0, 274, 70_000)).toBe(0)
  expect(tileWidth(3, 0, 70_000)).toBe(0)
})
