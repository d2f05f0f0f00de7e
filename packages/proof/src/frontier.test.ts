import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Frontier } from './frontier.ts'
import { portableSha256 } from './sha256.ts'
import { rootOf, someLeafHashes } from './testing/naive-tree.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { leafHash } from './tree-hash.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const leaves = someLeafHashes(600, nodeSha256)
const grown = (size: number): Frontier => {
  const frontier = Frontier.empty(nodeSha256)
  for (const leaf of leaves.slice(0, size)) frontier.append(leaf)
  return frontier
}

/** The eight leaves of Certificate Transparency's tests and the roots of their trees. */
const CT_LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
it.each([
  // size  root
  [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
])('the root of the first %i leaves of the CT test tree is %s', (size, root) => {
  const frontier = Frontier.empty()
  for (const leaf of CT_LEAVES.slice(0, size)) frontier.append(leafHash(Buffer.from(leaf, 'hex')))

  expect(hex(frontier.root())).toBe(root)
  expect(frontier.size).toBe(size)
})

it('has the root of the naive tree at every size up to 600', () => {
  const frontier = Frontier.empty(nodeSha256)
  for (const [index, leaf] of leaves.entries()) {
    expect(hex(frontier.root())).toBe(hex(rootOf(leaves.slice(0, index), nodeSha256)))
    frontier.append(leaf)
  }
})

it('goes on from what it wrote as if nothing had happened', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (before, after) => {
      const frontier = Frontier.decode(grown(before).encode(), nodeSha256)
      for (const leaf of leaves.slice(before, before + after)) frontier.append(leaf)

      expect(hex(frontier.encode())).toBe(hex(grown(before + after).encode()))
      expect(hex(frontier.root())).toBe(hex(grown(before + after).root()))
    }),
  )
})

it('reads a frontier that begins in the middle of a larger buffer', () => {
  const bytes = grown(5).encode()
  const larger = new Uint8Array([1, 2, 3, ...bytes, 4])

  expect(hex(Frontier.decode(larger.subarray(3, 3 + bytes.length)).root())).toBe(hex(grown(5).root()))
})

it('a copy and its original grow apart', () => {
  const original = grown(7)
  const copy = original.copy()

  copy.append(leafHash(Uint8Array.of(1)))

  expect(hex(original.encode())).toBe(hex(grown(7).encode()))
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
      expect(hex(portableSha256(bytes))).toBe(hex(nodeSha256(bytes)))
    }),
  )
})
