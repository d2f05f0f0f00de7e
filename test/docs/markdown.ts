import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

/** Every page that people read, by path from the root. */
export const PAGES: readonly string[] = [
  ...globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md'], { cwd: ROOT }),
].toSorted()

export const read = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8')

/** A fenced block: ```` ```sh run ```` */
export interface Block {
  /** `sh`, `ts`, `json`, … */
  readonly language: string
  /** What follows the language: `run`, `answer ID=id`. */
  readonly words: readonly string[]
  readonly text: string
  /** Where the fence is, from 1. */
  readonly line: number
}

/** The fenced blocks of a page, in order. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open:
    | { readonly fence: string; readonly info: string; readonly line: number; readonly lines: string[] }
    | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const [, fence, info = ''] = /^\s*(`{3,})(.*)$/.exec(line) ?? []
    if (open === undefined && fence !== undefined) open = { fence, info, line: index + 1, lines: [] }
    else if (open !== undefined && fence === open.fence && info === '') {
      const [language = '', ...words] = open.info.trim().split(/\s+/)
      blocks.push({ language, words, text: open.lines.join('\n'), line: open.line })
      open = undefined
    } else open?.lines.push(line)
  }
  return blocks
}

/** A page without its code: what is left is prose with links. */
export const proseOf = (text: string): string =>
  text.replaceAll(/^\s*(`{3,}).*\n[\s\S]*?^\s*\1$/gm, '').replaceAll(/`[^`\n]*`/g, '`…`')

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

export const anchorsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)))
