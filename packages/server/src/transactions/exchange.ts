import { type CreateExchange, NotFound, PistoProblem, type Transaction } from '@pisto/contract'
import { exchangeTransfers, type Ledger } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { minorOf } from '../platform/minor.ts'
import { perform } from '../platform/perform.ts'
import { answering, type TransactionDeps } from './service.ts'
import { NO_TEXT } from './texts.ts'

/**
 * Exchanges one currency for another through the institution's exchange accounts. What is less than a minor unit of the
 * other currency is booked on its rounding account.
 *
 * @throws {NotFound} `account_not_found`
 * @throws {PistoProblem} `exchange_account_missing`, `exchange_too_small`, and what any transfer is refused for
 */
export async function createExchange(
  { ledger }: Pick<TransactionDeps, 'ledger'>,
  call: Call,
  { debitAccountId, creditAccountId, amount, rate }: CreateExchange,
): Promise<Transaction> {
  const { tenantId } = call
  minorOf(amount)
  const credit = await ledger.findAccount(tenantId, creditAccountId)
  if (credit === undefined) throw new NotFound('account_not_found', { id: creditAccountId })
  const { currency } = credit
  const [from, to, roundingAccount] = await Promise.all([
    findOwn(ledger, tenantId, 'exchange', amount.currency),
    findOwn(ledger, tenantId, 'exchange', currency),
    findOwn(ledger, tenantId, 'rounding', currency),
  ])
  return perform<Transaction>(ledger, call, ({ transactionId }) => {
    if (currency === amount.currency) throw new PistoProblem('currency_mismatch', { currency })
    const transfers = exchangeTransfers({
      debit: debitAccountId,
      credit: creditAccountId,
      amount,
      currency,
      rate,
      exchangeAccounts: { from: required(from, 'exchange', amount.currency), to: required(to, 'exchange', currency) },
      roundingAccount: required(roundingAccount, 'rounding', currency),
    })
    const plan = {
      purpose: 'transaction.exchanged',
      references: { rate },
      transfers,
      events: [{ type: 'transaction.created', objectId: transactionId, status: 'created' }],
    } as const
    const moved = transfers.flatMap((transfer) => (transfer.kind === 'posted' ? [{ ...transfer, holdId: null }] : []))
    return { ...plan, answer: answering(call, plan, moved, { holds: [], reversedBy: null, text: NO_TEXT }) }
  })
}

/** The oldest account of the institution's own with that purpose. */
async function findOwn(
  ledger: Ledger,
  tenantId: string,
  purpose: 'exchange' | 'rounding',
  currency: string,
): Promise<string | undefined> {
  const { data } = await ledger.listAccounts(tenantId, { limit: 100, purpose, status: 'open' })
  return data.findLast((account) => account.currency === currency)?.accountId
}

function required(accountId: string | undefined, purpose: string, currency: string): string {
  if (accountId === undefined) throw new PistoProblem('exchange_account_missing', { purpose, currency })
  return accountId
}
