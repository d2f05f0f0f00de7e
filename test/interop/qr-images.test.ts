import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc16 } from '@pisto/qr'
import { readImage, toPng } from '@pisto/qr/image'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { drawByQrencode, isInstalled, readByZbar } from './qr-programs.ts'

// Images of ours are read by zbar, images of libqrencode are read by us: byte for byte.

const folder = mkdtempSync(join(tmpdir(), 'pisto-qr-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { vectors }: { vectors: readonly { id: string; payload: string; valid: boolean }[] } = JSON.parse(
  readFileSync(new URL('../vectors/qr.json', import.meta.url), 'utf8'),
)
const real = vectors.filter(({ valid }) => valid).map(({ id, payload }) => [id, payload] as const)

/** Codes of every length with names of every script: the reader must not guess a charset. */
const generated = fc
  .sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 25 }), { numRuns: 40, seed: 20_260_101 })
  .map((name, index) => [`generated ${index}`, sealed(`${name} ñ á 🍍`)] as const)

function sealed(name: string): string {
  const clean = name.replace(/[\p{C}\s]/gu, 'x')
  const open = `0002015912${clean}6304`
  return open + crc16(open)
}

describe.runIf(isInstalled('zbarimg')).concurrent('images of ours, read by zbarimg', () => {
  it.each([...real, ...generated])('%s', async (id, payload) => {
    const file = join(folder, `${id}.png`)
    writeFileSync(file, toPng(payload, { scale: 4 }))

    expect(await readByZbar(file)).toBe(payload)
  })
})

describe.runIf(isInstalled('qrencode')).concurrent('images of qrencode, read by us', () => {
  it.each([...real, ...generated])('%s', async (id, payload) => {
    const file = join(folder, `${id}.encoded.png`)
    await drawByQrencode(file, payload)

    expect(readImage(readFileSync(file))).toBe(payload)
  })
})
