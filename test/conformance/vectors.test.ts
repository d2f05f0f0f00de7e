import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

// Every vector through the command line, one process for each file: what a conformance checker would do.

interface CodeVector {
  readonly id: string
  readonly payload: string
  readonly valid: boolean
  readonly rule?: string
  readonly warnings?: readonly string[]
  readonly expect?: Readonly<Record<string, unknown>>
}

interface IdVector {
  readonly id: string
  readonly type: string
  readonly value: string
  readonly valid: boolean
  readonly reason?: string
  readonly e164?: string
  readonly kind?: 'mobile' | 'fixed'
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T
const { vectors } = read<{ vectors: readonly CodeVector[] }>('qr')
const { ids } = read<{ ids: readonly IdVector[] }>('ids')
const documents = ids.filter(({ type }) => !type.startsWith('PHONE_'))
const phones = ids.filter(({ type }) => type.startsWith('PHONE_'))

const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))

/** Lines in, answers out. */
function answers(command: readonly string[], lines: readonly unknown[]): readonly Record<string, unknown>[] {
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...command], { input, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('pisto qr parse --jsonl', () => {
  const told = answers(
    ['qr', 'parse', '--jsonl'],
    vectors.map(({ payload }) => payload),
  )

  it('answers each of the 120 vectors', () => {
    expect(told).toHaveLength(120)
  })

  it.each(vectors.map((vector, index) => ({ ...vector, answer: told[index] })))('$id', (vector) => {
    const { answer, valid } = vector
    expect(answer?.['ok']).toBe(valid)
    if (valid) {
      const warnings = answer?.['warnings'] as readonly { readonly rule: string }[]
      expect(answer?.['fields']).toMatchObject(vector.expect ?? {})
      expect([...new Set(warnings.map(({ rule }) => rule))].sort()).toEqual([...(vector.warnings ?? [])].sort())
    } else {
      const error = answer?.['error'] as { readonly rule: string } | undefined
      expect(vector.rule?.split('|')).toContain(error?.rule)
    }
  })
})

describe('pisto id check --jsonl', () => {
  const told = answers(
    ['id', 'check', '--jsonl'],
    documents.map(({ type, value }) => {
      const [country, name] = type.split('_')
      return { country, type: name === 'CUI' ? 'DPI' : name, value }
    }),
  )

  it.each(documents.map((vector, index) => ({ ...vector, answer: told[index] })))(
    '$id: $type $value',
    ({ valid, reason, answer }) => {
      expect(answer).toMatchObject({ valid, code: reason ?? null })
      expect(typeof answer?.['canonical']).toBe(valid ? 'string' : 'object')
    },
  )
})

describe('pisto phone check --jsonl', () => {
  const told = answers(
    ['phone', 'check', '--jsonl'],
    phones.map(({ type, value }) => ({ country: type.slice('PHONE_'.length), value })),
  )

  it.each(phones.map((vector, index) => ({ ...vector, answer: told[index] })))(
    '$id: $type $value',
    ({ valid, reason, e164, kind, answer }) => {
      expect(answer).toEqual({
        valid,
        e164: e164 ?? null,
        mobile: kind === undefined ? null : kind === 'mobile',
        code: reason ?? null,
      })
    },
  )
})
