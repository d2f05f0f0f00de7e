import type { MoneyOptions } from '../options.ts'

/** The query of an operation that moves money. */
export const dryRunOf = ({ dryRun }: MoneyOptions = {}): { dryRun?: true } => (dryRun ? { dryRun } : {})
