import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { decode as decodePng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'
import { expect, it } from 'vitest'
import {
  aPdf,
  emptyZip,
  exifBlock,
  packedObjects,
  phoneJpeg,
  phonePng,
  plainJpeg,
  plainPng,
  pngChunk,
  pngOf,
  SECRETS,
  segment,
} from '../testing/samples.ts'
import { cleanContent } from './clean-content.ts'
import { ContentRefused } from './content-refused.ts'
import { readOrientation } from './orientation.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const join = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part)))

const reasonOf = (bytes: Uint8Array): Promise<string> =>
  cleanContent(bytes).then(
    ({ contentType }) => contentType,
    (error: unknown) => (error instanceof ContentRefused ? error.reason : String(error)),
  )

it('of a phone’s JPEG nothing stays but its pixels and how to turn them', async () => {
  const sent = phoneJpeg()
  for (const secret of SECRETS) expect(sent.toString('latin1'), 'the sample has it').toContain(secret)
  const { contentType, bytes, size } = await cleanContent(sent)

  expect([contentType, size]).toEqual(['image/jpeg', { width: 40, height: 24 }])
  const kept = Buffer.from(bytes).toString('latin1')
  for (const secret of [...SECRETS, 'xmpmeta', 'GPS', 'ICC_PROFILE']) expect(kept).not.toContain(secret)
  expect(decodeJpeg(bytes).data).toEqual(decodeJpeg(plainJpeg()).data)
  expect(readOrientation(bytes.subarray(kept.indexOf('Exif\0\0') + 6)), 'a quarter turn').toBe(6)
  expect((await cleanContent(bytes)).bytes, 'clean already').toEqual(bytes)
})

it('of a PNG nothing stays but its pixels', async () => {
  const sent = phonePng()
  const { contentType, bytes, size } = await cleanContent(sent)

  expect([contentType, size]).toEqual(['image/png', { width: 40, height: 24 }])
  const kept = Buffer.from(bytes).toString('latin1')
  for (const secret of [...SECRETS, 'eXIf', 'tEXt', 'iTXt', 'iCCP', 'tIME']) expect(kept).not.toContain(secret)
  expect(decodePng(bytes).data).toEqual(decodePng(plainPng()).data)
  expect((await cleanContent(bytes)).bytes, 'clean already').toEqual(bytes)
})

it('a PDF stays byte for byte: it may be signed', async () => {
  const pdf = aPdf(packedObjects('1 0 << /Type /Font >>'), '/Info 9 0 R ')

  expect(await cleanContent(pdf)).toEqual({ contentType: 'application/pdf', bytes: pdf, size: null })
})

const jpeg = plainJpeg()
const withHeight = (height: number): Buffer => {
  const changed = Buffer.from(jpeg)
  const frame = changed.indexOf(Buffer.from([0xff, 0xc0]))
  changed.writeUInt16BE(height, frame + 5)
  changed.writeUInt16BE(height, frame + 7)
  return changed
}
const png = plainPng()
const badSum = Buffer.from(png)
badSum.writeUInt8((badSum[60] ?? 0) ^ 1, 60)
const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'

it.each<[what: string, reason: string, bytes: Uint8Array]>([
  [
    'SVG with a script',
    'typeUnsupported',
    latin1('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'),
  ],
  ['a page that is called .jpg', 'typeUnsupported', latin1('<!doctype html><script>x()</script>')],
  ['a ZIP', 'typeUnsupported', join('PK\x03\x04', Buffer.alloc(60), emptyZip())],
  ['a GIF', 'typeUnsupported', latin1('GIF89a\x01\0\x01\0')],
  ['a program', 'typeUnsupported', latin1('MZ\x90\0')],
  ['a PDF that begins later', 'typeUnsupported', join('\n', aPdf())],
  ['a JPEG that ends after its start', 'broken', jpeg.subarray(0, 3)],
  ['a JPEG that is cut off in its pixels', 'broken', jpeg.subarray(0, -40)],
  ['a JPEG that is cut off in a segment', 'broken', jpeg.subarray(0, 200)],
  ['a JPEG without pixels', 'broken', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  [
    'a JPEG with two frames',
    'broken',
    join(jpeg.subarray(0, 2), segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 17, 0])), jpeg.subarray(2)),
  ],
  [
    'a JPEG of another kind: lossless',
    'broken',
    join(jpeg.subarray(0, 2), segment(0xc3, Buffer.alloc(9)), jpeg.subarray(2)),
  ],
  ['a JPEG whose height comes later', 'broken', withHeight(0)],
  ['a JPEG of 65,535 by 65,535', 'pictureTooLarge', withHeight(65_535)],
  ['a PNG of 100,000 by 100,000', 'pictureTooLarge', pngOf(100_000, 100_000, deflateSync(''))],
  ['a PNG of 8,001 by 8,000 (more pixels than may be)', 'pictureTooLarge', pngOf(8_001, 8_000, deflateSync(''))],
  ['a bomb: one pixel that inflates to 64 MB', 'broken', pngOf(1, 1, deflateSync(Buffer.alloc(64 * 1024 * 1024)))],
  ['a PNG with fewer pixels than it says', 'broken', pngOf(10, 10, deflateSync(Buffer.alloc(100)))],
  ['a PNG that is cut off', 'broken', png.subarray(0, -20)],
  ['a PNG with a changed byte', 'broken', badSum],
  [
    'a PNG of Apple’s own kind',
    'broken',
    join(png.subarray(0, 33), pngChunk('CgBI', Buffer.alloc(4)), png.subarray(33)),
  ],
  ['a JPEG that is a PDF, too', 'ambiguous', join(jpeg.subarray(0, 2), segment(0xfe, aPdf()), jpeg.subarray(2))],
  [
    'a JPEG that is a page, too',
    'ambiguous',
    join(jpeg.subarray(0, 2), segment(0xfe, latin1('<html><body>')), jpeg.subarray(2)),
  ],
  ['a JPEG that is a ZIP, too', 'ambiguous', join(jpeg, 'PK\x03\x04 files', emptyZip())],
  ['a PDF that is a ZIP, too', 'ambiguous', join(aPdf(), emptyZip())],
  ['a PDF that is a page, too', 'ambiguous', aPdf('% <script>x()</script>')],
  ['a PDF with a script', 'pdfActive', aPdf(`3 0 obj\n${script}\nendobj`)],
  ['a script whose name is escaped', 'pdfActive', aPdf('3 0 obj\n<< /S /J#61vaScrip#74 >>\nendobj')],
  ['a script in packed objects', 'pdfActive', aPdf(packedObjects(`7 0 ${script}`))],
  ['packed objects that do not say so', 'pdfActive', aPdf(packedObjects(`7 0 ${script}`, '/N 1 /First 4'))],
  ['packed objects that say so with an escape', 'pdfActive', aPdf(packedObjects(`7 0 ${script}`, '/Type /Obj#53tm'))],
  ['a PDF with a file inside', 'pdfActive', aPdf('3 0 obj\n<< /Names << /EmbeddedFiles 4 0 R >> >>\nendobj')],
  ['a PDF that starts a program', 'pdfActive', aPdf('3 0 obj\n<< /S/Launch /F (cmd.exe) >>\nendobj')],
  ['a PDF with an XFA form', 'pdfActive', aPdf('3 0 obj\n<< /XFA 4 0 R >>\nendobj')],
  ['a PDF with a password', 'pdfEncrypted', aPdf('', '/Encrypt 4 0 R ')],
  ['a PDF that is cut off', 'broken', aPdf().subarray(0, -8)],
  [
    'packed objects that cannot be looked into',
    'broken',
    aPdf(packedObjects('1', '/Type /ObjStm /Filter [/ASCII85Decode]')),
  ],
  ['packed objects that are a bomb', 'broken', aPdf(packedObjects(' '.repeat(40_000_000)))],
])('refuses %s: %s', async (_what, reason, bytes) => {
  expect(await reasonOf(bytes)).toBe(reason)
})

it.each<[string, Uint8Array]>([
  ['names and nothing else', Buffer.from(`%PDF-1.7\n${'/ab'.repeat(3_400_000)}\n%%EOF`)],
  ['escapes and nothing else', Buffer.from(`%PDF-1.7\n${'/#4a#'.repeat(2_000_000)}\n%%EOF`)],
  ['streams and nothing else', Buffer.from(`%PDF-1.7\n${'stream\n'.repeat(1_400_000)}\n%%EOF`)],
  ['object streams and nothing else', Buffer.from(`%PDF-1.7\n${'/First stream\n'.repeat(700_000)}\nendstream%%EOF`)],
  ['markers and nothing else', Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(10_000_000, 0xff)])],
])('takes no longer for 10 MB of %s', async (_what, bytes) => {
  const begun = performance.now()
  await reasonOf(bytes)
  expect(performance.now() - begun).toBeLessThan(15_000) // what grows with the square takes minutes
})

it.each<[string, string, Uint8Array]>([
  ['an interlaced PNG of 5 by 3', 'image/png', interlaced()],
  ['a JPEG with fill bytes between segments', 'image/jpeg', join(jpeg.subarray(0, 2), '\xff\xff', jpeg.subarray(2))],
  ['a PDF that jumps to a page', 'application/pdf', aPdf('3 0 obj\n<< /S /GoTo /D [2 0 R /Fit] >>\nendobj')],
  [
    'a JPEG with a broken Exif block',
    'image/jpeg',
    join(jpeg.subarray(0, 2), segment(0xe1, latin1('Exif\0\0II*\0\xff\xff\xff\xff')), jpeg.subarray(2)),
  ],
])('takes %s', async (_what, contentType, bytes) => {
  expect(await reasonOf(bytes)).toBe(contentType)
})

/** 5 by 3: the second pass has no rows of its own, the third none at all (PNG section 8.1). */
function interlaced(): Buffer {
  const rowsOf: readonly (readonly [rows: number, columns: number])[] = [
    [1, 1],
    [1, 1],
    [1, 3],
    [2, 2],
    [1, 5],
  ]
  // passes of 5 × 3 at 4 bytes a pixel: 1 (1×1), 2 (1×1), 3 none, 4 (1 row of 1), 5 (1 of 3), 6 (2 of 2), 7 (1 of 5)
  const bytes = [[1, 1] as const, ...rowsOf].reduce((sum, [rows, columns]) => sum + rows * (1 + 4 * columns), 0)
  const whole = pngOf(5, 3, deflateSync(Buffer.alloc(bytes)))
  const header = Buffer.from(whole.subarray(16, 29))
  header[12] = 1
  return join(whole.subarray(0, 8), pngChunk('IHDR', header), whole.subarray(33))
}

it('whatever is cut, changed or made up is cleaned or refused, never anything else, and never keeps a secret', async () => {
  const samples = [phoneJpeg(), phonePng(), aPdf(packedObjects('1 0 << >>')), exifBlock()]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 4 }),
      fc.nat(2000),
      async (sample, changes, cut) => {
        const changed = Buffer.from(sample.subarray(0, cut === 0 ? undefined : -cut))
        for (const [at, value] of changes) if (at < changed.length) changed[at] = value
        const outcome = await cleanContent(changed).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ContentRefused)
        else expect(Buffer.from((outcome as { bytes: Uint8Array }).bytes).toString('latin1')).not.toContain('Rosa')
      },
    ),
    { numRuns: 300 },
  )
})
