import { createHash, createPublicKey, verify } from 'node:crypto'

/**
 * A client of C2SP tlog-tiles, written from the specifications alone: nothing of `@pisto/proof` is used, so that both
 * can be wrong only in the same way by chance.
 *
 * @see https://c2sp.org/tlog-tiles, https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note
 */
export interface TreeHead {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** Fetches a resource below the log's prefix; undefined: 404. */
export type Fetch = (path: string) => Promise<Buffer | undefined>

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const node = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Uint8Array.of(1), left, right)

/** "zero-padded 3-digit path elements. All but the last path element MUST begin with an `x`" */
export function tileUrl(level: number, index: number, width: number): string {
  const groups: string[] = []
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, '0'))
  }
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === 256 ? '' : `.p/${width}`}`
}

/** Reads a checkpoint and checks its Ed25519 signature. @param x The key's 32 bytes in base64url. */
export function readCheckpoint(note: string, x: string): TreeHead {
  const at = note.indexOf('\n\n')
  const [text, signatures] = [note.slice(0, at + 1), note.slice(at + 2)]
  const [origin = '', size = '', root = ''] = text.split('\n')
  const key = Buffer.from(x, 'base64url')
  const id = sha256(Buffer.from(`${origin}\n`), Uint8Array.of(1), key).subarray(0, 4)
  const jwk = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const isSigned = signatures.split('\n').some((line) => {
    const [dash, name, base64 = ''] = line.split(' ')
    const bytes = Buffer.from(base64, 'base64')
    const isOwn = dash === '—' && name === origin && bytes.subarray(0, 4).equals(id)
    return isOwn && verify(null, Buffer.from(text), jwk, bytes.subarray(4))
  })
  if (!isSigned) throw new Error('the log has not signed this')
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') }
}

/** MTH of RFC 6962 section 2.1 over hashes that stand side by side. */
function merkleRoot(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes
  if (only === undefined) return sha256()
  if (hashes.length === 1) return only
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return node(merkleRoot(hashes.slice(0, split)), merkleRoot(hashes.slice(split)))
}

/** How many hashes a tile has: "floor(s / 256**l) mod 256" of the last one of a level, else 256. */
const widthOf = (level: number, index: number, size: number): number =>
  Math.min(Math.floor(size / 256 ** level) - index * 256, 256)

/**
 * Fetches every tile of a tree and recomputes its root from the leaf hashes; on the way every hash of a higher level is
 * held against the tile that it stands for.
 *
 * @returns The root, and the paths that were fetched.
 * @throws {Error} a tile is missing, has another length, or a hash that does not follow
 */
export async function readTree(fetch: Fetch, size: number): Promise<{ root: Buffer; paths: string[] }> {
  const paths: string[] = []
  let leaves: readonly Buffer[] = []
  let below: Buffer[] = []
  for (let level = 0; Math.floor(size / 256 ** level) > 0; level++) {
    const hashes: Buffer[] = []
    for (let index = 0; widthOf(level, index, size) > 0; index++) {
      const width = widthOf(level, index, size)
      const path = tileUrl(level, index, width)
      const bytes = await fetch(path)
      paths.push(path)
      if (bytes?.length !== 32 * width) throw new Error(`${path} has ${bytes?.length} bytes`)
      for (let at = 0; at < width; at++) hashes.push(bytes.subarray(32 * at, 32 * at + 32))
    }
    if (level === 0) leaves = hashes
    for (const [at, hash] of hashes.entries()) {
      const follows = level === 0 || hash.equals(merkleRoot(below.slice(256 * at, 256 * at + 256)))
      if (!follows) throw new Error(`level ${level} has another hash at ${at}`)
    }
    below = hashes
  }
  return { root: merkleRoot(leaves), paths }
}
