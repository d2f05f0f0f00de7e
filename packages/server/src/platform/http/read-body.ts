import type { IncomingMessage } from 'node:http'
import { type ByteBody, PistoProblem } from '@pisto/contract'
import { singleHeader } from './headers.ts'
import { parseJson } from './json-text.ts'

const BODY_LIMIT_BYTES = 256 * 1024
/** Within which a body is whole; files have more time (`listen`). */
const BODY_MS = 30_000

/** The caller hung up before its request was whole: there is nobody to answer. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone'
}

/**
 * Reads a body once and parses it. No body at all is `{}`.
 *
 * @throws {PistoProblem} `body_too_large`, `media_type_unsupported`, `body_malformed`, `request_invalid`,
 *   `request_timeout`
 * @throws {CallerGone} the connection ended in the middle
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, BODY_LIMIT_BYTES)
  if (bytes.length === 0) return {}
  requireType(request, 'application/json', JSON_TYPE)
  return parseJson(bytes)
}

/**
 * Reads a body that is bytes. No body at all is no bytes.
 *
 * @throws {PistoProblem} `body_too_large`, `media_type_unsupported`, `request_timeout`
 * @throws {CallerGone} the connection ended in the middle
 */
export async function readByteBody(request: IncomingMessage, { mediaType, maxBytes }: ByteBody): Promise<Uint8Array> {
  requireType(request, mediaType, new RegExp(`^${mediaType}\\s*$`, 'i'))
  return readBytes(request, maxBytes)
}

const JSON_TYPE = /^application\/json(\s*;\s*charset=("utf-8"|utf-8))?\s*$/i

function requireType(request: IncomingMessage, mediaType: string, pattern: RegExp): void {
  const encoding = singleHeader(request, 'content-encoding') ?? 'identity'
  const isRight = pattern.test(singleHeader(request, 'content-type') ?? '') && encoding.toLowerCase() === 'identity'
  if (!isRight) throw new PistoProblem('media_type_unsupported', { mediaType })
}

function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const tooLarge = (): PistoProblem => new PistoProblem('body_too_large', { limitBytes: String(limitBytes) })
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const late = setTimeout(() => {
      stop()
      request.pause()
      reject(new PistoProblem('request_timeout'))
    }, BODY_MS)
    const stop = (): void => {
      clearTimeout(late)
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= limitBytes) {
        chunks.push(chunk)
        return
      }
      stop()
      request.pause()
      reject(tooLarge())
    }
    const onEnd = (): void => {
      stop()
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    }
    const onClose = (): void => {
      stop()
      reject(new CallerGone())
    }
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}
