import { readdirSync, readFileSync } from 'node:fs'
import { OPERATIONS, type Operation, PROBLEMS } from '@pisto/contract'
import { expect, it } from 'vitest'
import { generatedPages } from '../../docs/scripts/pages.ts'
import { PROBLEM_GUIDES } from '../../docs/scripts/problem-guides.ts'
import { readScreeningFigures } from '../../docs/scripts/screening-figures.ts'
import { ROOT } from './markdown.ts'

const pages = generatedPages(ROOT)

it.each([...pages])('%s is what the script writes: run `node docs/scripts/generate.ts`', (path, text) => {
  expect(readFileSync(`${ROOT}/${path}`, 'utf8')).toBe(text)
})

it('the figures of screening are of the rules that are in force, and as good as is promised', () => {
  const { algorithm, screening, falsePositives, rescreen } = readScreeningFigures(ROOT)
  const weights = readFileSync(`${ROOT}/packages/identity/src/screening/weights.ts`, 'utf8')
  expect(weights).toContain(`SCREENING_ALGORITHM = '${algorithm}'`)
  expect(screening.f1).toBeGreaterThanOrEqual(0.97)
  expect(screening.recall).toBeGreaterThanOrEqual(0.98)
  expect(falsePositives.byName).toBeLessThanOrEqual(0.005)
  expect(rescreen.people, 'measured in full').toBe(1_000_000)
})

it('every problem has a page, and every page a problem', () => {
  const found = readdirSync(`${ROOT}/docs/reference/problems`).filter((name) => name !== 'README.md')
  expect(found.toSorted()).toEqual(
    Object.keys(PROBLEMS)
      .toSorted()
      .map((code) => `${code}.md`),
  )
})

it.each(Object.entries(PROBLEM_GUIDES))('%s says when it happens and what to do, in both languages', (_code, guide) => {
  expect(guide).toHaveLength(4)
  for (const text of guide) expect(text).toMatch(/^[A-ZÁÉÍÓÚ`].+[.:]$/)
  const [when, whatToDo, whenEs, whatToDoEs] = guide
  expect(new Set([when, whatToDo, whenEs, whatToDoEs]).size).toBe(4)
})

it('the reference names every media type of every operation', () => {
  const reference = readFileSync(`${ROOT}/docs/reference/operations.md`, 'utf8')
  for (const { id, mediaType, alternatives = [], formats = {} } of Object.values(OPERATIONS).flatMap(
    (group): Operation[] => Object.values(group),
  )) {
    const [section = ''] = reference.split(`\n### ${id}\n`)[1]?.split('\n### ') ?? []
    const files = Object.values(formats).filter((type) => type !== 'application/json')
    for (const type of [mediaType ?? [], alternatives.map((each) => each.mediaType), files].flat()) {
      expect(section, id).toContain(type)
    }
  }
})
