import { isUtf8 } from 'node:buffer'
import { FileRefused } from './refused.ts'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type FileEncoding = (typeof ENCODINGS)[number]

export interface FoundEncoding {
  readonly encoding: FileEncoding
  /** Bytes of the mark at the beginning. */
  readonly markBytes: number
}

/**
 * By the mark at the beginning, or by the zeros of UTF-16 without one; else UTF-8. Windows-1252 is never guessed: what
 * is not UTF-8 is refused, since a guess would change names.
 */
export function findEncoding(head: Buffer): FoundEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 }
  const isUtf32 = head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0
  if (head[0] === 0xff && head[1] === 0xfe && !isUtf32) return { encoding: 'utf-16le', markBytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  const zeros = (first: number): boolean =>
    head.length >= 16 && [0, 2, 4, 6, 8, 10, 12, 14].every((at) => head[at + first] === 0 && head[at + 1 - first] !== 0)
  if (zeros(1)) return { encoding: 'utf-16le', markBytes: 0 }
  if (zeros(0)) return { encoding: 'utf-16be', markBytes: 0 }
  return { encoding: 'utf-8', markBytes: 0 }
}

/**
 * The same bytes as UTF-8 that holds no NUL, piece by piece.
 *
 * @param from Bytes of the file before the first of these.
 * @throws {FileRefused} `file_binary`, `file_encoding`, with the byte's offset
 */
export async function* toUtf8(
  bytes: AsyncIterable<Uint8Array>,
  encoding: FileEncoding,
  from: number,
): AsyncGenerator<Buffer> {
  yield* encoding === 'utf-8' ? checkedUtf8(bytes, from) : converted(bytes, encoding, from)
}

async function* checkedUtf8(bytes: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0) // the beginning of a character whose rest comes with the next piece
  let offset = from
  for await (const piece of bytes) {
    const all = held.length === 0 ? bufferOf(piece) : Buffer.concat([held, piece])
    const whole = all.subarray(0, all.length - cutOff(all))
    requireNoNul(whole, offset)
    if (!isUtf8(whole)) throw notEncoded('utf-8', offset + invalidAt(whole))
    held = Buffer.from(all.subarray(whole.length))
    offset += whole.length
    if (whole.length > 0) yield whole
  }
  if (held.length > 0) throw notEncoded('utf-8', offset)
}

async function* converted(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Exclude<FileEncoding, 'utf-8'>,
  from: number,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let offset = from
  const decode = (piece?: Uint8Array): Buffer => {
    try {
      return Buffer.from(piece ? decoder.decode(piece, { stream: true }) : decoder.decode())
    } catch {
      throw notEncoded(encoding, offset)
    }
  }
  for await (const piece of bytes) {
    const text = decode(piece)
    requireNoNul(text, offset)
    offset += piece.length
    if (text.length > 0) yield text
  }
  decode()
}

function requireNoNul(text: Buffer, offset: number): void {
  const at = text.indexOf(0)
  if (at >= 0) throw new FileRefused('file_binary', { offset: String(offset + at) })
}

const notEncoded = (encoding: FileEncoding, offset: number): FileRefused =>
  new FileRefused('file_encoding', { encoding, offset: String(offset) })

const bufferOf = (piece: Uint8Array): Buffer => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)

const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1)

/** How many bytes at the end begin a character that is not whole. */
function cutOff(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) !== 0x80) return byte < 0xf5 && lengthOf(byte) > back ? back : 0
  }
  return 0
}

/** Where the first character is that is none. */
function invalidAt(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] ?? 0)
    if (!isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
  return at
}
