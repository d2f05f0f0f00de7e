import { readFileSync } from 'node:fs'
import { table } from './markdown.ts'

/** What `pisto bench screening --json` printed last, kept beside the page that shows it. */
const SCREENING_FIGURES = 'docs/guides/screening-figures.json'

interface Agreement {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

interface Figures {
  readonly measuredAt: string
  readonly machine: {
    readonly cores: number
    readonly node: string
    readonly load: { readonly before: number; readonly after: number }
  }
  readonly algorithm: string
  readonly seed: number
  readonly pairs: { readonly generated: number; readonly byHand: number }
  readonly screening: Agreement
  readonly jaroWinkler: Readonly<Record<'whole' | 'sorted', Agreement & { readonly threshold: number }>>
  readonly falsePositives: {
    readonly people: number
    readonly entries: number
    readonly byName: number
    readonly withBirthDates: number
  }
  readonly search: {
    readonly entries: number
    readonly mean: number
    readonly median: number
    readonly p99: number
    readonly building: number
  }
  readonly rescreen: {
    readonly people: number
    readonly changedEntries: number
    readonly seconds: number
    readonly affected: number
    readonly peakBytes: number
  }
}

/** @param root Of the repository. */
export const readScreeningFigures = (root: string): Figures =>
  JSON.parse(readFileSync(`${root}/${SCREENING_FIGURES}`, 'utf8')) as Figures

export function screeningFigures(root: string): string {
  const figures = readScreeningFigures(root)
  const { measuredAt, machine, algorithm, seed, pairs, screening, jaroWinkler, falsePositives, search, rescreen } =
    figures
  const { whole, sorted } = jaroWinkler
  return [
    `${dateOf(measuredAt)}, ${machine.cores} cores that ${machine.load.before} to ${machine.load.after} processes wanted, ` +
      `Node ${machine.node.replace(/^v/, '')}, rules \`${algorithm}\`, seed ${seed},\n${count(pairs.generated)} pairs by ` +
      `rules and ${count(pairs.byHand)} by hand:`,
    table(
      ['matcher', 'precision', 'recall', 'F1'],
      [
        ['Pisto', ...shares(screening)],
        [`Jaro-Winkler, whole names, from ${whole.threshold} on`, ...shares(whole)],
        [`Jaro-Winkler, sorted words, from ${sorted.threshold} on`, ...shares(sorted)],
      ],
    ),
    table(
      ['measured', 'result'],
      [
        [
          `${count(falsePositives.people)} people on no list against ${count(falsePositives.entries)} entries, names alone`,
          `${percent(falsePositives.byName)} match somebody`,
        ],
        ['the same with birth dates, which half of the list has', percent(falsePositives.withBirthDates)],
        [
          `one name against ${count(search.entries)} entries`,
          `${search.mean} ms on average, ${search.median} ms median, ${search.p99} ms 99th percentile`,
        ],
        [`making the index of ${count(search.entries)} entries`, `${(search.building / 1000).toFixed(1)} s`],
        [
          `${count(rescreen.people)} people against ${count(rescreen.changedEntries)} changed entries, streamed`,
          `${rescreen.seconds} s, ${rescreen.affected} affected, at most ${Math.round(rescreen.peakBytes / 2 ** 20)} MiB`,
        ],
      ],
    ),
  ].join('\n\n')
}

const count = (value: number): string => value.toLocaleString('en-US')
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
const shares = ({ precision, recall, f1 }: Agreement): string[] =>
  [precision, recall, f1].map((share) => share.toFixed(4))
const dateOf = (instant: string): string =>
  new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
