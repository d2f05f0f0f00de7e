import { inflateSync } from 'node:zlib'
import { ContentRefused } from './content-refused.ts'

/** What runs, opens, sends or carries something; and a password. */
const ACTIVE = 'JavaScript|EmbeddedFiles?|Launch|RichMedia|Rendition|ImportData|SubmitForm|XFA|Encrypt'
/** What ends a name. @see ISO 32000-2 section 7.2.3 */
const END = '[\\0\\t\\n\\f\\r ()<>[\\]{}/%]'
const ACTIVE_NAME = new RegExp(`/(${ACTIVE})(?=${END}|$)`)
/** Any character of a name may be written as `#` and two hexadecimal digits. Section 7.3.5. */
const ESCAPED_NAME = new RegExp(`/((?!${END})[^#]){0,60}#[0-9A-Fa-f]{2}(?:(?!${END})[^]){0,180}`, 'g')
/** Writers escape spaces and accents in the names of fonts, if at all. */
const MOST_ESCAPED = 10_000
const OBJECTS_NAME = new RegExp(`/(ObjStm|First)(?=${END}|$)`)
const NAME = new RegExp(`/((?:(?!${END})[^]){2,40})`, 'g')
/** Where the content of a stream begins. Section 7.3.8. */
const STREAM = /(?<!end)stream\r?\n/g
/** A dictionary with more text than this has nothing that matters to us. */
const DICTIONARY_CHARACTERS = 2_000
const MOST_OBJECT_BYTES = 32 * 1024 * 1024
/** A document of this kind has some hundred. */
const MOST_STREAMS = 20_000

/**
 * Sees that a PDF does nothing but show: no scripts, no files inside, no launching, no forms that send. Looked for by
 * name in all that is not packed, and in the packed objects. The file itself stays as it is, metadata included: it may
 * be signed, and any change would break the signature.
 *
 * @throws {ContentRefused} `typeUnsupported`: it is none; `broken`: cut off, or packed so that nobody can look inside;
 *   `pdfEncrypted`; `pdfActive`
 */
export function checkPdf(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = file.toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(text)) throw new ContentRefused('typeUnsupported', 'no PDF')
  if (!text.slice(-1024).includes('%%EOF')) throw broken('it ends too early')
  requireHarmless(text)
  let left = MOST_OBJECT_BYTES
  let streams = 0
  for (const { index, 0: keyword } of text.matchAll(STREAM)) {
    streams += 1
    if (streams > MOST_STREAMS) throw broken('more streams than a document has')
    const dictionary = dictionaryBefore(text, index)
    if (!OBJECTS_NAME.test(dictionary)) continue
    const start = index + keyword.length
    const end = text.indexOf('endstream', start)
    if (end < 0) throw broken('a stream without end')
    if (end - start > left) throw broken('more objects than a document has')
    const objects = unpacked(dictionary, file.subarray(start, end), left)
    left -= objects.length + 1
    requireHarmless(objects)
  }
}

const broken = (detail: string): ContentRefused => new ContentRefused('broken', `PDF: ${detail}`)

/** @throws {ContentRefused} the text does more than show */
function requireHarmless(text: string): void {
  requireNoActive(text)
  let left = MOST_ESCAPED
  for (const [name] of text.matchAll(ESCAPED_NAME)) {
    left -= 1
    if (left < 0) throw broken('more escapes than a document has')
    requireNoActive(unescaped(name))
  }
}

function requireNoActive(text: string): void {
  const found = ACTIVE_NAME.exec(text)?.[1]
  if (found === 'Encrypt') throw new ContentRefused('pdfEncrypted', found)
  if (found !== undefined) throw new ContentRefused('pdfActive', found)
}

const unescaped = (text: string): string =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

function dictionaryBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - DICTIONARY_CHARACTERS), end)
  return unescaped(before.slice(before.lastIndexOf('obj') + 1))
}

/** The objects of an object stream. Only the one packing that writers use is taken. Section 7.5.7. */
function unpacked(dictionary: string, content: Buffer, limit: number): string {
  const names = Array.from(dictionary.matchAll(NAME), ([, name = '']) => name)
  const filters = names.filter((name) => /(Decode|Crypt)$/.test(name) || /^(Fl|AHx|A85|LZW|RL)$/.test(name))
  if (filters.length === 0) return content.toString('latin1')
  const isPlainFlate = filters.length === 1 && /^(FlateDecode|Fl)$/.test(filters[0] ?? '')
  if (!isPlainFlate || names.includes('Predictor')) throw broken(`objects packed with ${filters.join(' and ')}`)
  try {
    return inflateSync(content, { maxOutputLength: Math.max(1, limit) }).toString('latin1')
  } catch (cause) {
    throw broken(`its objects: ${(cause as Error).message}`)
  }
}
