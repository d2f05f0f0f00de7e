import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from '@20minutes/s3rver'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { folderStorage } from './folder-storage.ts'
import { memoryStorage, type ObjectStorage } from './object-storage.ts'
import { type S3Bucket, StorageFailed, s3Storage } from './s3-storage.ts'

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
const bytes = random(300_000)

let folder: string
let peer: S3rver
let bucket: S3Bucket
let storages: Record<'memory' | 'folder' | 's3', ObjectStorage>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'))
  peer = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'documents' }],
  })
  const { port } = await peer.run()
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
  bucket = { endpoint: `http://127.0.0.1:${port}/`, region: 'us-east-1', bucket: 'documents', ...keys }
  storages = {
    memory: memoryStorage(),
    folder: folderStorage(join(folder, 'own'), random),
    s3: s3Storage(bucket),
  }
})
afterAll(async () => {
  await peer.close()
  await rm(folder, { recursive: true, force: true })
})

const KINDS = ['memory', 'folder', 's3'] as const

it.each(KINDS)('%s: what was put is there byte for byte, is replaced, and is gone when deleted', async (kind) => {
  const storage = storages[kind]
  expect(await storage.get('ten_1/doc_1')).toBeUndefined()

  await storage.put('ten_1/doc_1', bytes)
  expect(await storage.get('ten_1/doc_1')).toEqual(bytes)
  expect(await storage.get('ten_2/doc_1'), 'another tenant’s').toBeUndefined()

  await storage.put('ten_1/doc_1', bytes.subarray(7))
  expect(await storage.get('ten_1/doc_1')).toEqual(bytes.slice(7))

  await storage.delete('ten_1/doc_1')
  await storage.delete('ten_1/doc_1')
  expect(await storage.get('ten_1/doc_1')).toBeUndefined()
})

it.each(KINDS)('%s: no name leads elsewhere', async (kind) => {
  for (const name of ['../doc_1', 'ten_1/../../doc_1', '/etc/passwd', 'ten_1', 'ten_1/doc_1/x', 'ten_1/a%2f', 'A/b']) {
    await expect(storages[kind].put(name, bytes), name).rejects.toThrow(TypeError)
  }
})

it('files are their owner’s alone, and nothing half-written is left', async () => {
  const own = join(folder, 'own', 'ten_1')
  await Promise.all(Array.from({ length: 8 }, () => storages.folder.put('ten_1/doc_2', bytes)))

  expect(await readdir(own)).toEqual(['doc_2'])
  expect((await stat(join(own, 'doc_2'))).mode & 0o777).toBe(0o600)
  expect((await stat(own)).mode & 0o777).toBe(0o700)
})

it('a bucket’s owner sees no difference to another client: a wrong secret is refused, and no message tells a key', async () => {
  const wrong = s3Storage({ ...bucket, secretAccessKey: 'guessed-secret' })

  const refusal = await wrong.put('ten_1/doc_3', bytes).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StorageFailed)
  expect(String(refusal)).toBe('StorageFailed: PUT of an object: status 403')
  await expect(wrong.get('ten_1/doc_3'), 'refused is not missing').rejects.toThrow(StorageFailed)
})

it('bytes that were changed on the way are refused by the bucket’s check of their hash', async () => {
  let asked: Request | undefined
  const catching: typeof fetch = async (request) => {
    asked = request as Request
    return new Response(null, { status: 200 })
  }
  await s3Storage(bucket, catching).put('ten_1/doc_4', Uint8Array.of(1, 2, 3))

  expect(asked?.headers.get('x-amz-content-sha256')).toBe(
    '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
  )
  expect(asked?.headers.get('authorization')).toContain('x-amz-content-sha256')
})

it('a bucket that fails for a moment is asked again', async () => {
  let failures = 2
  const flaky: typeof fetch = async (request, init) => {
    failures -= 1
    if (failures === 1) throw new TypeError('connection reset')
    if (failures === 0) return new Response('slow down', { status: 503 })
    return fetch(request, init)
  }
  const storage = s3Storage(bucket, flaky)
  await storage.put('ten_1/doc_5', bytes)

  expect(await storage.get('ten_1/doc_5')).toEqual(bytes)
})

it('a bucket that is not there is not an object that is not there', async () => {
  await expect(s3Storage({ ...bucket, bucket: 'other' }).get('ten_1/doc_1')).rejects.toThrow(StorageFailed)
})
