import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  MATCH_THRESHOLD,
  SCREENING_ALGORITHM,
  type ScreeningSubject,
  screen,
} from '../../packages/identity/src/screening/screening.ts'

/**
 * SHA-256 of the tables that the rules of each version read, and of their answers to the vectors. A screening names the
 * version that it was decided by: what has another hash needs another name, and a line of its own here.
 */
const RULES = {
  'pisto-screening-2': {
    tables: 'dd106faa6f543dbde06352b5fb1b05e0ee5a17493e011ba0997c4f02eb4b2376',
    answers: '9dfb50c1dd807b378fb4a293ec5567c2a72175475e75290766ad30faa99297f5',
  },
}

const SOURCES = new URL('../../packages/identity/src/', import.meta.url)
const DOORS = ['screening/screen.ts', 'screening/screening-index.ts']
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The files of the matcher: what the doors import, and what that imports. */
function rulesFiles(): readonly string[] {
  const found = new Set<string>()
  const visit = (url: URL): void => {
    if (found.has(url.href)) return
    found.add(url.href)
    for (const [, path] of readFileSync(url, 'utf8').matchAll(/ from '(\.[^']+)'/g)) visit(new URL(path ?? '', url))
  }
  for (const door of DOORS) visit(new URL(door, SOURCES))
  return [...found].sort()
}

/** Constants of a file by name, as they are written: weights, costs, names, spellings. Comments are none of it. */
function tablesOf(file: string): readonly string[] {
  const tables: string[] = []
  let isWithin = false
  for (const line of readFileSync(new URL(file), 'utf8').split('\n')) {
    const [, declared] = /^(?:export )?const ([A-Z][A-Z0-9_]*)\b/.exec(line) ?? []
    if (declared !== undefined) tables.push('')
    isWithin = declared !== undefined || (isWithin && /^(?:\s|[)\]}`]|$)/.test(line))
    if (isWithin && !/^\s*(?:\/\/|\/?\*)/.test(line)) tables.push(`${tables.pop() ?? ''}${line.trim()}\n`)
  }
  return tables
}

// what is kept for speed decides nothing
const tables = rulesFiles()
  .flatMap(tablesOf)
  .filter((table) => !/^(?:export )?const \w+_MAX\b/.test(table))

it('finds the tables: weights, costs, ranks, nicknames', () => {
  const names = tables.map((table) => /const (\w+)/.exec(table)?.[1])
  expect(names).toEqual(
    expect.arrayContaining([
      'REASON_WEIGHTS',
      'METHOD_COSTS',
      'RANKED_NAMES',
      'NICKNAMES',
      'WEIGHTS',
      'RULES',
      'COMMON',
    ]),
  )
  expect(tables.find((table) => table.includes('REASON_WEIGHTS:'))).toContain('birth_date_equal: 12')
  expect(tables.find((table) => table.includes('NICKNAMES:'))).toContain("Kiko: 'Francisco Enrique'")
  expect(tables.find((table) => table.includes('MATCH_THRESHOLD ='))).toContain(String(MATCH_THRESHOLD))
})

type Asked = ScreeningSubject & { readonly nationalId?: string }

const subjectOf = ({ nationalId, ...subject }: Asked): ScreeningSubject => ({
  ...subject,
  ...(nationalId !== undefined && { ids: [nationalId] }),
})

it('the tables and the answers are those of the version that every screening names', () => {
  const vectors = readFileSync(new URL('../vectors/screening.json', import.meta.url), 'utf8')
  const { pairs } = JSON.parse(vectors) as { pairs: readonly { query: Asked; entry: Asked }[] }
  const answers = pairs.map(({ query, entry }) => JSON.stringify(screen(subjectOf(query), subjectOf(entry))))

  expect(
    { [SCREENING_ALGORITHM]: { tables: sha256([...tables].sort().join('')), answers: sha256(answers.join('\n')) } },
    'The rules changed: give SCREENING_ALGORITHM a new name, with its hashes here',
  ).toEqual(RULES)
})
