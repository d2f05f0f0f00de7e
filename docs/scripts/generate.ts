import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { generatedPages } from './pages.ts'

/** Writes the generated pages: `node docs/scripts/generate.ts`. A test fails when one is stale. */
const root = resolve(import.meta.dirname, '../..')
const pages = generatedPages(root)
const problems = 'docs/reference/problems'

for (const [path, text] of pages) {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true })
  writeFileSync(`${root}/${path}`, text)
}
for (const name of readdirSync(`${root}/${problems}`)) {
  if (!pages.has(`${problems}/${name}`)) rmSync(`${root}/${problems}/${name}`)
}
