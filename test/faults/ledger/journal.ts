import { openSync, readFileSync, statSync, writeSync } from 'node:fs'
import type { Decided } from '@pisto/ledger'
import type { Look } from './look.ts'

/** What a process told the world, in order. It is written before anything follows from it. */
export type JournalLine =
  | { readonly kind: 'sent'; readonly key: string }
  | {
      readonly kind: 'answered'
      readonly key: string
      readonly replayed: boolean
      readonly ok: boolean
      /** JSON of the answer or the refusal. */
      readonly outcome: string
    }
  /** The database did not answer: nobody knows what happened. */
  | { readonly kind: 'lost'; readonly key: string }
  /** A signed checkpoint that was given out. */
  | { readonly kind: 'note'; readonly note: string }
  /** It found the books that the processes before it left. */
  | { readonly kind: 'looked'; readonly look: Look }
  /** What must never happen. */
  | { readonly kind: 'wrong'; readonly message: string }

export const answered = (key: string, decided: Decided<unknown>): JournalLine => ({
  kind: 'answered',
  key,
  replayed: decided.replayed,
  ok: decided.ok,
  outcome: JSON.stringify(decided.ok ? decided.answer : decided.refusal),
})

/** Appends to a file. What is written survives the process, since the system holds it. */
export function openJournal(path: string): (line: JournalLine) => void {
  const file = openSync(path, 'a')
  return (line) => void writeSync(file, `${JSON.stringify(line)}\n`)
}

/** A last line that was cut off is none. */
export function readJournal(path: string): JournalLine[] {
  const lines = readText(path).split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as JournalLine)
}

/** Bytes. */
export const journalSize = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '' // killed before it was made
    throw error
  }
}
