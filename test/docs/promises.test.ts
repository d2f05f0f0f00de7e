import { expect, it } from 'vitest'
import { read } from './markdown.ts'

const promises = read('docs/promises.md')
const proofs = [...promises.matchAll(/^- \[(.+?)\]\((.+?)\): (.+)$/gm)].map(
  ([, path = '', target = '', claim = '']) => [path, target, claim] as const,
)

it('every promise has a proof', () => {
  const [, ...sections] = promises.split(/^## /m)
  expect(sections.length).toBeGreaterThan(0)
  for (const section of sections) expect(section).toMatch(/^- \[.+\.test\.ts\]/m)
})

it.each(proofs)('%s is the test it is said to be (%s): %s', (path, target, claim) => {
  expect(target).toBe(`../${path}`)
  const [, title] = /^“(.+)”$/.exec(claim) ?? []
  if (title !== undefined) expect(read(path)).toContain(title)
})
