import type { Language, Operation } from '@pisto/contract'
import type { Response } from 'express'

/** An answer that is written piece by piece, however long it is: one of an operation's `formats`. */
export interface Download {
  readonly format: string
  /** Letters, digits, hyphens, a dot. Left out: the answer is no file to keep. */
  readonly fileName?: string
  /** What it is written in, where people read it. */
  readonly language?: Language
  readonly pieces: AsyncIterable<string | Uint8Array>
}

/** An answer of bytes that is kept as a file: no page shows it. */
export interface Attachment {
  /** Letters, digits, hyphens, underscores, a dot. */
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** @see RFC 6266 section 4 */
export function downloadHeaders(
  { formats = {} }: Pick<Operation, 'formats'>,
  { format, fileName, language }: Download,
): Record<string, string> {
  const mediaType = formats[format] ?? 'application/octet-stream'
  return {
    'Content-Type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    ...(fileName !== undefined && { 'Content-Disposition': asFile(fileName) }),
    ...(language !== undefined && { 'Content-Language': language }),
  }
}

export const asFile = (fileName: string): string => `attachment; filename="${fileName}"`

/**
 * Writes as fast as the caller reads, no faster. Nothing is sent before the first piece is there: what fails until then
 * is still a problem document; what fails later breaks the connection, so that half a file never looks whole.
 */
export async function writePieces(
  response: Response,
  writeHead: () => void,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  if (response.req.method !== 'HEAD') {
    for await (const piece of pieces) {
      if (response.destroyed) return
      if (!response.headersSent) writeHead()
      if (!response.write(piece)) await drained(response)
    }
  }
  if (!response.headersSent) writeHead()
  response.end()
}

/** Resolves when there is room again, or nobody to write to. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}
