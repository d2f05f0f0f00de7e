import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalBytes } from './canonical-json.ts'
import { signCheckpoint } from './checkpoint.ts'
import { tileHashReader } from './hash-reader.ts'
import { inclusionProof } from './prove.ts'
import { ed25519Signer } from './signer.ts'
import { toHex } from './testing/hex.ts'
import { memoryLog } from './testing/memory-tiles.ts'
import { nodeSha256 } from './testing/node-sha256.ts'
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts'
import { leafHash } from './tree-hash.ts'

const signer = ed25519Signer(new Uint8Array(32).fill(5))
const log = { origin: 'bank.example/log', publicKeys: [signer.publicKey] }
const SIZE = 300
const INDEX = 257
const leaves = Array.from({ length: SIZE }, (_, n) => canonicalBytes({ sequence: n }))
const leaf = leaves[INDEX] ?? new Uint8Array()
const { frontier, tiles } = memoryLog(
  leaves.map((bytes) => leafHash(bytes)),
  nodeSha256,
)
const checkpoint = await signCheckpoint({ origin: log.origin, size: SIZE, root: frontier.root() }, signer)
const path = await inclusionProof(tileHashReader(tiles, SIZE), INDEX, SIZE)
const text = formatTlogProof({ index: INDEX, path, checkpoint, leaf })

it('is a header, the leaf, its index, the path and the checkpoint as it is', () => {
  const [header, extra, index, ...rest] = text.split('\n')

  expect([header, index]).toEqual(['c2sp.org/tlog-proof@v1', 'index 257'])
  expect(extra).toBe(`extra ${Buffer.from(leaf).toString('base64')}`)
  expect(rest.indexOf('')).toBe(path.length)
  expect(text.endsWith(`\n\n${checkpoint}`)).toBe(true)
  expect(parseTlogProof(text)).toEqual({ index: INDEX, path, checkpoint, leaf })
})

it('shows the leaf by its text and the log’s key alone', async () => {
  const proven = await verifyTlogProof(text, log)

  expect(toHex(proven.leaf)).toBe(toHex(leaf))
  expect(proven).toMatchObject({ index: INDEX, checkpoint: { size: SIZE, origin: log.origin } })
})

it('may leave the leaf to whoever verifies', async () => {
  const bare = formatTlogProof({ index: INDEX, path, checkpoint })

  expect((await verifyTlogProof(bare, { ...log, leaf })).index).toBe(INDEX)
  await expect(verifyTlogProof(bare, log)).rejects.toMatchObject({ code: 'leaf_missing' })
})

it('a leaf that is known already must be the one proven, whatever the text has', async () => {
  await expect(verifyTlogProof(text, { ...log, leaf: canonicalBytes('other') })).rejects.toMatchObject({
    code: 'root_mismatch',
  })
})

it('one leaf alone has an empty path', async () => {
  const one = await signCheckpoint({ origin: log.origin, size: 1, root: leafHash(leaf) }, signer)

  expect((await verifyTlogProof(formatTlogProof({ index: 0, path: [], checkpoint: one, leaf }), log)).index).toBe(0)
})

it('no character can be changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 2 }), async (at, change) => {
      const changed = text.slice(0, at) + change + text.slice(at + 1)
      fc.pre(changed !== text)

      await expect(verifyTlogProof(changed, log)).rejects.toThrow()
    }),
    { numRuns: 500 },
  )
})

it.each([
  // text                                                          why it is refused
  ['', 'nothing'],
  [text.replace('index 257', 'an index 257'), 'something before the index'],
  [text.split('\n').slice(0, 1).join('\n'), 'a header alone'],
  [text.replace('@v1', '@v2'), 'another version'],
  [text.replace('index', 'Index'), 'no index'],
  [text.replace('index 257', 'index 0257'), 'an index has one spelling'],
  [text.replace('index 257', 'index -1'), 'less than none'],
  [text.replace(/extra .*\n/, 'extra A\n'), 'extra data that is not base64'],
  [text.replace(/(extra .*\n)/, '$1$1'), 'extra data twice'],
  [text.replace(/(index .*\n)/, '$1AAAA\n'), 'not a hash'],
  [text.replace(/(index .*\n)/, `$1${`${'A'.repeat(43)}=\n`.repeat(54)}`), 'a path longer than any'],
  [text.replaceAll('\n', '\r\n'), 'other ends of lines'],
])('refuses to read %j: %s', (broken, _why) => {
  expect(() => parseTlogProof(broken)).toThrow(expect.objectContaining({ code: 'tlog_proof_malformed' }))
})

it.each([
  // index, path, why nothing is made of it
  [-1, path, 'no index'],
  [1.5, path, 'half an index'],
  [INDEX, [...path, new Uint8Array(31)], 'a hash of 31 bytes'],
])('makes no proof of index %s: %#, %s', (index, hashes, _why) => {
  expect(() => formatTlogProof({ index, path: hashes, checkpoint, leaf })).toThrow(RangeError)
})
