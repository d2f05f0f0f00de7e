import { type CreatePayment, NotFound, type Payment as PaymentAnswer, PistoProblem } from '@pisto/contract'
import type { AccountView, Plan, PlanContext, Queryable } from '@pisto/ledger'
import { formatMinor, MAX_MINOR } from '@pisto/money/text'
import { requireCodesRequest } from '../payment-requests/code-request.ts'
import { requireOpen } from '../payment-requests/moves.ts'
import { commitText } from '../platform/committed-text.ts'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { minorOf, moneyOf } from '../platform/minor.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { isPaidHere } from '../qr/service.ts'
import { requireActive } from '../qr-codes/moves.ts'
import { requireScannedCode } from '../qr-codes/scanned-code.ts'
import { onTopOf } from '../qr-codes/tip.ts'
import { requirePayee } from '../registrations/payees.ts'
import { requirePayer } from '../registrations/payers.ts'
import { insertPaymentDevices } from './devices.ts'
import { type Instruction, readInstruction } from './instruction.ts'
import { type Payment, type PaymentDraft, placed, showPayment, textOf } from './payment.ts'
import { nextStatus } from './states.ts'
import { findPayment, insertPayments } from './store.ts'
import { type Taken, takenOf } from './taken.ts'

export type PaymentDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'clock' | 'systemClock' | 'ids' | 'random' | 'keys' | 'qrGuid'
>

/** Accounts that people pay from; the tenant's own accounts move by their own operations. */
const WALLETS: ReadonlySet<string> = new Set(['merchantWallet', 'consumerWallet'])

const EXPIRES_IN_SECONDS = 900

/**
 * Pays by code or alias: at once, or as a hold to be confirmed. Money, payment, the status of its request or code and the
 * events commit together or not at all; of several payments for one request or one-shot code exactly one does.
 *
 * Decided in this order: payer, code, payee, request or merchant's code, currency; then the ledger: accounts, balance.
 *
 * @throws {NotFound} `account_not_found`, `payment_request_not_found`, `qr_code_not_found`
 * @throws {PistoProblem} what `createPayment` lists in the contract
 */
export async function createPayment(deps: PaymentDeps, call: Call, body: CreatePayment): Promise<PaymentAnswer> {
  const { tenantId, tenant, livemode } = call
  const { payerAccountId, reference = null, metadata = {} } = body
  const [instruction, payer] = await Promise.all([
    readInstruction({ ...deps, livemode }, body, (template) => isPaidHere(deps.db, tenant, template)),
    deps.ledger.findAccount(tenantId, payerAccountId), // of what never changes: its owner, its currency
  ])
  const { salt, commitments } = commitText(deps.random, textOf({ reference, metadata }))
  const started = { id: deps.ids.next('pay'), payerAccountId, reference, metadata, salt }
  const hold = holdOf(deps, body)

  return perform<PaymentAnswer>(deps.ledger, call, async (context) => {
    const { ledgerTime } = context
    requireWallet(payer, payerAccountId)
    await requirePayer(context.reader, tenantId, payer)
    if (instruction instanceof PistoProblem) throw instruction
    const { taken, ...order } = await decideOrder(context, tenantId, instruction)
    if (order.currency !== payer.currency) throw new PistoProblem('currency_mismatch', { currency: payer.currency })

    const created = { ...started, ...order, ...NEW, createdAt: ledgerTime }
    const { payment, ...effect } = hold ? held(created, taken, hold, ledgerTime) : paid(created, taken, ledgerTime)
    return {
      ...effect,
      references: referencesOf(payment),
      commitments,
      companions: [
        insertPayments.row(payment),
        ...(call.person ? [insertPaymentDevices.row({ ...payment, device: call.person.deviceThumbprint })] : []),
        ...(effect.companions ?? []),
      ],
      answer: (posted) => showPayment(placed(payment, posted), livemode, ledgerTime, call.person),
    }
  })
}

/** @throws {NotFound} this tenant has no such payment */
export async function requirePayment(reader: Queryable, tenantId: string, id: string): Promise<Payment> {
  const payment = await findPayment(reader, tenantId, id)
  if (payment === undefined) throw new NotFound('payment_not_found', { id })
  return payment
}

/** What the leaf says of a payment: ids, and which part of the money is a tip or fee. */
export const referencesOf = ({
  id,
  merchantId,
  paymentRequestId,
  qrCodeId,
  tipMinor,
  currency,
}: Pick<PaymentDraft, 'id' | 'merchantId' | 'paymentRequestId' | 'qrCodeId' | 'tipMinor' | 'currency'>): Record<
  string,
  string
> => ({
  paymentId: id,
  merchantId,
  ...(paymentRequestId !== null && { paymentRequestId }),
  ...(qrCodeId !== null && { qrCodeId }),
  ...(tipMinor !== 0n && { tip: formatMinor(tipMinor, currency) }),
})

const NEW = { refundedMinor: 0n, holdId: null, expiresAt: null, completedAt: null } as const

type Created = Omit<PaymentDraft, 'status'>
type Effect = Omit<Plan<never>, 'answer' | 'references'> & { readonly payment: PaymentDraft }

interface Hold {
  readonly holdId: string
  readonly expiresInSeconds: number
}

function holdOf({ ids }: PaymentDeps, { confirmation, expiresInSeconds }: CreatePayment): Hold | undefined {
  if (confirmation !== 'later') return undefined
  return { holdId: ids.next('hld'), expiresInSeconds: expiresInSeconds ?? EXPIRES_IN_SECONDS }
}

function requireWallet(account: AccountView | undefined, id: string): asserts account is AccountView {
  if (account === undefined || account.ownerId === null || !WALLETS.has(account.purpose)) {
    throw new NotFound('account_not_found', { id })
  }
}

type Order = Pick<
  PaymentDraft,
  | 'merchantId'
  | 'payeeAlias'
  | 'payeeAccountId'
  | 'amountMinor'
  | 'tipMinor'
  | 'currency'
  | 'paymentRequestId'
  | 'qrCodeId'
  | 'memberId'
  | 'challenge'
> & { readonly taken: Taken | undefined }

/** Who is paid, how much in all, for which request: on what is true at the head that the ledger decides on. */
async function decideOrder(
  { reader, ledgerTime }: PlanContext,
  tenantId: string,
  { alias, amount, tip, code }: Instruction,
): Promise<Order> {
  const payee = await requirePayee(reader, tenantId, alias)
  const { merchantId, accountId } = payee
  if (!payee.acceptPayments || accountId === null) throw new PistoProblem('payee_inactive', { merchantId })
  const request = code && (await requireCodesRequest(reader, tenantId, { payee, ...code }))
  if (request) requireOpen(request, ledgerTime)
  const scanned = code && (await requireScannedCode(reader, tenantId, { payee, ...code }))
  if (scanned) requireActive(scanned, ledgerTime)
  const asked = minorOf(amount)
  const tipMinor = scanned ? onTopOf(asked, scanned.tip, tip === undefined ? 0n : minorOf(tip)) : 0n
  if (asked + tipMinor > MAX_MINOR) throw new PistoProblem('amount_too_large', { ...amount })
  return {
    merchantId,
    payeeAlias: payee.alias,
    payeeAccountId: accountId,
    amountMinor: asked + tipMinor,
    tipMinor,
    currency: amount.currency,
    paymentRequestId: request?.id ?? null,
    qrCodeId: scanned?.id ?? null,
    memberId: request?.memberId ?? null,
    challenge: request?.challenge ?? null,
    taken: takenOf(request, scanned),
  }
}

/** In one step: the money is the payee's now. */
function paid(created: Created, taken: Taken | undefined, time: Date): Effect {
  const payment = { ...created, status: nextStatus('created', 'complete'), completedAt: time }
  const move = taken?.complete(payment.id, time)
  return {
    payment,
    purpose: 'payment.completed',
    transfers: [{ kind: 'posted', ...partiesOf(payment) }],
    events: [{ type: 'payment.completed', objectId: payment.id, status: payment.status }, ...(move?.events ?? [])],
    companions: move?.companions ?? [],
  }
}

/** In two steps: the money is kept for the payee until it is confirmed, cancelled or expired. */
function held(created: Created, taken: Taken | undefined, hold: Hold, time: Date): Effect {
  const { holdId } = hold
  const expiresAt = new Date(time.getTime() + hold.expiresInSeconds * 1000)
  const payment = { ...created, status: nextStatus('created', 'hold'), holdId, expiresAt }
  const move = taken?.reserve(payment.id, expiresAt, time)
  return {
    payment,
    purpose: 'payment.held',
    transfers: [{ kind: 'pending', holdId, expiresAt, ...partiesOf(payment) }],
    events: [{ type: 'payment.held', objectId: payment.id, status: payment.status }, ...(move?.events ?? [])],
    companions: [
      scheduleDue.row({ kind: 'payment.expire', reference: payment.id, dueAt: expiresAt }),
      ...(move?.companions ?? []),
    ],
  }
}

const partiesOf = ({ payerAccountId, payeeAccountId, amountMinor, currency }: PaymentDraft) => ({
  debit: payerAccountId,
  credit: payeeAccountId,
  amount: moneyOf(amountMinor, currency),
})
