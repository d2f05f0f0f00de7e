import { ContentRefused, type PictureSize, requireSize } from './content-refused.ts'
import { type Orientation, orientationSegment, readOrientation } from './orientation.ts'

export interface CleanPicture extends PictureSize {
  readonly bytes: Uint8Array
}

/** Markers. @see ITU-T T.81 table B.1 */
const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee
const COM = 0xfe
/** Huffman-coded: baseline, extended, progressive. Nothing else is in use. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
/** Tables, and how often the decoder starts anew: without them there is no picture. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd])

/** JFIF 1.02 without density and thumbnail: it says only that the colours are YCbCr. */
const JFIF = Uint8Array.of(0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0)
const ADOBE_BYTES = 12

/**
 * A JPEG with what its pixels need and nothing else: frame, tables and scans stay byte for byte; Exif, XMP, ICC,
 * comments, thumbnails, other pictures and whatever follows the end are left out. Of Exif the orientation is written
 * anew. By what is kept, not by what is known to be bad: a segment nobody has heard of goes, too.
 *
 * @throws {ContentRefused} `broken`: it ends too early or is none; `pictureTooLarge`
 */
export function cleanJpeg(bytes: Uint8Array): CleanPicture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file[0] !== 0xff || file[1] !== SOI) throw broken('no start')
  const kept: Uint8Array[] = []
  let head: { isJfif?: true; adobe?: Uint8Array; orientation?: Orientation } = {}
  let size: PictureSize | undefined
  let hasScan = false
  let at = 2
  for (;;) {
    const { marker, start, end } = segmentAt(file, at)
    at = end
    if (marker === EOI) break
    const payload = file.subarray(start + 4, end)
    if (FRAMES.has(marker)) {
      if (size !== undefined) throw broken('two frames')
      size = readFrame(payload)
      kept.push(file.subarray(start, end))
    } else if (TABLES.has(marker)) {
      kept.push(file.subarray(start, end))
    } else if (marker === SOS) {
      if (size === undefined) throw broken('a scan before its frame')
      at = endOfScan(file, end)
      kept.push(file.subarray(start, at))
      hasScan = true
    } else if (isApplicationOrComment(marker)) {
      head = { ...readHead(marker, payload), ...head }
    } else {
      throw broken(`marker ${marker.toString(16)}`)
    }
  }
  if (size === undefined || !hasScan) throw broken('no picture')
  return { ...size, bytes: Buffer.concat([Uint8Array.of(0xff, SOI), ...written(head), ...kept, END]) }
}

const END = Uint8Array.of(0xff, EOI)

const broken = (detail: string): ContentRefused => new ContentRefused('broken', `JPEG: ${detail}`)

const isApplicationOrComment = (marker: number): boolean => (marker >= APP0 && marker <= 0xef) || marker === COM

/** @returns The segment from its marker (fill bytes before it are skipped) to its end; EOI has no content. */
function segmentAt(file: Buffer, from: number): { marker: number; start: number; end: number } {
  if (file[from] !== 0xff) throw broken('no marker')
  let at = from + 1
  while (file[at] === 0xff) at++
  const marker = file[at]
  if (marker === undefined) throw broken('it ends too early')
  const start = at - 1
  if (marker === EOI) return { marker, start, end: at + 1 }
  if (at + 3 > file.length) throw broken('it ends too early')
  const end = at + 1 + file.readUInt16BE(at + 1)
  if (end < at + 3 || end > file.length) throw broken('a segment beyond the end')
  return { marker, start, end }
}

/** @returns Where the next marker is that is neither stuffing nor a restart. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  throw broken('it ends too early')
}

/** @see ITU-T T.81 section B.2.2 */
function readFrame(payload: Buffer): PictureSize {
  const components = payload[5]
  if (payload.length < 9 || components === undefined || payload.length !== 6 + 3 * components) throw broken('its frame')
  const size = { height: payload.readUInt16BE(1), width: payload.readUInt16BE(3) }
  requireSize(size)
  return size
}

/** What of a segment that is left out has to be said anew. */
function readHead(marker: number, payload: Buffer): { isJfif?: true; adobe?: Uint8Array; orientation?: Orientation } {
  const starts = (text: string): boolean => payload.subarray(0, text.length).toString('latin1') === text
  if (marker === APP0 && starts('JFIF\0')) return { isJfif: true }
  if (marker === APP1 && starts('Exif\0\0')) return { orientation: readOrientation(payload.subarray(6)) }
  if (marker === APP14 && starts('Adobe') && payload.length >= ADOBE_BYTES) {
    return { adobe: Uint8Array.of(0xff, APP14, 0, ADOBE_BYTES + 2, ...payload.subarray(0, ADOBE_BYTES)) }
  }
  return {}
}

function written({ isJfif, adobe, orientation = 1 }: ReturnType<typeof readHead>): Uint8Array[] {
  return [
    ...(isJfif ? [JFIF] : []),
    ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
    ...(adobe ? [adobe] : []),
  ]
}
