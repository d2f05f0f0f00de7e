import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Frontier } from './frontier.ts'
import { portableSha256 } from './sha256.ts'
import { CT_LEAF_HASHES, CT_ROOTS } from './testing/ct-tree.ts'
import { toHex } from './testing/hex.ts'
import { rootOf, someLeafHashes } from './testing/naive-tree.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { leafHash } from './tree-hash.ts'

const leaves = someLeafHashes(600, nodeSha256)
const grown = (size: number): Frontier => {
  const frontier = Frontier.empty(nodeSha256)
  for (const leaf of leaves.slice(0, size)) frontier.append(leaf)
  return frontier
}

it.each(CT_ROOTS.map((root, size) => [size, root] as const))(
  'the CT test tree of %i leaves has root %s',
  (size, root) => {
    const frontier = Frontier.empty()
    for (const leaf of CT_LEAF_HASHES.slice(0, size)) frontier.append(leaf)

    expect(toHex(frontier.root())).toBe(root)
    expect(frontier.size).toBe(size)
  },
)

it('has the root of the naive tree at every size up to 600', () => {
  const frontier = Frontier.empty(nodeSha256)
  for (const [index, leaf] of leaves.entries()) {
    expect(toHex(frontier.root())).toBe(toHex(rootOf(leaves.slice(0, index), nodeSha256)))
    frontier.append(leaf)
  }
})

it('goes on from what it wrote as if nothing had happened', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (before, after) => {
      const frontier = Frontier.decode(grown(before).encode(), nodeSha256)
      for (const leaf of leaves.slice(before, before + after)) frontier.append(leaf)

      expect(toHex(frontier.encode())).toBe(toHex(grown(before + after).encode()))
      expect(toHex(frontier.root())).toBe(toHex(grown(before + after).root()))
    }),
  )
})

it('reads a frontier that begins in the middle of a larger buffer', () => {
  const bytes = grown(5).encode()
  const larger = new Uint8Array([1, 2, 3, ...bytes, 4])

  expect(toHex(Frontier.decode(larger.subarray(3, 3 + bytes.length)).root())).toBe(toHex(grown(5).root()))
})

it('a copy and its original grow apart', () => {
  const original = grown(7)
  const copy = original.copy()

  copy.append(leafHash(Uint8Array.of(1)))

  expect(toHex(original.encode())).toBe(toHex(grown(7).encode()))
  expect(copy.size).toBe(8)
})

it('counts beyond 32 bits', () => {
  const size = 2 ** 40 + 2 ** 33 - 1
  const bytes = new Uint8Array(8 + 34 * 32)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size))
  const frontier = Frontier.decode(bytes)

  frontier.append(leafHash(Uint8Array.of(1)))

  expect(frontier.size).toBe(2 ** 40 + 2 ** 33)
  expect(frontier.encode()).toHaveLength(8 + 2 * 32)
})

it.each([
  // bytes                                    why it is refused
  [new Uint8Array(), 'nothing'],
  [new Uint8Array(7), 'less than a size'],
  [new Uint8Array(8 + 32), 'a hash too many'],
  [grown(5).encode().slice(0, -1), 'a byte too few'],
  [new Uint8Array([...grown(5).encode(), 0]), 'a byte too many'],
  [new Uint8Array(8 + 32).fill(0x80, 0, 1), 'a size beyond 2^53'],
])('refuses to read %o: %s', (bytes, _why) => {
  expect(() => Frontier.decode(bytes)).toThrow(
    expect.objectContaining({ name: 'MalformedProof', code: 'frontier_malformed' }),
  )
})

it('refuses a leaf that is not a hash', () => {
  expect(() => Frontier.empty().append(new Uint8Array(31))).toThrow(RangeError)
})

it('gives the same with every SHA-256', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toHex(portableSha256(bytes))).toBe(toHex(nodeSha256(bytes)))
    }),
  )
})
