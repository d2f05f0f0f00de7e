import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { expect, it } from 'vitest'

/** @see design/qr.md section "Verifiable receipt": old phones load this over slow networks. */
const MOST_BYTES = 15_000

it('the receipt verifier is at most 15 kB gzipped with all that it imports, nothing of it Node’s', async () => {
  const bundle = await rolldown({ input: `${import.meta.dirname}/verify.ts`, platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  const [entry, ...others] = output

  expect(others).toEqual([])
  expect(entry.imports).toEqual([])
  expect(gzipSync(entry.code).length).toBeLessThanOrEqual(MOST_BYTES)
})
