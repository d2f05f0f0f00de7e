import { crc32, createInflate } from 'node:zlib'
import { ContentRefused, type PictureSize, requireSize } from './content-refused.ts'
import type { CleanPicture } from './jpeg.ts'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** All that a picture's pixels need. @see PNG (Third Edition), section 11 */
const KEPT: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
/** Samples of a pixel by colour type, and the bit depths that it may have. */
const COLOURS: ReadonlyMap<number, readonly [samples: number, depths: readonly number[]]> = new Map([
  [0, [1, [1, 2, 4, 8, 16]]],
  [2, [3, [8, 16]]],
  [3, [1, [1, 2, 4, 8]]],
  [4, [2, [8, 16]]],
  [6, [4, [8, 16]]],
])
/** x and y of the first pixel and the steps of each pass of an interlaced picture. Section 8.1. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const
/** A page of text in 16-bit colour has less. */
const MOST_PIXEL_BYTES = 256 * 1024 * 1024

interface Header extends PictureSize {
  /** Of the whole picture once inflated, filter bytes included. */
  readonly pixelBytes: number
}

/**
 * A PNG with its header, palette, transparency and pixels, and nothing else: texts, Exif, ICC, times, further frames and
 * whatever follows the end are left out. The pixels are inflated once, in pieces that are thrown away, to see that they
 * are as many as the header says: neither cut short nor a bomb.
 *
 * @throws {ContentRefused} `broken`; `pictureTooLarge`
 */
export async function cleanPng(bytes: Uint8Array): Promise<CleanPicture> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw broken('no start')
  const kept: Buffer[] = []
  const pixels: Buffer[] = []
  let header: Header | undefined
  for (let at = 8; ; ) {
    const { type, data, end } = chunkAt(file, at)
    at = end
    if ((header === undefined) !== (type === 'IHDR')) throw broken('its header is not first, or there twice')
    header ??= readHeader(data)
    if (type === 'IEND') break
    if (type === 'IDAT') pixels.push(data)
    else if (KEPT.has(type)) kept.push(chunk(type, data))
    else if (/^[A-Z]/.test(type)) throw broken(`chunk ${type}`)
  }
  if (header === undefined || pixels.length === 0) throw broken('no picture')
  const deflated = Buffer.concat(pixels)
  const usedBytes = await requirePixels(deflated, header.pixelBytes)
  const { width, height } = header
  const parts = [SIGNATURE, ...kept, chunk('IDAT', deflated.subarray(0, usedBytes)), chunk('IEND', Buffer.alloc(0))]
  return { width, height, bytes: Buffer.concat(parts) }
}

const broken = (detail: string): ContentRefused => new ContentRefused('broken', `PNG: ${detail}`)

function chunkAt(file: Buffer, at: number): { type: string; data: Buffer; end: number } {
  if (at + 12 > file.length) throw broken('it ends too early')
  const length = file.readUInt32BE(at)
  const end = at + 12 + length
  if (end > file.length) throw broken('a chunk beyond the end')
  const type = file.subarray(at + 4, at + 8).toString('latin1')
  if (crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) throw broken(`the checksum of ${type}`)
  return { type, data: file.subarray(at + 8, end - 4), end }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + data.length)
  whole.writeUInt32BE(data.length)
  whole.write(type, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length)
  return whole
}

function readHeader(data: Buffer): Header {
  if (data.length !== 13) throw broken('its header')
  const size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) }
  requireSize(size)
  const [depth = 0, colour = 0, compression, filter, interlace = 2] = data.subarray(8)
  const [samples, depths] = COLOURS.get(colour) ?? [0, []]
  if (!depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) throw broken('its header')
  const pixelBytes = bytesOf(size, samples * depth, interlace === 1)
  if (pixelBytes > MOST_PIXEL_BYTES) throw new ContentRefused('pictureTooLarge', `${pixelBytes} bytes of pixels`)
  return { ...size, pixelBytes }
}

function bytesOf({ width, height }: PictureSize, bitsPerPixel: number, isInterlaced: boolean): number {
  const passes = isInterlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)
  return passes.reduce((sum, [x, y, stepX, stepY]) => {
    const [columns, rows] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)]
    return columns <= 0 || rows <= 0 ? sum : sum + rows * (1 + Math.ceil((columns * bitsPerPixel) / 8))
  }, 0)
}

/** @returns How much of the deflated bytes the pixels are; what follows belongs to nothing. */
async function requirePixels(deflated: Buffer, expectedBytes: number): Promise<number> {
  const inflate = createInflate()
  inflate.end(deflated)
  let seenBytes = 0
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      seenBytes += piece.length
      if (seenBytes > expectedBytes) break
    }
  } catch (cause) {
    throw broken(`its pixels: ${(cause as Error).message}`)
  }
  if (seenBytes !== expectedBytes) throw broken('other pixels than its header says')
  return inflate.bytesWritten
}
