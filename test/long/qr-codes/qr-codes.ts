import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '@pisto/qr'
import { readImage, toPng } from '@pisto/qr/image'
import fc from 'fast-check'
import { anyCode } from '../../../packages/qr/src/testing/codes.ts'
import { drawByQrencode, isInstalled, readByZbar } from '../../interop/qr-programs.ts'
import { Draws } from '../../seeded.ts'
import { faultOf, mutate } from './mutations.ts'

export interface QrCodesOptions {
  /** Changed codes. */
  readonly count: number
  /** Pictures of ours for zbar, and as many of qrencode's for us. */
  readonly images: number
  /** The same seed makes the same codes. */
  readonly seed: number
  readonly onProgress: (what: string, done: number, total: number) => void
}

export interface QrCodesReport {
  readonly mutations: number
  /** The slowest of them, in milliseconds: all that was done with it. */
  readonly slowestMs: number
  readonly readByZbar: number
  readonly readByUs: number
  readonly seconds: number
  readonly faults: readonly string[]
}

/** A text that takes longer than this to read hangs. */
const HANG_MS = 50

/** Changed codes must neither throw nor hang; pictures must be read byte for byte, both ways. */
export async function runQrCodes(options: QrCodesOptions, now: () => number): Promise<QrCodesReport> {
  const startMs = now()
  const faults: string[] = []
  const sample = fc
    .sample(anyCode, { numRuns: Math.max(options.images, 200), seed: options.seed })
    .map((code) => build(code))
  const slowestMs = readMutations(options, sample, faults, now)
  const read = await readPictures(options, sample, faults)
  return { mutations: options.count, slowestMs, ...read, seconds: Math.round((now() - startMs) / 1000), faults }
}

function readMutations(
  { count, seed, onProgress }: QrCodesOptions,
  codes: readonly string[],
  faults: string[],
  now: () => number,
): number {
  let slowestMs = 0
  for (let n = 0; n < count; n++) {
    const text = mutate(new Draws('code', seed, n), codes)
    const fault = faultOf(text)
    const tookMs = fastest(() => faultOf(text), now)
    slowestMs = Math.max(slowestMs, tookMs)
    if (fault !== undefined) faults.push(`${n}: ${fault}: ${JSON.stringify(text)}`)
    if (tookMs > HANG_MS) faults.push(`${n}: took ${tookMs} ms: ${JSON.stringify(text)}`)
    if (n % 1000 === 0) onProgress('changed codes', n, count)
  }
  return Math.round(slowestMs * 10) / 10
}

/** A busy machine may pause for a while, but not every time at the same text. */
function fastest(work: () => void, now: () => number): number {
  let fastestMs = Number.POSITIVE_INFINITY
  for (let time = 0; time < 5 && fastestMs > 1; time++) {
    const fromMs = now()
    work()
    fastestMs = Math.min(fastestMs, now() - fromMs)
  }
  return fastestMs
}

async function readPictures(
  { images, onProgress }: QrCodesOptions,
  codes: readonly string[],
  faults: string[],
): Promise<Pick<QrCodesReport, 'readByZbar' | 'readByUs'>> {
  const missing = (['zbarimg', 'qrencode'] as const).filter((program) => !isInstalled(program))
  if (missing.length > 0) {
    faults.push(`not installed: ${missing.join(', ')}`)
    return { readByZbar: 0, readByUs: 0 }
  }
  const folder = await mkdtemp(join(tmpdir(), 'pisto-codes-'))
  const read = { readByZbar: 0, readByUs: 0 }
  for (const [n, payload] of codes.slice(0, images).entries()) {
    const file = join(folder, 'code.png')
    await writeFile(file, toPng(payload, { scale: 4 }))
    if ((await readByZbar(file)) === payload) read.readByZbar++
    else faults.push(`zbar reads another text than ${JSON.stringify(payload)}`)

    await drawByQrencode(file, payload)
    if (readImage(await readFile(file)) === payload) read.readByUs++
    else faults.push(`we read another text than ${JSON.stringify(payload)}`)
    onProgress('pictures', n, images)
  }
  await rm(folder, { recursive: true })
  return read
}
