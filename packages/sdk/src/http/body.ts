import { type CallFacts, PistoAnswerError } from '../errors.ts'

/** No answer comes near: the largest, 1,000 leaves of the log, has about 1 MiB. */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * Reads a body to its end, but never more than 16 MiB.
 * @throws {PistoAnswerError} `tooLarge`
 */
export async function readBytes(response: Response, call: CallFacts): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array()
  const reader = response.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concat(chunks, size)
    chunks.push(value)
    size += value.length
    if (size > MOST_BYTES) {
      await reader.cancel()
      throw new PistoAnswerError('tooLarge', call, { status: response.status })
    }
  }
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
