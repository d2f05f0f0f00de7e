import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// Every pair through the command line, in one process: what a conformance checker would do.

interface Pair {
  readonly id: string
  readonly kind: string
  readonly query: { readonly name: string }
  readonly entry: { readonly name: string }
  readonly match: boolean
}

interface Answer {
  readonly score: number
  readonly match: boolean
  readonly explanation: { readonly pairs: readonly unknown[]; readonly total: number }
}

const file = new URL('../vectors/screening.json', import.meta.url)
const { pairs } = JSON.parse(readFileSync(file, 'utf8')) as { pairs: readonly Pair[] }
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))
const input = pairs.map(({ query, entry }) => `${JSON.stringify({ query, entry })}\n`).join('')
const { stdout } = spawnSync(process.execPath, [main, 'screen', '--jsonl'], { input, encoding: 'utf8' })
const answers = stdout
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer)

it('answers each of the 101 pairs', () => {
  expect(answers).toHaveLength(101)
})

it.each(pairs.map((pair, index) => ({ ...pair, answer: answers[index] })))(
  '$id $kind: $query.name, $entry.name',
  ({ answer, match }) => {
    expect(answer?.match, JSON.stringify(answer?.explanation)).toBe(match)
    expect((answer?.score ?? Number.NaN) >= 0.5).toBe(match)
  },
)
