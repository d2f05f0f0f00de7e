import { type CrashFinding, checkBooks, type Looking } from './check-books.ts'
import { type JournalLine, readJournal } from './journal.ts'
import { Outside } from './outside.ts'

/** What a look at the books found that a killed process left. */
export interface Look {
  /** The newest process whose journal was looked at. */
  readonly life: number
  readonly findings: readonly CrashFinding[]
  /** Requests that were under way when processes died: those that had happened, and those that had not. */
  readonly whole: number
  readonly absent: number
}

/** What the world knew, up to a process. */
export interface Known {
  readonly life: number
  readonly open: ReadonlySet<string>
  readonly notes: ReadonlySet<string>
}

export const known = ({ open, notes }: Outside, life: number): Known => ({
  life,
  open: new Set(open),
  notes: new Set(notes),
})

/**
 * Looks at books that nobody writes to. Of the signed checkpoints it takes those that are new and the newest before.
 * @param before What was known at the last look.
 */
export async function look(looking: Looking, life: number, before: Known): Promise<Look> {
  const { open, notes } = looking.outside
  const newNotes = [...notes].filter((note) => !before.notes.has(note))
  const { findings, done } = await checkBooks(looking, [...[...before.notes].slice(-1), ...newNotes])
  const cut = open.filter((key) => !before.open.has(key))
  const whole = cut.filter((key) => done.has(key)).length
  return { life, findings, whole, absent: cut.length - whole }
}

/** The same for a process that has only the journals. @param journals Of each process in turn, the first is number 1. */
export async function lookByJournals(
  looking: Omit<Looking, 'outside'>,
  journals: readonly string[],
  lookedLife: number,
): Promise<JournalLine> {
  const outside = new Outside()
  const read = (paths: readonly string[]): void => {
    for (const path of paths) outside.read([readJournal(path)])
  }
  read(journals.slice(0, lookedLife))
  const before = known(outside, lookedLife)
  read(journals.slice(lookedLife))
  return { kind: 'looked', look: await look({ ...looking, outside }, journals.length, before) }
}
