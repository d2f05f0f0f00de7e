import type { JournalLine } from './journal.ts'
import type { Look } from './look.ts'

export interface Seen {
  readonly ok: boolean
  /** JSON, byte for byte. */
  readonly outcome: string
}

/** All that the world has been told about some books: it is what the books must keep to. */
export class Outside {
  /** Every key that was sent; undefined: nobody has answered it. */
  readonly keys = new Map<string, Seen | undefined>()
  /** Every signed checkpoint that was given out, in the order in which they were seen. */
  readonly notes = new Set<string>()
  /** What processes found that looked at the books before they wrote. */
  readonly looks: Look[] = []
  /** Answers that contradict each other. */
  readonly contradictions: string[] = []
  readonly counts = { sent: 0, done: 0, refused: 0, replayed: 0, lost: 0 }
  readonly #firsts = new Set<string>()

  /** Takes in what processes told before they were killed. @param journals Of processes that ran side by side. */
  read(journals: readonly (readonly JournalLine[])[]): void {
    const before = new Map(this.keys)
    for (const line of journals.flat()) {
      if (line.kind === 'sent') this.#sent(line.key)
      else if (line.kind === 'answered') this.#answered(line, before)
      else if (line.kind === 'lost') this.counts.lost++
      else if (line.kind === 'note') this.notes.add(line.note)
      else if (line.kind === 'looked') this.looks.push(line.look)
      else this.contradictions.push(line.message)
    }
  }

  /** Keys that were answered. */
  get answered(): string[] {
    return [...this.keys].flatMap(([key, seen]) => (seen === undefined ? [] : [key]))
  }

  /** Keys that were sent and that nobody has answered. */
  get open(): string[] {
    return [...this.keys].flatMap(([key, seen]) => (seen === undefined ? [key] : []))
  }

  #sent(key: string): void {
    this.counts.sent++
    if (!this.keys.has(key)) this.keys.set(key, undefined)
  }

  #answered(line: JournalLine & { kind: 'answered' }, before: ReadonlyMap<string, Seen | undefined>): void {
    const { key, ok, outcome, replayed } = line
    const seen = this.keys.get(key)
    if (seen && seen.outcome !== outcome) {
      this.contradictions.push(`${key} was answered ${seen.outcome}, later ${outcome}`)
    }
    if (replayed) this.counts.replayed++
    else {
      if (this.#firsts.has(key)) this.contradictions.push(`${key} was decided twice`)
      if (before.get(key)) this.contradictions.push(`${key} had been answered and was decided anew`)
      this.#firsts.add(key)
    }
    if (seen === undefined) this.counts[ok ? 'done' : 'refused']++
    this.keys.set(key, { ok, outcome })
  }
}
