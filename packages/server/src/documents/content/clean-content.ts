import type { DocumentContentType } from '@pisto/contract'
import { ContentRefused, type PictureSize } from './content-refused.ts'
import { cleanJpeg } from './jpeg.ts'
import { checkPdf } from './pdf.ts'
import { cleanPng } from './png.ts'

/** What is kept of an upload. */
export interface CleanContent {
  readonly contentType: DocumentContentType
  readonly bytes: Uint8Array
  /** In pixels, before it is turned; null: pages. */
  readonly size: PictureSize | null
}

/**
 * Finds out what an upload is, by its content alone, and leaves out what is nobody's business: where and with what a
 * picture was taken, thumbnails, comments, what hides behind the end.
 *
 * @throws {ContentRefused}
 */
export async function cleanContent(bytes: Uint8Array): Promise<CleanContent> {
  const contentType = typeOf(bytes)
  requireUnambiguous(bytes, contentType)
  if (contentType === 'application/pdf') {
    checkPdf(bytes)
    return { contentType, bytes, size: null }
  }
  const { bytes: cleaned, width, height } = contentType === 'image/jpeg' ? cleanJpeg(bytes) : await cleanPng(bytes)
  return { contentType, bytes: cleaned, size: { width, height } }
}

const STARTS: readonly (readonly [DocumentContentType, readonly number[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]

function typeOf(bytes: Uint8Array): DocumentContentType {
  const found = STARTS.find(([, start]) => start.every((byte, index) => bytes[index] === byte))
  if (found === undefined) throw new ContentRefused('typeUnsupported', 'neither JPEG nor PNG nor PDF')
  return found[0]
}

/** Where readers of another format would look for it: PDF and pages at the beginning, ZIP at the end. */
const HEAD_BYTES = 1024
const TAIL_BYTES = 22 + 0xffff
const PAGE = /<(?:!doctype|html|head|body|script|svg|iframe|\?php)/i

/** @throws {ContentRefused} `ambiguous`: it is two things at once, depending on who reads it */
function requireUnambiguous(bytes: Uint8Array, contentType: DocumentContentType): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = file.subarray(0, HEAD_BYTES).toString('latin1')
  if (PAGE.test(head)) throw new ContentRefused('ambiguous', 'a web page')
  if (contentType !== 'application/pdf' && head.includes('%PDF-')) throw new ContentRefused('ambiguous', 'a PDF')
  if (endsAsZip(file.subarray(Math.max(0, file.length - TAIL_BYTES)))) throw new ContentRefused('ambiguous', 'a ZIP')
}

const END_OF_ZIP = Buffer.from('504b0506', 'hex')

/** An end of central directory whose comment fits before the end. @see APPNOTE.TXT section 4.3.16 */
function endsAsZip(tail: Buffer): boolean {
  for (let at = tail.indexOf(END_OF_ZIP); at >= 0; at = tail.indexOf(END_OF_ZIP, at + 1)) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) <= tail.length) return true
  }
  return false
}
