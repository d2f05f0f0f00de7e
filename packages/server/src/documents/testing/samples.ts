import { crc32, deflateSync } from 'node:zlib'
import { encode as encodePng } from 'fast-png'
import { encode as encodeJpeg } from 'jpeg-js'

/** What nobody may find in what is kept. */
export const SECRETS = [
  '14.6349',
  'Rosa took this',
  'SECRET-THUMBNAIL',
  'SECRET-ICC',
  'SECRET-TRAILER',
  'Canon',
] as const

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Small, but with more than one block and no symmetry. */
function pixels(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4)
  for (let at = 0; at < data.length; at++) data[at] = at % 4 === 3 ? 255 : (at * 7 + (at >> 5) * 3) % 256
  return data
}

export const plainJpeg = (width = 40, height = 24): Buffer =>
  encodeJpeg({ width, height, data: pixels(width, height) }, 80).data

export const plainPng = (width = 40, height = 24): Buffer =>
  Buffer.from(encodePng({ width, height, data: new Uint8Array(pixels(width, height)), channels: 4, depth: 8 }))

export function segment(marker: number, payload: Uint8Array): Buffer {
  const length = payload.length + 2
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), payload])
}

/** An Exif block with orientation 6, maker and position: 14.6349, -90.5069. */
export function exifBlock(): Buffer {
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const rational = (...values: number[]): Buffer => Buffer.concat(values.map((v) => entry(0, 0, v, 1).subarray(4)))
  return Buffer.concat([
    ascii('II*\0\x08\0\0\0'),
    Buffer.from([3, 0]),
    entry(0x010f, 2, 6, 100), // Make
    entry(0x0112, 3, 1, 6), // Orientation: a quarter turn
    entry(0x8825, 4, 1, 106), // GPS directory
    Buffer.alloc(4),
    Buffer.alloc(50),
    ascii('Canon\0'),
    Buffer.from([2, 0]),
    entry(1, 2, 2, 0x4e), // N
    entry(2, 5, 3, 140), // latitude
    Buffer.alloc(8),
    rational(14, 38, 5),
    ascii('14.6349,-90.5069'),
  ])
}

/** A JPEG as a phone writes it: Exif with a position, XMP, ICC, a thumbnail, a comment, and a film behind its end. */
export function phoneJpeg(): Buffer {
  const jpeg = plainJpeg()
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe0, Buffer.concat([ascii('JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01'), ascii('SECRET-THUMBNAIL')])),
    segment(0xe1, Buffer.concat([ascii('Exif\0\0'), exifBlock()])),
    segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude="14.6349"/>')),
    segment(0xe2, ascii('ICC_PROFILE\0\x01\x01SECRET-ICC')),
    segment(0xfe, ascii('Rosa took this')),
    jpeg.subarray(2),
    ascii('SECRET-TRAILER ftypmp42'),
  ])
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([ascii(type), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

/** A PNG with texts, Exif, a profile, bytes after its pixels and bytes after its end. */
export function phonePng(): Buffer {
  const png = plainPng()
  const [header, rest] = [png.subarray(0, 33), png.subarray(33, -12)]
  return Buffer.concat([
    header,
    pngChunk('tEXt', ascii('Comment\0Rosa took this')),
    pngChunk('eXIf', exifBlock()),
    pngChunk('iCCP', Buffer.concat([ascii('SECRET-ICC\0\0'), deflateSync('profile')])),
    pngChunk('tIME', Buffer.from([0x07, 0xea, 11, 28, 4, 0, 0])),
    rest,
    pngChunk('IDAT', ascii('SECRET-TRAILER')),
    pngChunk('iTXt', ascii('XML:com.adobe.xmp\0\0\0\0\x0014.6349')),
    pngChunk('IEND', Buffer.alloc(0)),
    ascii('SECRET-TRAILER'),
  ])
}

/** A PNG header that promises so many pixels, with the pixels of nothing. */
export const pngOf = (width: number, height: number, deflated: Uint8Array): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const start = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([start, pngChunk('IHDR', header), pngChunk('IDAT', deflated), pngChunk('IEND', Buffer.alloc(0))])
}

/** A PDF of one empty page. @param more Further objects. */
export const aPdf = (more = '', trailer = ''): Buffer =>
  ascii(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n${more}\ntrailer\n<< /Root 1 0 R ${trailer}>>\nstartxref\n0\n%%EOF\n`,
  )

/** Objects packed into a stream, where a search of the file does not see them. */
export const packedObjects = (objects: string, dictionary = '/Type /ObjStm /N 1 /First 4'): string => {
  const packed = deflateSync(objects).toString('latin1')
  return `5 0 obj\n<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj`
}

/** The least that a reader of ZIP takes for one. */
export const emptyZip = (): Buffer => Buffer.concat([ascii('PK\x05\x06'), Buffer.alloc(18)])
