import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { matchJson, matchText, readPath } from './answers.ts'
import { type Block, blocksOf, PAGES, ROOT, read } from './markdown.ts'
import { runBlock } from './run-block.ts'

/**
 * Runs what the pages show, in the order of each page, against one sandbox. A block marked `run` is run; an `answer`
 * after it is compared with what it printed, where `…` stands for anything. `ID=path` in an answer's fence is what the
 * reader keeps for the steps after it: `export ID=…`.
 */
let sandbox: Sandbox
let folder: string
let environment: Record<string, string>

beforeAll(async () => {
  sandbox = await startSandbox()
  folder = await mkdtemp(join(tmpdir(), 'pisto-docs-'))
  // `npx --yes pnpm@12 pisto …` as the reader types it, without asking the registry each time
  const npx = `#!/bin/sh\n[ "$1 $2 $3" = "--yes pnpm@12 pisto" ] || exit 64\nshift 3\nexec node '${ROOT}/packages/cli/src/main.ts' "$@"\n`
  await writeFile(join(folder, 'npx'), npx, { mode: 0o755 })
  environment = {
    PATH: [folder, join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
    PISTO_URL: sandbox.url,
    PISTO_KEY: sandbox.tenant('GT').apiKey,
    KEY_HN: sandbox.tenant('HN').apiKey,
    KEY_SV: sandbox.tenant('SV').apiKey,
    KEY_COOP: sandbox.tenants.find(({ name }) => name.startsWith('Cooperativa'))?.apiKey ?? '',
    TMPDIR: folder,
  }
})
afterAll(async () => {
  await sandbox?.stop()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

const pages = PAGES.map((page) => [page, blocksOf(read(page))] as const).filter(([, blocks]) => blocks.some(isRun))

function isRun({ words }: Block): boolean {
  return words[0] === 'run'
}

it.each(pages)('%s shows what happens', { timeout: 180_000 }, runPage)

async function runPage(page: string, blocks: readonly Block[]): Promise<void> {
  await using place = await programFolder(page)
  const kept: Record<string, string> = {}
  let printed: string | undefined
  for (const block of blocks) {
    const at = `${page}:${block.line}`
    if (isRun(block)) {
      const surroundings = { cwd: ROOT, folder: place.path, environment: { ...environment, ...kept } }
      printed = await runBlock(block, surroundings, at)
    } else if (block.words[0] === 'answer') {
      if (printed === undefined) throw new Error(`${at}: an answer to nothing`)
      compare(block, printed, at)
      for (const word of block.words.slice(1)) {
        const [name = '', path = ''] = word.split('=')
        kept[name] = readPath(JSON.parse(printed), path)
      }
    }
  }
}

/** Where a page's programs find their packages: those of a package's page in the package, others in the repository. */
async function programFolder(page: string): Promise<AsyncDisposable & { readonly path: string }> {
  const [own] = /^packages\/[a-z]+/.exec(page) ?? []
  const parent = join(ROOT, own === undefined ? 'tmp' : `${own}/dist`) // Git ignores both
  await mkdir(parent, { recursive: true })
  const path = await mkdtemp(join(parent, 'docs-'))
  const remove = async (): Promise<void> => {
    await rm(path, { recursive: true })
    await rmdir(parent).catch(() => undefined) // somebody else's things are in it
  }
  return { path, [Symbol.asyncDispose]: remove }
}

function compare({ language, text }: Block, printed: string, place: string): void {
  if (language === 'json') expect(matchJson(JSON.parse(text), JSON.parse(printed)), place).toEqual([])
  else expect(matchText(text, printed), `${place}: ${printed}`).toBe(true)
}

it('no page has an answer without a run, or a mark that means nothing', () => {
  for (const page of PAGES) {
    for (const { words, line, language } of blocksOf(read(page))) {
      if (words.length === 0) continue
      expect(['run', 'answer'], `${page}:${line}`).toContain(words[0])
      if (words[0] === 'run') expect(['sh', 'ts'], `${page}:${line}`).toContain(language)
    }
  }
})
