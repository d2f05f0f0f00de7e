import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { explain } from './explain.ts'
import { parse } from './parse.ts'

interface Vector {
  readonly id: string
  readonly payload: string
  readonly valid: boolean
  readonly strict: boolean
  readonly rule?: string
  readonly allHardRules?: readonly string[]
  readonly warnings?: readonly string[]
  readonly expect?: Readonly<Record<string, unknown>>
  readonly source: string
}

const file = new URL('../../../test/vectors/qr.json', import.meta.url)
const { vectors }: { vectors: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'))
const rulesOf = (payload: string, severity: 'error' | 'warning'): string[] => [
  ...new Set(parse(payload).findings.flatMap((finding) => (finding.severity === severity ? [finding.rule] : []))),
]

it('there are 120 vectors', () => {
  expect(vectors).toHaveLength(120)
})

describe.each(vectors.filter(({ valid }) => valid))('$id ($source)', (vector) => {
  it('is accepted with its fields and warnings', () => {
    const { ok, fields } = parse(vector.payload)

    expect(ok).toBe(true)
    expect(fields).toMatchObject(vector.expect ?? {})
    expect(Object.keys(fields).toSorted()).toEqual(
      [...Object.keys(vector.expect ?? {}), ...('unreserved' in fields ? ['unreserved'] : [])].toSorted(),
    )
    expect(rulesOf(vector.payload, 'warning').toSorted()).toEqual((vector.warnings ?? []).toSorted())
  })

  it(`is ${vector.strict ? '' : 'not '}what the specification wants`, () => {
    expect(parse(vector.payload, { profile: 'strict' }).ok).toBe(vector.strict)
  })
})

it.each(vectors.filter(({ valid }) => !valid))('$id is refused by $rule ($source)', (vector) => {
  const [first] = rulesOf(vector.payload, 'error')

  expect(vector.rule?.split('|')).toContain(first)
  expect(parse(vector.payload, { profile: 'strict' }).ok).toBe(false)
})

it.each(vectors.filter(({ rule, allHardRules }) => rule !== undefined && rule === allHardRules?.[0]))(
  '$id breaks exactly $allHardRules',
  ({ payload, allHardRules }) => {
    expect(rulesOf(payload, 'error').toSorted()).toEqual(allHardRules?.toSorted())
  },
)

it.each(vectors)('$id: every finding can be read in two languages', ({ payload }) => {
  for (const finding of parse(payload, { profile: 'strict' }).findings.map(explain)) {
    for (const text of [finding.message, finding.hint, finding.messageEs, finding.hintEs]) {
      expect(text).toMatch(/^[\p{Lu}\d]/u)
      expect(text).not.toMatch(/[{}]/)
    }
  }
})
