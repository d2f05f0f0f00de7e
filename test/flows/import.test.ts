import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkBooks, newPerson, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { pisto, startPisto } from './pisto.ts'

vi.setConfig({ testTimeout: 180_000 })

const SAMPLE = fileURLToPath(new URL('../data/merchants.csv', import.meta.url))

let sandbox: Sandbox
let folder: string
beforeAll(async () => {
  ;[sandbox, folder] = await Promise.all([startSandbox(), mkdtemp(join(tmpdir(), 'pisto-import-'))])
})
afterAll(async () => {
  await sandbox.stop()
  await rm(folder, { recursive: true, force: true })
})

const connection = (): readonly string[] => [
  ...['--url', sandbox.url],
  ...sandbox.tenants.flatMap(({ apiKey }) => ['--key', apiKey]),
]

/** Rows of a result file by column; its cells have neither quotes nor line ends where they are looked at here. */
async function resultOf(
  file: string,
): Promise<readonly { outcome: string; id: string; last: string; first: string }[]> {
  const [, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n')
  return lines.map((line) => {
    const [first = '', outcome = '', id = ''] = line.split(',', 3)
    return { first, outcome, id, last: line.split(',').at(-1) ?? '' }
  })
}

it('gives each row of the sample its outcome; a second time nothing is sent and all is the same', async () => {
  const [out, again] = [join(folder, 'result.csv'), join(folder, 'again.csv')]
  const first = await pisto('import', 'merchants', SAMPLE, ...connection(), '--out', out)
  const second = await pisto('import', 'merchants', SAMPLE, ...connection(), '--out', again, '--json')
  const rows = await resultOf(out)

  expect(first).toMatchObject({ exitCode: 0, error: '' })
  expect(first.out).toMatch(/^active +365 /m)
  expect(first.out).toContain('400 rows: 365 registered, 35 refused')
  expect(rows).toHaveLength(400)
  expect(rows.map(({ first: externalId }) => externalId)).toEqual(
    Array.from({ length: 400 }, (_, index) => `R${String(index + 1).padStart(4, '0')}`),
  )
  expect(rows.filter(({ outcome, last }) => outcome !== last)).toEqual([])
  expect(rows.every(({ outcome, id }) => (outcome === 'active') === /^mer_/.test(id))).toBe(true)
  expect(JSON.parse(second.out)).toMatchObject({ rows: 400, alreadyImported: 400, outcomes: { active: 365 } })
  expect(await readFile(again, 'utf8')).toBe(await readFile(out, 'utf8'))
})

it('goes on after kill -9 while the rows are decided, as if it had not been', async () => {
  const file = join(folder, 'many.csv')
  const out = join(folder, 'many-result.csv')
  await writeFile(file, manyRows(2_400))
  const arguments_ = ['import', 'merchants', file, ...connection(), '--out', out, '--json']

  const child = startPisto(arguments_)
  await someImported(200)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const resumed = await pisto(...arguments_)
  const { outcomes, imports } = JSON.parse(resumed.out)
  const rows = await resultOf(out)

  expect(resumed.exitCode).toBe(0)
  expect(imports).toHaveLength(3)
  expect(outcomes).toEqual({ active: 2_000, document_duplicate: 400 })
  expect(rows.filter(({ outcome, last }) => outcome !== last)).toEqual([])
  expect((await checkBooks(sandbox.db)).flatMap(({ findings }) => findings)).toEqual([])
})

it('kill -9 while the file is sent leaves nothing of it, and the next run sends it once', async () => {
  const file = join(folder, 'sent.jsonl')
  const big = Array.from({ length: 30_000 }, (_, index) => JSON.stringify({ ...ROW, externalId: `S${index}` }))
  await writeFile(file, big.join('\n'))
  const arguments_ = ['import', 'consumers', file, ...connection(), '--json']
  const counted = async (table: string) =>
    Number((await sandbox.db.query<{ count: bigint }>(`select count(*) as count from ${table}`))[0]?.count)
  const before = await counted('imports')

  const child = startPisto(arguments_)
  await vi.waitUntil(async () => (await counted('import_parts')) >= 2, { timeout: 60_000, interval: 2 })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await vi.waitUntil(async () => (await counted('import_parts')) === 0, { timeout: 60_000, interval: 20 })
  const afterKill = await counted('imports')
  const sent = await pisto(...arguments_)

  expect(afterKill).toBe(before)
  expect(JSON.parse(sent.out)).toMatchObject({ rows: 30_000, alreadyImported: 0, outcomes: { phone_short: 30_000 } })
  expect(await counted('imports')).toBe(before + 1)
})

it('shows how a file is read before anything is sent; a column is what it is told to be', async () => {
  const file = join(folder, 'contacts.csv')
  const { document, phone, dateOfBirth } = newPerson('GT', 4_900_000)
  await writeFile(
    file,
    `Código;Nombres;Apellidos;Fecha de nacimiento;DPI;Contacto;Acepta\n` +
      `C1;Rosa;Umaña;${dateOfBirth};${document.number};${phone};sí\n`,
  )
  const [gt = ''] = sandbox.tenants.filter(({ country }) => country === 'GT').map(({ apiKey }) => apiKey)
  const arguments_ = ['import', 'consumers', file, '--url', sandbox.url, '--key', gt]

  const lacking = await pisto(...arguments_, '--preview')
  const refused = await pisto(...arguments_)
  const told = await pisto(...arguments_, '--map', 'Contacto=phone', '--preview', '--json')
  const imported = await pisto(...arguments_, '--map', 'Contacto=phone', '--json')

  expect(lacking.out).toContain('missing: phone')
  expect(lacking.out).toMatch(/^Nombres +givenNames/m)
  expect(refused).toMatchObject({ exitCode: 2, error: expect.stringContaining('lacks the column phone') })
  expect(JSON.parse(told.out)).toMatchObject({
    delimiter: ';',
    missing: [],
    rows: [{ row: 1, externalId: 'C1', outcome: 'active' }],
  })
  expect(JSON.parse(imported.out)).toMatchObject({ rows: 1, outcomes: { active: 1 } })
})

const ROW = {
  ...{ country: 'GT', givenNames: 'Rosa', familyNames: 'Umaña', dateOfBirth: '1990-01-31', documentType: 'DPI' },
  ...{ documentNumber: '2347893440101', phone: '1', locale: 'es', consent: 'yes' },
}

/** Waits until that many rows more are decided. */
async function someImported(count: number): Promise<void> {
  const counted = async () => {
    const [row] = await sandbox.db.query<{ count: bigint }>('select count(*) as count from import_rows')
    return Number(row?.count)
  }
  const before = await counted()
  await vi.waitUntil(async () => (await counted()) >= before + count, { timeout: 60_000, interval: 5 })
}

/** Every sixth row has the document of the row before, so that which of the two comes first matters. */
function manyRows(count: number): string {
  const header =
    'externalId,country,tradeName,givenNames,familyNames,dateOfBirth,documentType,documentNumber,phone,' +
    'categoryCode,locale,consent,expected'
  const lines = Array.from({ length: count }, (_, index) => {
    const country = (['GT', 'HN', 'SV'] as const)[Math.floor(index / 6) % 3] ?? 'GT'
    const isDuplicate = index % 6 === 5
    const own = newPerson(country, 5_000_000 + 17 * index)
    const { document, dateOfBirth } = isDuplicate ? newPerson(country, 5_000_000 + 17 * (index - 1)) : own
    const expected = isDuplicate ? 'document_duplicate' : 'active'
    return (
      `M${index},${country},Tienda,Rosa,Umaña,${dateOfBirth},${document.type},${document.number},${own.phone},` +
      `5411,es,yes,${expected}`
    )
  })
  return `${[header, ...lines].join('\n')}\n`
}
