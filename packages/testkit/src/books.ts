import { type BooksReport, createLedger, type Database, verifyBooks } from '@pisto/ledger'
import {
  checkPaymentBooks,
  DatabaseKeyring,
  type PaymentBooksFinding,
  systemClock,
  TenantDirectory,
} from '@pisto/server'

/** Something stored that is not what the log says. */
export interface BooksContradiction {
  readonly table: BooksReport['findings'][number]['table'] | PaymentBooksFinding['table']
  /** Index of the leaf concerned. */
  readonly leafIndex: number
  readonly message: string
}

/** What checking one tenant's books found. */
export interface TenantBooks extends Omit<BooksReport, 'findings'> {
  readonly code: string
  readonly name: string
  /** Lowest leaf index first; empty when all is right. */
  readonly findings: readonly BooksContradiction[]
}

/**
 * Recomputes the books of every tenant in a database from their logs, and holds all tables against them: ledger,
 * balances, checkpoints with their signatures, payments, refunds, payment requests. Changes nothing.
 *
 * @param db A sandbox's (`sandbox.db`), or one that was opened by `@pisto/ledger/database`.
 * @example
 * for (const { code, findings } of await checkBooks(sandbox.db)) expect(findings, code).toEqual([])
 */
export async function checkBooks(db: Database): Promise<readonly TenantBooks[]> {
  const keys = await new DatabaseKeyring({ db, systemClock, clock: systemClock }).published()
  const tenants = await new TenantDirectory({ db, systemClock }).list()
  const all: TenantBooks[] = []
  for (const { id, code, name } of tenants) {
    const signers = keys.filter(({ tenantId, use }) => tenantId === id && use === 'checkpoint')
    const books = await verifyBooks(db, id, { publicKeys: signers.map(({ publicKey }) => publicKey) })
    const payments = await checkPaymentBooks({ db, ledger: readOnlyLedger(db) }, id)
    const told = payments.map(({ table, id: row, leafIndex, message }) => {
      return { table, leafIndex, message: `${row}: ${message}` }
    })
    const findings = [...books.findings, ...told].toSorted((a, b) => a.leafIndex - b.leafIndex)
    all.push({ ...books, code, name, ok: findings.length === 0, findings })
  }
  return all
}

/** Only its log is read. */
const readOnlyLedger = (db: Database) =>
  createLedger({
    db,
    clock: systemClock,
    ids: {
      next: () => {
        throw new Error('nothing is written here')
      },
    },
    signer: async () => undefined,
  })
