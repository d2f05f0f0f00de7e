import type { IncomingMessage } from 'node:http'
import { PistoProblem } from '@pisto/contract'
import { singleHeader } from './headers.ts'
import { parseJson } from './json-text.ts'

const BODY_LIMIT_BYTES = 256 * 1024

/** The caller hung up before its request was whole: there is nobody to answer. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone'
}

/**
 * Reads a body once and parses it. No body at all is `{}`.
 *
 * @throws {PistoProblem} `body_too_large`, `media_type_unsupported`, `body_malformed`, `request_invalid`
 * @throws {CallerGone} the connection ended in the middle
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return {}
  requireJson(request)
  return parseJson(bytes)
}

function requireJson(request: IncomingMessage): void {
  const encoding = singleHeader(request, 'content-encoding') ?? 'identity'
  const type = singleHeader(request, 'content-type') ?? ''
  const isJson = /^application\/json(\s*;\s*charset=("utf-8"|utf-8))?\s*$/i.test(type)
  if (!isJson || encoding.toLowerCase() !== 'identity') throw new PistoProblem('media_type_unsupported')
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const stop = (): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= BODY_LIMIT_BYTES) {
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

const tooLarge = (): PistoProblem => new PistoProblem('body_too_large', { limitBytes: String(BODY_LIMIT_BYTES) })
