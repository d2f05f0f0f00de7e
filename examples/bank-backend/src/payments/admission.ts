import type { Pisto, ResolvedQr } from '@pisto/sdk'
import type { CoreBanking } from '../core-banking/core-banking.ts'
import { type BankCode, BankProblem } from '../http/bank-problem.ts'
import type { Instruction } from './order.ts'

export interface AdmissionDeps {
  readonly core: Pick<CoreBanking, 'findCustomer'>
  readonly pisto: Pick<Pisto, 'qr' | 'paymentRequests'>
}

/**
 * Looks before money moves: the account is the customer's own, and the code can be paid with this amount. What changes
 * between this look and the payment is refused there, and undone; a customer should rarely see that on a statement.
 *
 * @throws {BankProblem} what is wrong
 * @throws {PistoApiError} the code cannot be read, is forged, or its payee is unknown
 */
export async function admit({ core, pisto }: AdmissionDeps, instruction: Instruction): Promise<void> {
  const { customerNumber, accountNumber, qr, amount } = instruction
  const [customer, code] = await Promise.all([core.findCustomer(customerNumber), pisto.qr.resolve({ payload: qr })])
  if (customer === undefined) throw new BankProblem('customer_not_found')
  if (!customer.accountNumbers.includes(accountNumber)) throw new BankProblem('account_unusable')
  if (!code.payable) throw new BankProblem(await whyNotPayable(pisto, code))
  if (code.amount === null) return
  if (code.amount.currency !== amount.currency) throw new BankProblem('currency_differs')
  if (code.amount.amount !== amount.amount) throw new BankProblem('amount_differs')
}

async function whyNotPayable(
  { paymentRequests }: AdmissionDeps['pisto'],
  { signature, paymentRequestId, payee }: ResolvedQr,
): Promise<BankCode> {
  if (signature === 'unsigned') return 'code_of_other_network'
  if (paymentRequestId === null) return payee.verified ? 'payee_unavailable' : 'code_of_other_network'
  const { status } = await paymentRequests.get(paymentRequestId)
  if (status === 'open') return 'payee_unavailable'
  return status === 'paid' || status === 'reserved' ? 'code_used' : 'code_expired'
}
