import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { PistoProblem, type UploadedFile, type UploadType } from '@pisto/contract'
import { singleHeader } from './headers.ts'
import { CallerGone } from './read-body.ts'

export interface Upload {
  readonly file: UploadedFile
  /** SHA-256, hexadecimal, of what was read so far: of the file, once it was read to its end. */
  digest(): string
}

/**
 * The body as a file that is read while it comes, no faster than it is taken. What is left unread when the answer is
 * given is let through up to a limit (`beginExchange`).
 *
 * @throws {PistoProblem} `media_type_unsupported`: none of these types, or compressed
 */
export function uploadOf(request: IncomingMessage, types: readonly UploadType[]): Upload {
  const type = (singleHeader(request, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  const encoding = singleHeader(request, 'content-encoding') ?? 'identity'
  const mediaType = types.find((known) => known === type)
  if (mediaType === undefined || encoding.toLowerCase() !== 'identity') {
    throw new PistoProblem('media_type_unsupported', { mediaType: types.join(', ') })
  }
  const hash = createHash('sha256')
  async function* bytes() {
    try {
      for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        hash.update(piece)
        yield piece
      }
    } catch {
      throw new CallerGone()
    }
  }
  return { file: { mediaType, bytes: bytes() }, digest: () => hash.copy().digest('hex') }
}
