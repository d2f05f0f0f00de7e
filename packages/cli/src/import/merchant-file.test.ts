import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'
import { type Cells, COLUMNS, examineFile, rowsOf } from './merchant-file.ts'
import { harmless, writeResult } from './result-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'pisto-import-'))
afterAll(() => rm(folder, { recursive: true }))
let count = 0

async function aFile(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${++count}.csv`)
  await writeFile(path, content)
  return path
}

const HEADER = COLUMNS.join(',')
const aLine = (externalId: string): string =>
  `${externalId},GT,Tienda,Rosa,Umaña,1990-01-31,DPI,1,5555 1234,5411,es,yes`
async function cellsOf(path: string): Promise<Cells[]> {
  const all: Cells[] = []
  for await (const { cells } of rowsOf(await examineFile(path))) all.push(cells)
  return all
}

it.each([
  // content, what is told, why
  ['', /has no rows/, 'nothing'],
  [`${HEADER}\n`, /has no rows/, 'a header alone'],
  ['externalId,country\nR1,GT\n', /lacks the columns tradeName, givenNames/, 'another file'],
  [`${HEADER.replace(',consent', '')}\n${aLine('R1')}`, /lacks the column consent/, 'a column is missing'],
  [`${HEADER},phone\n${aLine('R1')},1`, /has the column phone twice/, 'which of them?'],
  [`${HEADER}\n${aLine('R1')}\nR2,GT,Tienda\n`, /line 3 is no CSV/, 'too few cells'],
  [`${HEADER}\n"R1,GT\n`, /is no CSV/, 'a quote is not closed'],
  [`${HEADER}\n${aLine('x'.repeat(1001))}\n`, /row 1: more than 1000 characters in externalId/, 'too long a cell'],
  [Buffer.from(`${HEADER}\n${aLine('R1')}`, 'latin1'), /is not in UTF-8/, 'the wrong encoding'],
  [Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'), /is in UTF-16/, 'Excel’s “Unicode text”'],
  [Buffer.from('PK\u0003\u0004'), /spreadsheet or an archive/, 'an xlsx file'],
  [Buffer.from([1, 0, 2]), /is no text/, 'something else'],
] as const)('refuses %#: %s', async (content, told, _why) => {
  const path = await aFile(content)
  const recording = await record(['import', 'merchants', path, '--key', 'k'])

  expect(recording.error).toMatch(told)
  expect(recording.error).toContain(path)
  expect(recording.exitCode).toBe(2)
})

it('says that a file is not there', async () => {
  const recording = await record(['import', 'merchants', 'nowhere.csv', '--key', 'k'])

  expect(recording).toEqual({ exitCode: 1, out: '', error: 'nowhere.csv cannot be read (ENOENT)\n' })
})

it.each([
  // content, why
  [`\ufeff${HEADER}\r\n${aLine('R1')}\r\n`, 'with a byte order mark and the line ends of Windows'],
  [`${HEADER.replaceAll(',', ';')}\n${aLine('R1').replaceAll(',', ';')}`, 'with the semicolons of a Spanish Excel'],
  [`${HEADER}\n\n${aLine('R1')}\n,,,,,,,,,,,\n\n`, 'with empty rows'],
] as const)('reads a file %#: %s', async (content, _why) => {
  const [cells, ...others] = await cellsOf(await aFile(content))

  expect(others).toEqual([])
  expect(cells).toMatchObject({ externalId: 'R1', familyNames: 'Umaña', consent: 'yes' })
})

it('reads columns in any order, quotes, and others besides', async () => {
  const header = `note,${COLUMNS.toReversed().join(',')}`
  const [cells] = await cellsOf(
    await aFile(`${header}\n"a, ""b""\nc",${aLine('R1').split(',').toReversed().join(',')}`),
  )

  expect(cells).toMatchObject({ note: 'a, "b"\nc', externalId: 'R1', phone: '5555 1234' })
})

it('writes outcomes first, then the file’s columns, a row for each row', async () => {
  const file = await examineFile(fileURLToPath(new URL('../../../../test/data/merchants.csv', import.meta.url)))
  const out = join(folder, 'result.csv')
  await writeResult(out, file, (row) => ({ row, outcome: `outcome ${row}`, merchantId: row === 1 ? 'mer_1' : null }))
  const rows = parse(await readFile(out), { columns: true }) as Record<string, string>[]

  expect(file.rowCount).toBe(400)
  expect((await readFile(out, 'utf8')).split('\r\n')[0]).toBe(
    `externalId,outcome,id,${COLUMNS.slice(1).join(',')},expected`,
  )
  expect(rows).toHaveLength(400)
  expect(rows[0]).toMatchObject({ externalId: 'R0001', outcome: 'outcome 1', id: 'mer_1', familyNames: 'Ramos Euceda' })
  expect(rows[35]?.['tradeName']).toBe(`'=HYPERLINK("http://x","Taller Rosa")`)
  expect(rows[1]?.['phone']).toBe("'+503 6453-9099")
  expect(rows.flatMap(Object.values).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('makes %j text', (cell) => {
  expect(harmless(cell)).toBe(`'${cell}`)
})

it.each(['R1', 'Tienda = bonita', '', "'=1", '5555-1234'])('leaves %j alone', (cell) => {
  expect(harmless(cell)).toBe(cell)
})
