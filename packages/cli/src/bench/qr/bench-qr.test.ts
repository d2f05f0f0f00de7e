import { expect, it } from 'vitest'
import { record } from '../../testing/recording-terminal.ts'
import { CODECS, type CodecName } from './codecs.ts'
import { plainCodes } from './corpus.ts'

it('every codec reads what every codec writes: the same work is measured', () => {
  for (const code of plainCodes()) {
    for (const [writerName, { writer }] of Object.entries(CODECS)) {
      const payload = writer?.(code)()
      if (payload === undefined) continue
      for (const [name, codec] of Object.entries(CODECS)) {
        expect(codec.reads(payload), `${name} reads what ${writerName} writes: ${payload}`).toBe(true)
        expect(codec.reads(payload.replace('Tienda', 'Tiend4').replace('Hijas', 'Hijos').replace('La', 'Le'))).toBe(
          false,
        )
      }
    }
  }
})

it('tells speeds, verdicts, ratios and sizes', async () => {
  const { out, exitCode } = await record(['bench', 'qr', '--rounds', '1', '--json'])
  const speed = (name: CodecName) => [name, expect.any(Number)] as const
  const bench = JSON.parse(out)

  expect(exitCode).toBe(0)
  expect(bench).toMatchObject({
    parse: Object.fromEntries((Object.keys(CODECS) as CodecName[]).map(speed)),
    build: { ...Object.fromEntries((['pisto', 'promptparse', 'vietnam-qr-pay'] as const).map(speed)), emvqr: null },
    ratios: { parse: expect.any(Number), build: expect.any(Number) },
    bundle: { codecGz: expect.any(Number), verifierGz: expect.any(Number) },
  })
  expect(bench.correctness.pisto).toEqual({ good: bench.correctness.pisto.of, of: bench.correctness.pisto.of })
})
