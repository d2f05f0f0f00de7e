/** A PostgreSQL, or a folder. */
export type BooksPlace = { readonly url: string } | { readonly dataDir: string }

/** What a writing process is told on its standard input, as one line of JSON. */
export interface WriterTask {
  readonly seed: string
  /** Number of this process among those of its books, from 1. */
  readonly life: number
  /** Of the campaign: its ledger time. */
  readonly step: number
  readonly callerCount: number
  readonly books: BooksPlace
  readonly journal: string
  /** Where signers remember what they signed. */
  readonly signerFolder: string
  /** Keys that nobody answered yet. */
  readonly resend: readonly string[]
  /** Journals of the processes before it: it looks at what they left before it writes. Undefined: somebody else does. */
  readonly look: { readonly journals: readonly string[]; readonly lookedLife: number } | undefined
}

/** What it says on its standard output once the books are open and the first request has been answered. */
export const READY = 'ready'

/** Exit code: the database could not be reached, which is not the program's fault. */
export const UNREACHABLE = 75
