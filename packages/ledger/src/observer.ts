/** A batch that was written. */
export interface CommittedBatch {
  readonly tenantId: string
  /** Done and refused. */
  readonly decisionCount: number
  readonly transactionCount: number
  /** From sending the first statement to the commit. */
  readonly commitMs: number
}

/** Tells whoever runs a ledger what it does. Called at once: must be quick, must not throw. */
export interface LedgerObserver {
  onBatch(batch: CommittedBatch): void
  /** Another process had written before: the batch was undone and decided again. */
  onConflict(tenantId: string): void
}
