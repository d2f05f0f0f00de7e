import type { Chunks } from './list-item.ts'
import { ListRefused } from './list-refused.ts'

/** No list of the world is near it. */
const FILE_MAX = 4 * 1024 ** 3

/** What no text begins with. */
const ARCHIVES: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a ZIP archive or a spreadsheet', [0x50, 0x4b]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
]

/**
 * The text of a file in UTF-8, piece by piece, without its byte order mark.
 *
 * @throws {ListRefused} `archive`, `encoding_wrong`, `file_too_large`
 */
export async function* decodeText(source: Chunks): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let line = 1
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch (cause) {
      throw new ListRefused('encoding_wrong', `not in UTF-8, after line ${line}`, undefined, { cause })
    }
  }
  for await (const bytes of source) {
    if (size === 0) refuseOthers(bytes)
    size += bytes.length
    if (size > FILE_MAX) throw new ListRefused('file_too_large', `more than ${FILE_MAX} bytes`)
    const text = decode(bytes)
    line += text.split('\n').length - 1
    if (text !== '') yield text
  }
  const rest = decode()
  if (rest !== '') yield rest
}

function refuseOthers(bytes: Uint8Array): void {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new ListRefused('encoding_wrong', 'in UTF-16; save it as UTF-8')
  for (const [name, magic] of ARCHIVES) {
    if (magic.every((byte, at) => bytes[at] === byte)) throw new ListRefused('archive', `${name}, not its contents`)
  }
  if (bytes.subarray(0, 1024).includes(0)) throw new ListRefused('encoding_wrong', 'has zero bytes: no text in UTF-8')
}
