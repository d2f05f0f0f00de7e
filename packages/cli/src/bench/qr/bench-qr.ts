import { readFileSync } from 'node:fs'
import { build } from '@pisto/qr'
import { spreadOf } from '../spread.ts'
import { measureBundles } from './bundle-sizes.ts'
import { CODECS, type CodecName } from './codecs.ts'
import { type PlainCode, plainCodes } from './corpus.ts'

/** How a codec's verdicts agree with the vectors. */
interface Correctness {
  readonly good: number
  readonly of: number
}

/** Codes a second by codec; null where it cannot write. */
type CodesPerSecond = Readonly<Record<CodecName, number | null>>

export interface QrBench {
  readonly parse: CodesPerSecond
  readonly build: CodesPerSecond
  readonly correctness: Readonly<Record<CodecName, Correctness>>
  /** Pisto over the quickest of the others, the median over the rounds. */
  readonly ratios: { readonly parse: number; readonly build: number }
  /** Bytes. */
  readonly bundle: { readonly codecGz: number; readonly verifierGz: number }
}

export interface QrBenchOptions {
  readonly rounds: number
  /** Of each codec in each round. */
  readonly millisecondsPerRound: number
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  readonly onProgress: (done: number, total: number) => void
}

/** Reads and writes in turns, so that what else the machine does meets all codecs alike. */
export async function benchQr(options: QrBenchOptions): Promise<QrBench> {
  const codes = plainCodes()
  const payloads = codes.map((code) => build(code))
  const total = options.rounds * 2
  const parse = race(options, readers(payloads), (done) => options.onProgress(done, total))
  const written = race(options, writers(codes), (done) => options.onProgress(options.rounds + done, total))
  return {
    parse: parse.perSecond,
    build: written.perSecond,
    correctness: correctnessOf(readVectors()),
    ratios: { parse: parse.ratio, build: written.ratio },
    bundle: await measureBundles(),
  }
}

/** Handles all codes once, and says how much came out: nothing may be optimised away. */
type Lap = () => number
type Laps = Partial<Record<CodecName, Lap>>

const namesOf = (): CodecName[] => Object.keys(CODECS) as CodecName[]

function readers(payloads: readonly string[]): Laps {
  const lap = (name: CodecName) => (): number => {
    let good = 0
    for (const payload of payloads) if (CODECS[name].reads(payload)) good++
    return good
  }
  return Object.fromEntries(namesOf().map((name) => [name, lap(name)]))
}

function writers(codes: readonly PlainCode[]): Laps {
  const laps: Laps = {}
  for (const name of namesOf()) {
    const { writer } = CODECS[name]
    if (writer === undefined) continue
    const ready = codes.map((code) => writer(code))
    laps[name] = () => ready.reduce((length, write) => length + write().length, 0)
  }
  return laps
}

function race(
  { rounds, millisecondsPerRound, now }: QrBenchOptions,
  laps: Laps,
  onRound: (done: number) => void,
): { readonly perSecond: CodesPerSecond; readonly ratio: number } {
  const codeCount = plainCodes().length
  const entered = Object.entries(laps) as [CodecName, Lap][]
  const measured = new Map(entered.map(([name]) => [name, [] as number[]]))
  const ratios: number[] = []
  for (let round = -1; round < rounds; round++) {
    const speeds = entered.map(([name, lap]) => [name, run(lap, millisecondsPerRound, now) * codeCount] as const)
    if (round < 0) continue // code is compiled
    for (const [name, perSecond] of speeds) measured.get(name)?.push(perSecond)
    const [[, own] = ['pisto', 0], ...others] = speeds
    ratios.push(own / Math.max(...others.map(([, perSecond]) => perSecond)))
    onRound(round + 1)
  }
  const speedOf = (name: CodecName): number | null => {
    const speeds = measured.get(name)
    return speeds === undefined ? null : Math.round(spreadOf(speeds).median)
  }
  const perSecond = Object.fromEntries(namesOf().map((name) => [name, speedOf(name)])) as Record<
    CodecName,
    number | null
  >
  return { perSecond, ratio: Math.round(spreadOf(ratios).median * 100) / 100 }
}

/** @returns Laps a second. @throws {Error} a codec does not do the work */
function run(lap: Lap, milliseconds: number, now: () => number): number {
  const from = now()
  let laps = 0
  for (let at = from; at - from < milliseconds; at = now()) {
    if (lap() === 0) throw new Error('a codec of the comparison does nothing')
    laps++
  }
  return (laps * 1000) / (now() - from)
}

interface Vector {
  readonly payload: string
  readonly valid: boolean
}

function correctnessOf(vectors: readonly Vector[]): Record<CodecName, Correctness> {
  const correctness = (name: CodecName): Correctness => ({
    good: vectors.filter(({ payload, valid }) => CODECS[name].reads(payload) === valid).length,
    of: vectors.length,
  })
  return Object.fromEntries(namesOf().map((name) => [name, correctness(name)])) as Record<CodecName, Correctness>
}

/** The repository's: the other codecs, too, are there only. */
function readVectors(): readonly Vector[] {
  const file = new URL('../../../../../test/vectors/qr.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors
}
