export { claimOnce, findClaims } from './claims.ts'
export * from './companion.ts'
export { createLedger } from './create-ledger.ts'
export * from './database/index.ts'
export { type Exchange, exchangeTransfers } from './exchange.ts'
export { findHolds, type HoldView } from './holds.ts'
export * from './ledger.ts'
export type { Direction, FlowLimits, Limits } from './limits/limits.ts'
export { localDay } from './limits/local-day.ts'
export type { FlowUse, LimitsView } from './limits/read.ts'
export { EPOCH_BEGUN, EpochNotNeeded, type LogEpoch, LogNotSigned } from './log-epochs.ts'
export * from './model.ts'
export { findAccount } from './reads/find.ts'
export type { JournalAccount, JournalPage, JournalTransaction } from './reads/journal.ts'
export type { AccountFilter } from './reads/list-accounts.ts'
export type { EntryFilter } from './reads/list-entries.ts'
export type { TransactionFilter } from './reads/list-transactions.ts'
export type { Period, SequenceRange } from './reads/moments.ts'
export type { BooksReports } from './reads/reports.ts'
export type { StatementEntry, StatementFrame } from './reads/statement.ts'
export type { AccountBalance, BalanceSums, TrialBalance, TrialBalanceLine } from './reads/trial-balance.ts'
export { reversalOf } from './reversal.ts'
export * from './runtime.ts'
export * from './signer-memory.ts'
export { folderMemory, SignerMemoryDamaged } from './signer-memory-folder.ts'
export * from './signing-refused.ts'
export * from './type-id.ts'
export {
  type BooksFinding,
  type BooksReport,
  FINDINGS_LIMIT,
  type VerifyBooksOptions,
  verifyBooks,
} from './verify.ts'
