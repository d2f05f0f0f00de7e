import { hash, randomUUID } from 'node:crypto'
import { createLedger, toTypeId } from '@pisto/ledger'
import { Frontier, type Sha256, TILE_WIDTH, tilePath, tileWidth } from '@pisto/proof'
import { type Sandbox, startSandbox } from '@pisto/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint, readTree, tileUrl } from './support/tlog-client.ts'

const systemClock = { now: () => new Date() }

/** A client written from C2SP's pages alone reads our log: over HTTP, and a large one from memory. */
describe('over HTTP', () => {
  const PAYMENTS = 700
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox()
    const ids = { next: (prefix: string) => toTypeId(prefix, `0${randomUUID().slice(1)}`) }
    const ledger = createLedger({ db: sandbox.db, clock: systemClock, ids, signer: async () => undefined })
    const request = { tenantId: sandbox.tenant('GT').id, clientId: 'test', operation: 'test', key: undefined }
    await Promise.all(
      Array.from({ length: PAYMENTS }, (_, n) =>
        ledger.decide({ ...request, bodyHash: new Uint8Array() }, () => {
          return { purpose: 'test', events: [{ type: 'test', objectId: `${n}`, status: 'done' }], answer: null }
        }),
      ),
    )
  })
  afterAll(() => sandbox.stop())

  const get = (path: string, init?: RequestInit) => fetch(`${sandbox.url}/log/gtbank/${path}`, init)
  const bytes = async (path: string) => {
    const answer = await get(path)
    return answer.status === 404 ? undefined : Buffer.from(await answer.arrayBuffer())
  }
  const head = async () => {
    const { keys } = await sandbox.client('GT').service.keys()
    const key = keys.find(({ use, tenantCode }) => use === 'checkpoint' && tenantCode === 'gtbank')
    return readCheckpoint(await (await get('checkpoint')).text(), key?.x ?? '')
  }

  it('a checkpoint, without a key, is signed and has the root of the tiles', async () => {
    const { origin, size, root } = await head()
    const tree = await readTree(bytes, size)

    expect(origin).toBe((await sandbox.client('GT').tenant.get()).logOrigin)
    expect(size).toBe(PAYMENTS + 1)
    expect(tree.paths).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/189', 'tile/1/000.p/2'])
    expect(tree.root.equals(root)).toBe(true)
  })

  it.each([
    // path, media type, who may keep it
    ['checkpoint', 'text/plain; charset=utf-8', 'no-cache'],
    ['tile/0/000', 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['tile/0/002.p/189', 'application/octet-stream', 'public, max-age=31536000, immutable'],
    ['tile/0/002.p/1', 'application/octet-stream', 'public, max-age=31536000, immutable'],
  ])('%s is %s and may be kept: %s', async (path, type, caching) => {
    const first = await get(path)
    const etag = first.headers.get('etag') ?? ''
    const again = await get(path, { headers: { 'if-none-match': etag } })
    const other = await get(path, { headers: { 'if-none-match': '"another"' } })
    const only = await get(path, { method: 'HEAD' })

    for (const answer of [first, again, only]) {
      expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([caching, etag])
    }
    expect(etag).toMatch(/^"[\w-]{43}"$/)
    expect([first.status, again.status, other.status, only.status]).toEqual([200, 304, 200, 200])
    expect([first.headers.get('content-type'), only.headers.get('content-type')]).toEqual([type, type])
    const length = (await first.arrayBuffer()).byteLength
    expect([only.headers.get('content-length'), await again.text(), await only.text()]).toEqual([`${length}`, '', ''])
  })

  it.each([
    // path, code, why
    ['tile/0/003', 'tile_not_found', 'the log is not that large'],
    ['tile/0/002', 'tile_not_found', 'not full yet'],
    ['tile/0/002.p/190', 'tile_not_found', 'not that wide yet'],
    ['tile/0/000.p/0', 'tile_not_found', 'empty tiles are not served'],
    ['tile/0/0', 'tile_not_found', 'three digits an element'],
    ['tile/0/x000/000', 'tile_not_found', 'one path for each tile'],
    ['tile/64/000', 'tile_not_found', 'levels end at 63'],
    ['tile/entries/000', 'tile_not_found', 'leaves are a bank’s books: they need a key'],
    ['tile/', 'route_not_found', 'no tile'],
    ['checkpoint/', 'route_not_found', 'one address, one spelling'],
    ['../nobody/checkpoint', 'log_not_found', 'no such tenant'],
    ['../nobody/tile/0/000', 'log_not_found', 'no such tenant'],
  ])('%s: 404, %s: %s', async (path, code, _why) => {
    const answer = await get(path)

    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
    expect(await answer.json()).toMatchObject({ code })
  })

  it('the SDK reads the same, and the tenant itself by its key', async () => {
    const { log } = sandbox.client('HN')

    expect(await log.publishedCheckpoint('gtbank')).toBe(await sandbox.client('GT').log.checkpoint())
    const path = '0/002.p/189'
    expect(await log.publishedTile('gtbank', path)).toEqual(await sandbox.client('GT').log.tile(path))
  })
})

it('every tile is where the client looks for it', () => {
  expect(tileUrl(0, 1_234_067, 256)).toBe('tile/0/x001/x234/067') // the specification's own example
  const tile = fc.tuple(fc.nat(63), fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }))
  fc.assert(
    fc.property(tile, ([level, index, width]) => tileUrl(level, index, width) === tilePath(level, index, width)),
  )
})

it('a log of 70,001 leaves has the tiles that the client asks for, at the paths where it looks', async () => {
  const SIZE = 70_001
  const sha256: Sha256 = (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer'))
  const levels: Uint8Array[][] = []
  const frontier = Frontier.empty(sha256)
  for (let n = 0; n < SIZE; n++) {
    const leaf = sha256(new TextEncoder().encode(`\0${n}`))
    frontier.append(leaf, (level, _index, tileHash) => {
      const hashes = levels[level] ?? []
      levels[level] = hashes
      hashes.push(tileHash)
    })
  }
  const served = new Map<string, Buffer>()
  for (const [level, hashes] of levels.entries()) {
    for (let index = 0; index * TILE_WIDTH < hashes.length; index++) {
      const width = tileWidth(level, index, SIZE)
      const at = index * TILE_WIDTH
      served.set(tilePath(level, index, width), Buffer.concat(hashes.slice(at, at + width)))
    }
  }

  const { root, paths } = await readTree(async (path) => served.get(path), SIZE)

  expect(root.equals(frontier.root())).toBe(true)
  expect(paths).toEqual([...served.keys()])
  expect(paths.slice(-5)).toEqual(['tile/0/272', 'tile/0/273.p/113', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1'])
})
