import type { JournalEntry } from './entry.ts'

/** Where a journal is kept: IndexedDB in browsers, a file in Node, or what you write yourself. */
export interface JournalStorage {
  /** Does some work while nobody else (another call, tab or process) does work of the same kind on this journal. */
  alone<T>(kind: 'write' | 'send', work: () => Promise<T>): Promise<T>
  /** All entries, by sequence. */
  read(): Promise<readonly JournalEntry[]>
  /** Those about one subject, by sequence. */
  about(subject: string): Promise<readonly JournalEntry[]>
  /** The newest sequence; 0: the journal is empty. */
  last(): Promise<number>
  /** All or none, and durable when it resolves. An entry whose sequence is there takes its place. */
  write(entries: readonly JournalEntry[]): Promise<void>
  close(): Promise<void>
}
