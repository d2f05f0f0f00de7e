export * from './companion.ts'
export { createLedger } from './create-ledger.ts'
export * from './database/index.ts'
export * from './ledger.ts'
export * from './model.ts'
export * from './runtime.ts'
export * from './type-id.ts'
export {
  type BooksFinding,
  type BooksReport,
  FINDINGS_LIMIT,
  type VerifyBooksOptions,
  verifyBooks,
} from './verify.ts'
