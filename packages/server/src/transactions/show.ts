import type { Transaction } from '@pisto/contract'
import { findClaims, findHolds, type HoldView, type Queryable, type TransactionView } from '@pisto/ledger'
import { REVERSAL } from './reversals.ts'
import { findTransactionTexts, NO_TEXT, type TransactionText } from './texts.ts'

/** What is not in the transaction's leaf, since it came later or may be erased. */
export interface Surroundings {
  readonly holds: readonly HoldView[]
  readonly reversedBy: string | null
  readonly text: TransactionText
}

export interface ShowOptions {
  readonly livemode: boolean
  /** Business time: a hold is expired from its expiry on, whether booked or not. */
  readonly now: Date
}

/** Transactions as the API shows them, with what became of them. */
export async function showTransactions(
  db: Queryable,
  tenantId: string,
  transactions: readonly TransactionView[],
  options: ShowOptions,
): Promise<Transaction[]> {
  const ids = transactions.map(({ transactionId }) => transactionId)
  const [holds, reversals, texts] = await Promise.all([
    findHolds(db, tenantId, transactions.flatMap(holdsMadeBy)),
    findClaims(db, tenantId, REVERSAL, ids),
    findTransactionTexts(db, tenantId, ids),
  ])
  return transactions.map((transaction) => {
    const { transactionId: id } = transaction
    const made = new Set(holdsMadeBy(transaction))
    const around = {
      holds: holds.filter(({ holdId }) => made.has(holdId)),
      reversedBy: reversals.get(id) ?? null,
      text: texts.get(id) ?? NO_TEXT,
    }
    return showTransaction(transaction, around, options)
  })
}

/** Ids of the holds that a transaction made. */
export const holdsMadeBy = ({ transfers }: Pick<TransactionView, 'transfers'>): string[] =>
  transfers.flatMap(({ kind, holdId }) => (kind === 'pending' && holdId !== null ? [holdId] : []))

export function showTransaction(
  transaction: Omit<TransactionView, 'events'>,
  { holds, reversedBy, text }: Surroundings,
  { livemode, now }: ShowOptions,
): Transaction {
  return {
    id: transaction.transactionId,
    livemode,
    sequence: transaction.sequence,
    purpose: transaction.purpose,
    references: transaction.references,
    transfers: transaction.transfers.map(({ kind, debit, credit, amount, holdId }) => ({
      kind,
      debitAccountId: debit,
      creditAccountId: credit,
      amount: amount as Transaction['transfers'][number]['amount'],
      holdId,
    })),
    holds: holds.map((hold) => showHold(hold, now)),
    reversedBy,
    reference: text.reference,
    metadata: text.metadata,
    time: transaction.time.toISOString(),
  }
}

type Hold = Transaction['holds'][number]

const showHold = ({ holdId, amount, status, posted, expiresAt }: HoldView, now: Date): Hold => ({
  id: holdId,
  amount: amount as Hold['amount'],
  status: status === 'pending' && now >= expiresAt ? 'expired' : status,
  postedAmount: posted as Hold['postedAmount'],
  expiresAt: expiresAt.toISOString(),
})
