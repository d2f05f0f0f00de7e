import { SCREENING_ALGORITHM, ScreeningIndex } from '@pisto/identity/screening'
import { type Agreement, agreementOf, bestJaroWinkler, decideByScreening, JARO_WINKLER } from './agreement.ts'
import { HARD_CASES } from './hard-cases.ts'
import { generatePairs } from './pairs.ts'
import { streamEntries, streamPeople } from './people-stream.ts'

export interface ScreeningBench {
  /** The rules that were measured. */
  readonly algorithm: string
  readonly seed: number
  readonly pairs: { readonly generated: number; readonly byHand: number }
  readonly screening: Agreement
  readonly jaroWinkler: {
    readonly whole: ReturnType<typeof bestJaroWinkler>
    readonly sorted: ReturnType<typeof bestJaroWinkler>
  }
  /** Share of people who are on no list and yet match somebody of it. */
  readonly falsePositives: {
    readonly people: number
    readonly entries: number
    /** Names alone, and with the birth dates that half of the list has. */
    readonly byName: number
    readonly withBirthDates: number
  }
  /** One name against a list. */
  readonly search: {
    readonly entries: number
    readonly names: number
    /** Milliseconds. */
    readonly mean: number
    readonly median: number
    readonly p99: number
    readonly building: number
  }
  /** All people again, when a list changes. */
  readonly rescreen: {
    readonly people: number
    readonly changedEntries: number
    readonly seconds: number
    readonly affected: number
    /** Most memory of the process that was seen meanwhile, in bytes. */
    readonly peakBytes: number
  }
}

export interface ScreeningBenchOptions {
  readonly seed: number
  readonly pairs: number
  readonly unlisted: number
  readonly unlistedEntries: number
  readonly entries: number
  readonly names: number
  readonly people: number
  readonly changedEntries: number
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  /** Bytes that the process holds. */
  readonly memory: () => number
  /** Name of the step that begins. */
  readonly onStep: (step: 'pairs' | 'unlisted' | 'search' | 'rescreen') => void
}

export function benchScreening(options: ScreeningBenchOptions): ScreeningBench {
  const { seed } = options
  options.onStep('pairs')
  const pairs = [...generatePairs(options.pairs, seed), ...HARD_CASES]
  const agreement = {
    algorithm: SCREENING_ALGORITHM,
    seed,
    pairs: { generated: options.pairs, byHand: HARD_CASES.length },
    screening: agreementOf(pairs, decideByScreening),
    jaroWinkler: {
      whole: bestJaroWinkler(pairs, JARO_WINKLER.whole),
      sorted: bestJaroWinkler(pairs, JARO_WINKLER.sorted),
    },
  }
  options.onStep('unlisted')
  const falsePositives = measureFalsePositives(options)
  options.onStep('search')
  const search = measureSearch(options)
  options.onStep('rescreen')
  return { ...agreement, falsePositives, search, rescreen: measureRescreen(options) }
}

function measureFalsePositives(options: ScreeningBenchOptions): ScreeningBench['falsePositives'] {
  const { seed, unlisted, unlistedEntries } = options
  const index = new ScreeningIndex(streamEntries(unlistedEntries, seed + 1))
  let [byName, withBirthDates] = [0, 0]
  for (const person of streamPeople(unlisted, seed + 2)) {
    const { dob: _, ...named } = person
    if (index.search(named).length > 0) byName++
    if (index.search(person).length > 0) withBirthDates++
  }
  const rate = (count: number): number => Math.round((count / unlisted) * 100_000) / 100_000
  return {
    people: unlisted,
    entries: unlistedEntries,
    byName: rate(byName),
    withBirthDates: rate(withBirthDates),
  }
}

function measureSearch({ seed, entries, names, now }: ScreeningBenchOptions): ScreeningBench['search'] {
  const from = now()
  const index = new ScreeningIndex(streamEntries(entries, seed + 3))
  const building = now() - from
  for (const person of streamPeople(names, seed + 4)) index.search(person) // code is compiled
  const times: number[] = []
  for (const person of streamPeople(names, seed + 5)) {
    const start = now()
    index.search(person)
    times.push(now() - start)
  }
  times.sort((a, b) => a - b)
  const at = (part: number): number => thousandths(times[Math.floor(times.length * part)] ?? 0)
  const mean = thousandths(times.reduce((sum, time) => sum + time, 0) / times.length)
  return { entries, names, mean, median: at(0.5), p99: at(0.99), building: Math.round(building) }
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000

function measureRescreen(options: ScreeningBenchOptions): ScreeningBench['rescreen'] {
  const { seed, people, changedEntries, now, memory } = options
  const from = now()
  const change = new ScreeningIndex(streamEntries(changedEntries, seed + 6))
  let [affected, seen, peakBytes] = [0, 0, 0]
  for (const person of streamPeople(people, seed + 7)) {
    if (change.search(person).length > 0) affected++
    if (seen++ % 10_000 === 0) peakBytes = Math.max(peakBytes, memory())
  }
  return { people, changedEntries, seconds: Math.round((now() - from) / 100) / 10, affected, peakBytes }
}
