import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FileRow, openRowFile, type RowFileOptions } from './row-file.ts'

async function* pieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}

async function read(content: string | Uint8Array, options: RowFileOptions = {}, size = 65_536) {
  const { rows, ...about } = await openRowFile(pieces(Buffer.from(content as string), size), options)
  const all: FileRow[] = []
  for await (const row of rows) all.push(row)
  return { ...about, rows: all }
}

const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
const AES = Buffer.from('Tortillería Rosa', 'latin1')

it.each<[why: string, content: string | Uint8Array, reason: string, place?: object]>([
  ['nothing', '', 'file_empty'],
  ['a header alone', 'a,b\n', 'file_empty'],
  ['empty rows alone', '\n,,\n', 'file_empty'],
  ['a zip archive, of whatever size inside', Buffer.from('504b0304aabb', 'hex'), 'file_archive'],
  ['a workbook', Buffer.from('PK\u0003\u0004…[Content_Types].xml'), 'file_spreadsheet'],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_spreadsheet'],
  ['a gzip bomb: it is not unpacked', gzipSync(Buffer.alloc(50_000_000)), 'file_archive'],
  ['PDF', '%PDF-1.7', 'file_binary'],
  ['XML with entities: it is not parsed', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]>', 'file_xml'],
  ['HTML under the name of a spreadsheet', '\ufeff\n<table><tr>', 'file_xml'],
  ['a NUL byte far behind', `a,b\n${'1,2\n'.repeat(20_000)}1,\0\n`, 'file_binary', { offset: '80006' }],
  ['Windows-1252 for UTF-8', Buffer.concat([Buffer.from('a\n'), AES]), 'file_encoding', { offset: '11' }],
  ['a character that is cut off at the end', Buffer.from('a\nñ').subarray(0, 3), 'file_encoding', { offset: '2' }],
  ['an odd byte of UTF-16', Buffer.from('fffe6100', 'hex').subarray(0, 3), 'file_encoding'],
  ['a column twice', 'a,b,a\n1,2,3', 'header_duplicate', { column: 'a' }],
  ['a column without a name', 'a,,b\n1,2,3', 'header_nameless', { column: '2' }],
  ['a quote that is never closed', `a,b\n"1,${'x'.repeat(200_000)}`, 'line_too_long', { line: '2' }],
  ['a quote open at the end', 'a,b\n1,"2', 'csv_malformed', { line: '2' }],
  ['a quote in the middle of a cell', 'a,b\n1,2\n1,x"2"\n', 'csv_malformed', { line: '3' }],
  ['a line of JSON without an end', `{"a":"${'x'.repeat(200_000)}`, 'line_too_long', { line: '1' }],
  ['more rows than may be', 'a\n1\n2\n3\n4', 'rows_too_many', { maximum: '3' }],
  ['more bytes than may be', `a\n${'1\n'.repeat(160_000)}`, 'file_too_large'],
])('refuses %s by name', async (_why, content, reason, place = {}) => {
  await expect(
    read(content, { maxBytes: 300_000, maxRows: reason === 'rows_too_many' ? 3 : 1e6 }),
  ).rejects.toMatchObject({ reason, place })
})

it.each<[why: string, content: string | Uint8Array, options?: RowFileOptions, about?: object]>([
  ['plain', 'a,b\n1,ñ'],
  ['a byte order mark and the line ends of Windows', '\ufeffa,b\r\n1,ñ\r\n', {}, { hasByteOrderMark: true }],
  ['the semicolons of a Spanish Excel', '"a";b\n1;ñ', {}, { delimiter: ';' }],
  ['tabs', 'a\tb\n1\tñ', {}, { delimiter: '\t' }],
  ['Excel’s “Unicode text”', Buffer.from('\ufeffa\tb\n1\tñ', 'utf16le'), {}, { encoding: 'utf-16le' }],
  ['the other order of bytes', utf16be('a,b\n1,ñ'), {}, { encoding: 'utf-16be' }],
  ['UTF-16 without its mark', Buffer.from('a,b\n1,ñ\n\n\n', 'utf16le'), {}, { encoding: 'utf-16le' }],
  ['Windows-1252, told so', Buffer.from('a,b\n1,ñ', 'latin1'), { encoding: 'windows-1252' }],
  ['empty rows, columns and cells besides', 'a,b,,\n\n,,,\n1,ñ,,\n'],
  ['JSON Lines, with numbers and nothing', '{"a":1,"b":"ñ"}\n\n', {}, { format: 'jsonl', delimiter: null }],
])('reads %s', async (_why, content, options, about = {}) => {
  const { rows, ...found } = await read(content, options)

  expect(rows.map(({ row, cells }) => ({ row, ...cells }))).toEqual([{ row: 1, a: '1', b: 'ñ' }])
  expect(found).toMatchObject({ columns: ['a', 'b'], ...about })
})

it.each<[why: string, content: string, error: string, cells?: object]>([
  ['too few cells', 'a,b\n1\n3,4', 'row_ragged', { a: '1', b: '' }],
  ['too many cells', 'a,b\n1,2,5\n3,4', 'row_ragged', { a: '1', b: '2' }],
  ['a cell of a thousand and one characters', `a,b\n1,${'x'.repeat(1001)}\n3,4`, 'cell_too_long'],
  ['a line that is no JSON', '{"a":"1",\n{"a":"3","b":"4"}', 'row_malformed', {}],
  ['a list', '{"a":"1"}\n[3]\n{"a":"3","b":"4"}', 'row_malformed', {}],
  ['an object in a cell', '{"a":{}}\n{"a":"3","b":"4"}', 'row_malformed', {}],
])('%s: the row has an error, and the next one follows', async (_why, content, error, cells) => {
  const { rows } = await read(content)
  const wrong = rows.find((row) => row.error !== undefined)

  expect(wrong?.error).toBe(error)
  if (cells) expect({ ...wrong?.cells }).toEqual(cells)
  expect({ ...rows.at(-1)?.cells }).toEqual({ a: '3', b: '4' })
  expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1))
})

it('names of columns reach no prototype', async () => {
  const { rows } = await read('{"__proto__":"x","a":"1"}')

  expect(rows[0]?.cells['a']).toBe('1')
  expect(Object.getPrototypeOf(rows[0]?.cells ?? {})).toBeNull()
})

it('reads the same however the bytes come', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', '€', '𝒳', ',', ';', '"', '\n', ' '), maxLength: 8 })
  const rowsOf = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (rows, size, isJson) => {
      fc.pre(rows.every(([a, b]) => a.trim() + b.trim() !== ''))
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
      const content = isJson
        ? rows.map(([a, b]) => JSON.stringify({ a, b })).join('\n')
        : ['a,b', ...rows.map((row) => row.map(quoted).join(','))].join('\n')
      const found = await read(content, {}, size)

      expect(found.rows.map(({ cells }) => [cells['a'], cells['b']])).toEqual(rows)
    }),
    { numRuns: 100 },
  )
})
