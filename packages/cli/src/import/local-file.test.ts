import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { IMPORT_KINDS } from '@pisto/server'
import { parse } from 'csv-parse/sync'
import { afterAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'
import { type ExaminedFile, examineFile, type LocalRow, openFile, rowsOf } from './local-file.ts'
import { harmless, openResult } from './result-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'pisto-import-'))
afterAll(() => rm(folder, { recursive: true }))
let count = 0

async function aFile(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${++count}.csv`)
  await writeFile(path, content)
  return path
}

const HEADER =
  'externalId,country,tradeName,givenNames,familyNames,dateOfBirth,documentType,documentNumber,phone,categoryCode,' +
  'locale,consent'
const aLine = (externalId: string): string =>
  `${externalId},GT,Tienda,Rosa,Umaña,1990-01-31,DPI,1,5555 1234,5411,es,yes`
const OPTIONS = { kind: IMPORT_KINDS.merchants, told: new Map(), encoding: undefined }
const examine = async (path: string): Promise<ExaminedFile> => examineFile(await openFile(path, OPTIONS))

it.each<[why: string, content: string | Uint8Array, told: RegExp]>([
  ['nothing', '', /file_empty/],
  ['a header alone', `${HEADER}\n`, /file_empty/],
  ['another file', 'a,b\nR1,GT\n', /lacks the columns tradeName, givenNames/],
  ['a column is missing', `${HEADER.replace(',consent', '')}\n${aLine('R1')}`, /lacks the column consent/],
  ['which of them?', `${HEADER},phone\n${aLine('R1')},1`, /column phone: .*header_duplicate/],
  ['a quote is not closed', `${HEADER}\n"R1,GT\n`, /line \d+: .*csv_malformed/],
  ['a row without an end', `${HEADER}\n"${'x'.repeat(200_000)}`, /line_too_long/],
  ['the wrong encoding', Buffer.from(`${HEADER}\n${aLine('R1')}`, 'latin1'), /offset 147: .*file_encoding/],
  ['an xlsx file', Buffer.from('PK\u0003\u0004 xl/workbook.xml'), /file_spreadsheet/],
  ['a compressed file', gzipSync(HEADER), /file_archive/],
  ['XML', '<?xml version="1.0"?>', /file_xml/],
  ['a NUL byte', Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0])]), /file_binary/],
])('refuses %s by name before anything is sent', async (_why, content, told) => {
  const path = await aFile(content)
  const recording = await record(['import', 'merchants', path, '--key', 'k'])

  expect(recording.error).toMatch(told)
  expect(recording.error).toContain(path)
  expect(recording.exitCode).toBe(2)
})

it.each([
  [['--map', 'phone'], /--map phone is not COLUMN=FIELD/],
  [['--map', 'Tel=telephone'], /is not COLUMN=FIELD/],
  [['--map', 'Tel=phone'], /has no column Tel/],
  [['--encoding', 'ebcdic'], /encoding/],
] as const)('does not understand %j', async (options, told) => {
  const recording = await record(['import', 'merchants', await aFile(`${HEADER}\n${aLine('R1')}`), ...options])

  expect(recording.error).toMatch(told)
  expect(recording.exitCode).toBe(2)
})

it('says that a file is not there', async () => {
  const recording = await record(['import', 'merchants', 'nowhere.csv', '--key', 'k'])

  expect(recording).toEqual({ exitCode: 1, out: '', error: 'nowhere.csv cannot be read (ENOENT)\n' })
})

async function collect(rows: AsyncIterable<LocalRow>): Promise<LocalRow[]> {
  const all: LocalRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

it('reads columns in any order, by their Spanish names, and others besides', async () => {
  const header = `note,${HEADER.split(',').toReversed().join(',').replace('phone', 'Teléfono')}`
  const line = aLine('R1').split(',').toReversed().join(',')
  const file = await examine(await aFile(`${header}\n"a, ""b""\nc",${line}\nR2,GT\n`))
  const rows = await collect(rowsOf(file))

  expect(rows[0]?.fields).toMatchObject({ externalId: 'R1', phone: '5555 1234' })
  expect(rows[0]?.cells).toMatchObject({ note: 'a, "b"\nc' })
  expect(rows[1]).toMatchObject({ row: 2, error: 'row_ragged' })
  expect([file.rowCount, [...file.countByCountry]]).toEqual([2, [['GT', 1]]])
})

it('writes outcomes first, then the file’s columns, a row for each row', async () => {
  const file = await examine(fileURLToPath(new URL('../../../../test/data/merchants.csv', import.meta.url)))
  const out = join(folder, 'result.csv')
  const result = await openResult(out, file)
  for await (const row of rowsOf(file)) {
    await result.add(row, { outcome: `outcome ${row.row}`, id: row.row === 1 ? 'mer_1' : null })
  }
  await result.finish()
  const rows = parse(await readFile(out), { columns: true }) as Record<string, string>[]

  expect(file.rowCount).toBe(400)
  expect((await readFile(out, 'utf8')).split('\r\n')[0]).toBe(
    `externalId,outcome,id,${HEADER.slice('externalId,'.length)},expected`,
  )
  expect(rows).toHaveLength(400)
  expect(rows[0]).toMatchObject({ externalId: 'R0001', outcome: 'outcome 1', id: 'mer_1', familyNames: 'Ramos Euceda' })
  expect(rows[35]?.['tradeName']).toBe(`'=HYPERLINK("http://x","Taller Rosa")`)
  expect(rows[1]?.['phone']).toBe("'+503 6453-9099")
  expect(rows.flatMap(Object.values).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
})

it('a result that was begun and not finished leaves the old one', async () => {
  const out = await aFile('old')
  const result = await openResult(out, await examine(await aFile(`${HEADER}\n${aLine('R1')}`)))
  await result.abandon()

  expect(await readFile(out, 'utf8')).toBe('old')
  await expect(readFile(`${out}.part`)).rejects.toMatchObject({ code: 'ENOENT' })
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '＝1'])('makes %j text', (cell) => {
  expect(harmless(cell)).toBe(`'${cell}`)
})

it.each(['R1', 'Tienda = bonita', '', "'=1", '5555-1234'])('leaves %j alone', (cell) => {
  expect(harmless(cell)).toBe(cell)
})
