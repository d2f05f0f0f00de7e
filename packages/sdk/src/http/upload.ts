import type { UploadType } from '@pisto/contract'

/** A file to send: whole, or made piece by piece and sent no faster than it is taken. */
export interface FileUpload {
  readonly mediaType: UploadType
  /** A function is called for each attempt, and begins anew. Browsers send what it gives over HTTP/2 only. */
  readonly content: string | Uint8Array<ArrayBuffer> | Blob | (() => AsyncIterable<Uint8Array>)
}

/** What `fetch` takes of a file. */
export function uploadInit({ content }: FileUpload): RequestInit {
  if (typeof content !== 'function') return { body: content }
  return { body: streamOf(content()), duplex: 'half' } as RequestInit
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
