import type { Ledger, Queryable } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { decisionsCheck } from '../registrations/decisions-check.ts'
import { readLeaf } from './books/leaf.ts'
import { paymentsCheck } from './books/payments.ts'
import { qrCodesCheck } from './books/qr-codes.ts'
import { wrongRefundSums } from './books/refund-sums.ts'
import { refundsCheck } from './books/refunds.ts'
import { requestsCheck } from './books/requests.ts'
import type { PaymentBooksFinding, TableCheck } from './books/table-check.ts'

export type { PaymentBooksFinding } from './books/table-check.ts'

export interface PaymentBooksDeps {
  readonly db: Queryable
  readonly ledger: { readonly log: Pick<Ledger['log'], 'leaves'> }
  /** Opens notes of decisions; left out: their texts are not compared. */
  readonly personalData?: PersonalData | undefined
}

/** Findings at the most: whoever altered everything is told often enough. */
export const PAYMENT_FINDINGS_LIMIT = 100
const PAGE = 1_000

const TABLES: readonly TableCheck[] = [requestsCheck, qrCodesCheck, paymentsCheck, refundsCheck]

/**
 * Holds payments, refunds, payment requests, merchants' codes and operators' decisions against the log, both ways: each
 * row is what the transaction at its sequence says, and for each transaction there is its row, no older than it. Refunds sum to what their payment says.
 * The log itself is the business of the ledger's `verifyBooks`. Reads page by page, in bounded memory; rows written
 * meanwhile are checked, too.
 *
 * @returns Lowest leaf index first, at most `PAYMENT_FINDINGS_LIMIT`; empty: all is right.
 */
export async function checkPaymentBooks(deps: PaymentBooksDeps, tenantId: string): Promise<PaymentBooksFinding[]> {
  const found: PaymentBooksFinding[] = []
  for await (const finding of findings(deps, tenantId)) {
    found.push(finding)
    if (found.length >= PAYMENT_FINDINGS_LIMIT) break
  }
  return found.sort((a, b) => a.leafIndex - b.leafIndex)
}

async function* findings(deps: PaymentBooksDeps, tenantId: string): AsyncGenerator<PaymentBooksFinding> {
  const { db, ledger, personalData } = deps
  const tables = [...TABLES, decisionsCheck(personalData)]
  const leavesAfter = (after: number) => ledger.log.leaves(tenantId, { limit: PAGE, after })
  let last = 0
  for (let page = await leavesAfter(0); page.length > 0; ) {
    const to = page.at(-1)?.sequence ?? last
    const leaves = page.flatMap(({ sequence, leaf }) => readLeaf(sequence, leaf) ?? [])
    for (const table of tables) yield* await table.page(db, tenantId, { from: last + 1, to, leaves })
    last = to
    page = await leavesAfter(last)
    if (page.length > 0) continue
    const outside = (await Promise.all(tables.map((table) => table.outside(db, tenantId, last)))).flat()
    page = outside.length > 0 ? await leavesAfter(last) : [] // or were they written just now?
    if (page.length === 0) yield* outside
  }
  for await (const { paymentId: id, sequence, message } of wrongRefundSums(db, tenantId)) {
    yield { table: 'payments', id, sequence, leafIndex: sequence - 1, message }
  }
}
