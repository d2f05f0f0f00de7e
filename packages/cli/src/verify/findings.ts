/** Something that is not what the log says. */
export interface Finding {
  /** What contradicts: a table, or what the API gives of it. */
  readonly where: string
  /** Index of the leaf concerned, from 0: its sequence less one. */
  readonly leafIndex: number
  readonly message: string
}

/** What was checked of one tenant, and what is wrong. */
export interface BooksVerdict {
  readonly tenantId: string
  readonly code: string
  readonly ok: boolean
  /** Leaves in the log. */
  readonly size: number
  /** Root over them, hexadecimal. */
  readonly root: string
  readonly accountCount: number
  readonly entryCount: number
  /** Lowest leaf index first. */
  readonly findings: readonly Finding[]
}
