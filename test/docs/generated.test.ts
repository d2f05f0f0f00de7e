import { readdirSync, readFileSync } from 'node:fs'
import { PROBLEMS } from '@pisto/contract'
import { expect, it } from 'vitest'
import { generatedPages } from '../../docs/scripts/pages.ts'
import { PROBLEM_GUIDES } from '../../docs/scripts/problem-guides.ts'
import { ROOT } from './markdown.ts'

const pages = generatedPages(ROOT)

it.each([...pages])('%s is what the script writes: run `node docs/scripts/generate.ts`', (path, text) => {
  expect(readFileSync(`${ROOT}/${path}`, 'utf8')).toBe(text)
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
