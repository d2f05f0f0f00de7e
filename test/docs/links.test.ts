import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { anchorsIn, PAGES, proseOf, ROOT, read } from './markdown.ts'

it.each(PAGES)('%s: every link leads somewhere', (page) => {
  for (const [, target = ''] of proseOf(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const [file = '', anchor] = target.split('#')
    const path = file === '' ? page : join(dirname(page), file)
    expect(existsSync(`${ROOT}/${path}`), `${target} in ${page}`).toBe(true)
    if (anchor !== undefined && path.endsWith('.md')) {
      expect([...anchorsIn(read(path))], `${target} in ${page}`).toContain(anchor)
    }
  }
})

it('the README shows the two commands, and every script of pnpm that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  expect(read('README.md')).toContain('npx --yes pnpm@12 sandbox')
  expect(read('README.md')).toContain('npx --yes pnpm@12 test')
  for (const page of PAGES) {
    for (const [, script = ''] of read(page).matchAll(/npx --yes pnpm@12 ([a-z]+)/g)) {
      expect([...Object.keys(scripts), 'install', 'exec'], page).toContain(script)
    }
  }
})

it('no page but the plan has emoji or marketing words', () => {
  for (const page of PAGES) {
    expect(read(page), page).not.toMatch(/\p{Extended_Pictographic}(?<![©®™])/u)
    expect(read(page), page).not.toMatch(/\b(blazing|seamless|effortless|world-class|cutting-edge|revolution)/i)
  }
})
