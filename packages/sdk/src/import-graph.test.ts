import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** What is still imported when types are stripped, as a bundler sees it. */
function importsOf(file: URL): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)(\*(?: as \w+)?|\{[^}]*\}|\w+)?\s*(?:from\s+)?'([^']+)'/gm)]
    .filter(([, names = '']) => !/^\{(\s*type [\w ]+,?)+\s*\}$/.test(names))
    .map(([, , source = '']) => source)
}

function walk(entry: URL): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const queue = [entry]
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (files.has(file.pathname)) continue
    expect(existsSync(file), file.pathname).toBe(true)
    files.add(file.pathname)
    for (const source of importsOf(file)) {
      if (source.startsWith('.')) queue.push(new URL(source, file))
      else packages.add(source)
    }
  }
  return { files, packages }
}

it('needs nothing in a browser but an event stream parser, and proofs for those who verify them', () => {
  const { files, packages } = walk(new URL('index.ts', import.meta.url))
  expect([...packages].toSorted()).toEqual(['@pisto/proof', 'eventsource-parser'])
  expect(files.size).toBeGreaterThan(25)
})

it('a journal needs a promise for IndexedDB and canonical JSON, and calling needs no journal', () => {
  expect([...walk(new URL('journal/journal.ts', import.meta.url)).packages].toSorted()).toEqual(['@pisto/proof', 'idb'])
  const { files } = walk(new URL('index.ts', import.meta.url))
  expect([...files].filter((path) => path.includes('/journal/'))).toEqual([])
})

it('needs no proofs for calling', () => {
  expect([...walk(new URL('pisto.ts', import.meta.url)).packages]).toEqual(['eventsource-parser'])
})
