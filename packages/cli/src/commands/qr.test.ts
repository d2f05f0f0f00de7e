import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const PAYLOAD = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'
const WITH_LOWER_CASE_CRC = PAYLOAD.replace('GT5908Tienda 8', 'GT5908Tienda 9').slice(0, -4)

const folder = await mkdtemp(join(tmpdir(), 'pisto-qr-'))
afterAll(() => rm(folder, { recursive: true }))

it('parse --jsonl answers each line: as it is, or a JSON string', async () => {
  const { out, exitCode } = await record(['qr', 'parse', '--jsonl'], {
    input: `${PAYLOAD}\r\n${JSON.stringify(PAYLOAD)}\n\n${JSON.stringify(`${PAYLOAD}\n`)}\n"half a string`,
  })
  const answers = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

  expect(exitCode).toBe(0)
  expect(answers).toHaveLength(5)
  expect(answers[0]).toMatchObject({ ok: true, fields: { merchantName: 'Tienda 8' }, warnings: [] })
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toMatchObject({ ok: false, error: { rule: 'R01' } })
  expect(answers[3]).toMatchObject({ ok: false, error: { rule: 'R01' } })
  expect(answers[4].ok).toBe(false)
  for (const { error } of answers.slice(2)) {
    expect(Object.keys(error)).toEqual(['code', 'rule', 'path', 'offset', 'message'])
  }
})

it('parse shows a table of fields, and findings', async () => {
  const good = await record(['qr', 'parse', PAYLOAD])
  const bad = await record(['qr', 'parse', `${WITH_LOWER_CASE_CRC}0000`, '--language', 'es'])

  expect(good.exitCode).toBe(0)
  expect(good.out).toMatch(/^readable\n/)
  expect(good.out).toMatch(/^59 +name +Tienda 8$/m)
  expect(good.out).toMatch(/^53 +currency +320 +GTQ \(Q\)$/m)
  expect(bad.exitCode).toBe(1)
  expect(bad.out).toMatch(/^rechazado: 1 error\n/)
  expect(bad.out).toMatch(/R05/)
})

it('build writes what parse read', async () => {
  const parsed = await record(['qr', 'parse', '--json', PAYLOAD])

  expect(await record(['qr', 'build', '-'], { input: parsed.out })).toEqual({
    exitCode: 0,
    out: `${PAYLOAD}\n`,
    error: '',
  })
})

it('build takes flags', async () => {
  const flags = ['--name', 'Café Ñandú', '--city', 'Guatemala', '--country', 'GT', '--currency', 'gtq', '--mcc', '5812']
  const { out } = await record(
    ['qr', 'build', ...flags].concat(['--amount', '12.50', '--tenant', 'gtbank', '--alias', '123456789012']),
  )
  const { out: parsed } = await record(['qr', 'parse', '--json', out.trimEnd()])

  expect(JSON.parse(parsed)).toMatchObject({
    ok: true,
    fields: {
      pointOfInitiation: '12',
      merchantName: 'Cafe Nandu',
      language: { '00': 'es', '01': 'Café Ñandú' },
      currency: '320',
      amount: '12.50',
      merchantAccounts: { '26': { '00': 'org.pisto', '01': 'gtbank', '02': '123456789012' } },
    },
  })
})

it('build writes the network that --guid names', async () => {
  const shop = ['--name', 'Tienda', '--city', 'Guatemala', '--country', 'GT', '--currency', 'gtq', '--mcc', '5812']
  const payee = ['--tenant', 'gtbank', '--alias', '123456789012', '--guid', 'gt.example']
  const { out } = await record(['qr', 'build', ...shop, ...payee])

  expect(out).toContain('0010gt.example0106gtbank')
})

it.each([
  // arguments, exit code, what is said, why
  [['build', '--guid', '', '--tenant', 'gtbank', '--alias', '123456789012'], 2, /GUID/, 'no network'],
  [['build', '--name', 'X'], 1, /R\d\d/, 'most is missing: the rules say what'],
  [['build', '--currency', 'XYZ'], 2, /not a currency/, 'no such currency'],
  [['build', '--account', 'x'], 2, /not PATH=TEXT/, 'not an object'],
  [['build', '--tenant', 'gtbank'], 2, /belong together/, 'half a template'],
  [['parse'], 2, /takes a payload/, 'nothing to parse'],
  [['image', 'x', '--out', 'code.jpg'], 2, /neither/, 'no such format'],
  [['image', 'x'.repeat(5000), '--out', 'code.png'], 1, /No QR code/, 'more than a code can hold'],
  [['read', 'nowhere.png'], 1, /cannot be read/, 'no such file'],
  [['verify', PAYLOAD], 2, /--keys/, 'signatures need keys'],
] as const)('qr %j ends with %i: %s', async (line, exitCode, error, _why) => {
  const recording = await record(['qr', ...line])

  expect(recording.exitCode).toBe(exitCode)
  expect(recording.error).toMatch(error)
})

it('read gives back what image drew', async () => {
  const file = join(folder, 'code.png')
  await record(['qr', 'image', PAYLOAD, '--out', file])

  expect(await record(['qr', 'read', file])).toEqual({ exitCode: 0, out: `${PAYLOAD}\n`, error: '' })
  expect(JSON.parse((await record(['qr', 'read', file, '--json'])).out)).toMatchObject({ payload: PAYLOAD, ok: true })
})

it('draws SVG', async () => {
  const file = join(folder, 'code.svg')
  await record(['qr', 'image', '-', '--out', file], { input: `${PAYLOAD}\n` })

  expect(await readFile(file, 'utf8')).toMatch(/^<svg .*<\/svg>$/s)
})
