import { hash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { type ObjectStorage, requireName } from './object-storage.ts'

/** A bucket of Amazon S3, or of anything that speaks its API: MinIO, Ceph, R2, Garage. */
export interface S3Bucket {
  /** `https://s3.us-east-1.amazonaws.com`, without the bucket: it is the first segment of the path. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The storage did not do what it was asked for. Never has a key or a byte of an object in its message. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed'
}

const TIMEOUT_MS = 30_000
const RETRIES = 3

/**
 * Objects of a bucket. Requests are signed (AWS Signature Version 4) with the hash of their body, so that nobody between
 * changes a byte; failures that pass are tried again by the signer.
 *
 * @param fetch Default: the global one.
 */
export function s3Storage(
  { endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Bucket,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): ObjectStorage {
  const signer = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region })
  const base = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`

  const once = async (method: 'GET' | 'PUT' | 'DELETE', name: string, body?: Uint8Array): Promise<Response> => {
    const signed = await signer.sign(`${base}/${name}`, {
      method,
      headers: { 'X-Amz-Content-Sha256': hash('sha256', body ?? '', 'hex') },
      ...(body && { body: body as Uint8Array<ArrayBuffer> }),
    })
    return fetch(signed, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
  }
  const ask = async (method: 'GET' | 'PUT' | 'DELETE', name: string, body?: Uint8Array): Promise<Response> => {
    requireName(name)
    for (let retry = 0; ; retry++) {
      const answer = await once(method, name, body).catch((cause: unknown) => {
        if (retry < RETRIES) return undefined
        throw new StorageFailed(`${method} of an object: no answer`, { cause })
      })
      if (answer !== undefined && (answer.status < 500 || retry >= RETRIES)) return answer
      await answer?.body?.cancel()
      await new Promise((resolve) => setTimeout(resolve, 100 * 4 ** retry))
    }
  }
  const requireDone = async (method: string, answer: Response): Promise<void> => {
    await answer.body?.cancel()
    if (!answer.ok) throw new StorageFailed(`${method} of an object: status ${answer.status}`)
  }
  return {
    async put(name, bytes) {
      await requireDone('PUT', await ask('PUT', name, bytes))
    },
    async get(name) {
      const answer = await ask('GET', name)
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
      const isMissing = answer.status === 404 && (await answer.text()).includes('<Code>NoSuchKey</Code>')
      if (isMissing) return undefined
      throw new StorageFailed(`GET of an object: status ${answer.status}`)
    },
    async delete(name) {
      await requireDone('DELETE', await ask('DELETE', name))
    },
  }
}
