import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const PAYLOAD = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'
const CHANGED = PAYLOAD.replace('PX0012345', 'PX0099999')
const PAYERS = 'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MQ=='

const folder = await mkdtemp(join(tmpdir(), 'pisto-doctor-'))
afterAll(() => rm(folder, { recursive: true }))

it('shows rule, place, reason and mend, and marks the place in the code', async () => {
  const { out, exitCode } = await record(['qr', 'doctor', CHANGED])

  expect(exitCode).toBe(1)
  expect(out).toMatch(/^refused: 1 error\n/)
  expect(out).toMatch(/^26\.01 +account +PX0099999/m)
  expect(out).toMatch(
    /^error {3}R05 object 63, at character 87: The checksum is 0054, but the content gives [0-9A-F]{4}$/m,
  )
  expect(out).toMatch(/The code was changed or badly copied/)
  expect(out).toMatch(/^ {2}76 {2}09Guatemala63040054\n {17}\^ R05$/m)
})

it('says it in Spanish', async () => {
  const { out } = await record(['qr', 'doctor', CHANGED, '--language', 'es'])

  expect(out).toMatch(/^59 +nombre +Tienda 8/m)
  expect(out).toMatch(/^error {3}R05 objeto 63, en el carácter 87: La suma de control es 0054/m)
})

it('reads a picture, and shows what differs from another code', async () => {
  const file = join(folder, 'printed.png')
  await record(['qr', 'image', PAYLOAD, '--out', file])

  const { out, exitCode } = await record(['qr', 'doctor', file, '--diff', CHANGED])
  expect(exitCode).toBe(1)
  expect(out).toMatch(/^readable\n/)
  expect(out).toMatch(/^26\.01 +account +PX0012345 +PX0099999$/m)
  expect(await record(['qr', 'doctor', file, '--diff', PAYLOAD])).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/the two codes say the same\n$/),
  })
})

it('diagnoses payers’ codes, too', async () => {
  const { out, exitCode } = await record(['qr', 'doctor', PAYERS, '--json'])

  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toEqual({
    payload: PAYERS,
    kind: 'consumerPresented',
    ok: true,
    fields: { applications: [{ aid: 'A0000000555555', label: 'Product1' }] },
    findings: [],
    objects: [
      expect.objectContaining({ path: '85', value: '4350563031' }),
      expect.objectContaining({ path: '61.4F', value: 'A0000000555555' }),
      expect.objectContaining({ path: '61.50', value: '50726F6475637431', offset: 18 }),
    ],
  })
})

it('a payer’s code that was read is written again as it was', async () => {
  const { out } = await record(['qr', 'parse', PAYERS, '--json'])

  expect(await record(['qr', 'build', '-'], { input: out })).toEqual({ exitCode: 0, out: `${PAYERS}\n`, error: '' })
})

it.each([
  ['{"applications":[]}', 1, /C07/],
  ['{"applications":"x"}', 2, /not the fields of a payer/],
  ['{"applications":[{"aid":"A0000000555555","label":5}]}', 2, /not text/],
])('build %s ends with %i', async (input, exitCode, error) => {
  const recording = await record(['qr', 'build', '-'], { input })

  expect(recording.exitCode).toBe(exitCode)
  expect(recording.error).toMatch(error)
})

it('warns of what the network or the country of a code would say, and takes it all the same', async () => {
  const { out, exitCode } = await record([
    'qr',
    'doctor',
    PAYLOAD.replace('5303320', '5303840').replace('0054', '701F'),
  ])

  expect(exitCode).toBe(0)
  expect(out).toMatch(/^readable: 1 warning\n/)
  expect(out).toMatch(/^warning N04 object 53, at character 49: The currency 840 is not that of the country/m)
})
