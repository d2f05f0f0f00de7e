import { join } from 'node:path'
import type { RandomBytes } from '@pisto/ledger'
import { folderStorage } from './folder-storage.ts'
import { memoryStorage, type ObjectStorage } from './object-storage.ts'
import { type S3Bucket, s3Storage } from './s3-storage.ts'

/** Where the contents of documents are kept. */
export type DocumentLocation =
  | { readonly kind: 'memory' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: S3Bucket }

/** A location that cannot be. The message never has a key. */
export class LocationInvalid extends Error {
  override readonly name = 'LocationInvalid'
}

/** Where the books are, as far as it says where documents are kept if nobody says it. */
type Books = { readonly kind: 'memory' | 'postgres' } | { readonly kind: 'folder'; readonly path: string }

/**
 * Beside books in a folder by default; for books in memory, in memory. For a PostgreSQL it has to be said: what several
 * processes share is no folder of one of them.
 *
 * @param asked A folder, `memory`, or `s3://BUCKET`.
 * @param setting A setting of the environment by its name without `PISTO_`.
 * @throws {LocationInvalid}
 */
export function documentLocationOf(
  asked: string | undefined,
  books: Books,
  setting: (name: string) => string | undefined,
): DocumentLocation {
  if (asked === undefined) {
    if (books.kind === 'folder') return { kind: 'folder', path: join(books.path, 'documents') }
    return { kind: 'memory' }
  }
  if (asked === 'memory') return { kind: 'memory' }
  const bucket = /^s3:\/\/([a-z0-9.-]{3,63})\/?$/.exec(asked)?.[1]
  if (bucket !== undefined) return { kind: 's3', bucket: bucketOf(bucket, setting) }
  if (asked.includes('://')) throw new LocationInvalid('documents are in a folder, in memory, or in s3://BUCKET')
  return { kind: 'folder', path: asked }
}

function bucketOf(bucket: string, setting: (name: string) => string | undefined): S3Bucket {
  const required = (name: string): string => {
    const value = setting(name)
    if (value === undefined) throw new LocationInvalid(`documents in a bucket need PISTO_${name}`)
    return value
  }
  const region = setting('S3_REGION') ?? 'us-east-1'
  const endpoint = setting('S3_ENDPOINT') ?? `https://s3.${region}.amazonaws.com`
  if (!/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/.test(endpoint)) {
    throw new LocationInvalid('PISTO_S3_ENDPOINT is an address like https://s3.example.com')
  }
  const [accessKeyId, secretAccessKey] = [required('S3_ACCESS_KEY_ID'), required('S3_SECRET_ACCESS_KEY')]
  return { endpoint, region, bucket, accessKeyId, secretAccessKey }
}

/** @param random For the names of files that are being written. */
export function openStorage(location: DocumentLocation, random: RandomBytes): ObjectStorage {
  switch (location.kind) {
    case 'memory':
      return memoryStorage()
    case 'folder':
      return folderStorage(location.path, random)
    case 's3':
      return s3Storage(location.bucket)
  }
}
