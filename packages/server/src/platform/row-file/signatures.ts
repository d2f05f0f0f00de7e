import type { FileReason } from './refused.ts'

/** First bytes of what people send instead of a list of rows. @see https://www.garykessler.net/library/file_sigs.html */
const SIGNATURES: readonly (readonly [hex: string, reason: FileReason])[] = [
  ['d0cf11e0a1b11ae1', 'file_spreadsheet'], // OLE2: xls
  ['504b0304', 'file_archive'], // zip, and with it xlsx and ods: see below
  ['504b0506', 'file_archive'],
  ['1f8b', 'file_archive'], // gzip
  ['425a68', 'file_archive'], // bzip2
  ['fd377a585a00', 'file_archive'], // xz
  ['28b52ffd', 'file_archive'], // zstd
  ['377abcaf271c', 'file_archive'], // 7z
  ['526172211a07', 'file_archive'], // rar
  ['25504446', 'file_binary'], // PDF
]
/** Names that stand in the first bytes of a zip archive which is a workbook. */
const WORKBOOK = /\[Content_Types\]\.xml|xl\/|_rels\/|docProps\/|opendocument\.spreadsheet/

/** What a file is by its first bytes, when it is no list of rows. Nothing is unpacked or parsed to find out. */
export function foreignKind(head: Buffer): FileReason | undefined {
  const hex = head.subarray(0, 8).toString('hex')
  const reason = SIGNATURES.find(([signature]) => hex.startsWith(signature))?.[1]
  if (reason === 'file_archive' && WORKBOOK.test(head.toString('latin1'))) return 'file_spreadsheet'
  return reason
}
