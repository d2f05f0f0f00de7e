import {
  type CreateTransaction,
  NotFound,
  PistoProblem,
  type PostTransaction,
  type ReverseTransaction,
  type Transaction,
  type VoidTransaction,
  WrongStatus,
} from '@pisto/contract'
import {
  findClaims,
  findHolds,
  type HoldView,
  type Plan,
  type Posted,
  reversalOf,
  type TransactionView,
  type TransferPlan,
} from '@pisto/ledger'
import { commitText } from '../platform/committed-text.ts'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { minorOf } from '../platform/minor.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { claimReversal, REVERSAL } from './reversals.ts'
import { holdsMadeBy, type Surroundings, showTransaction } from './show.ts'
import { insertTransactionTexts, NO_TEXT } from './texts.ts'

export type TransactionDeps = Pick<Runtime, 'db' | 'ledger' | 'ids' | 'random' | 'clock'>

/**
 * Moves or holds money between accounts of the books: all transfers, or none.
 *
 * @throws {PistoProblem} what `createTransaction` lists in the contract
 */
export function createTransaction(deps: TransactionDeps, call: Call, body: CreateTransaction): Promise<Transaction> {
  const { reference = null, metadata = {}, purpose = 'created' } = body
  const { salt, commitments } = commitText(deps.random, { reference, metadata })
  const holdIds = body.transfers.map(() => deps.ids.next('hld'))
  for (const { amount } of body.transfers) minorOf(amount)
  const text = { reference, metadata, salt }
  return perform<Transaction>(deps.ledger, call, ({ transactionId, ledgerTime }) => {
    const transfers = body.transfers.map((transfer, at) => planOf(transfer, holdIds[at] ?? '', ledgerTime))
    const holds = transfers.filter((transfer) => transfer.kind === 'pending')
    const plan = {
      purpose: `transaction.${purpose}`,
      transfers,
      events: [{ type: 'transaction.created', objectId: transactionId, status: 'created' }],
      commitments,
      companions: [
        ...(salt === null ? [] : [insertTransactionTexts.row(text)]),
        ...holds.map(({ holdId, expiresAt }) =>
          scheduleDue.row({ kind: 'hold.expire', reference: holdId, dueAt: expiresAt }),
        ),
      ],
    } as const
    const made = holds.map((hold): HoldView => ({ ...hold, transactionId, status: 'pending', posted: null }))
    return { ...plan, answer: answering(call, plan, moved(transfers), { holds: made, reversedBy: null, text }) }
  })
}

/**
 * Posts the holds of a transaction, all whole, or one of them in part.
 *
 * @throws {NotFound} `transaction_not_found`, `hold_not_found`
 * @throws {PistoProblem} `hold_resolved`, `hold_expired`, `hold_exceeded`, `currency_mismatch`; `request_invalid`: an
 *   amount without saying which of several holds
 */
export function postTransaction(
  deps: TransactionDeps,
  call: Call,
  id: string,
  { holdId, amount }: PostTransaction,
): Promise<Transaction> {
  return resolveHolds(deps, call, id, {
    holdId,
    purpose: 'transaction.posted',
    status: 'posted',
    resolve(holds) {
      if (amount === undefined) return holds.map((hold) => ({ kind: 'postPending', holdId: hold.holdId }))
      const [hold, ...others] = holds
      if (hold === undefined || others.length > 0) throw holdMissing()
      minorOf(amount)
      return [{ kind: 'postPending', holdId: hold.holdId, amount }]
    },
  })
}

/**
 * Voids the holds of a transaction, all or one of them.
 *
 * @throws {NotFound} `transaction_not_found`, `hold_not_found`
 * @throws {PistoProblem} `hold_resolved`
 */
export function voidTransaction(
  deps: TransactionDeps,
  call: Call,
  id: string,
  { holdId }: VoidTransaction,
): Promise<Transaction> {
  return resolveHolds(deps, call, id, {
    holdId,
    purpose: 'transaction.voided',
    status: 'voided',
    resolve: (holds) => holds.map((hold) => ({ kind: 'voidPending', holdId: hold.holdId })),
  })
}

/**
 * Undoes a transaction by another one, once.
 *
 * @throws {NotFound} `transaction_not_found`
 * @throws {WrongStatus} `transaction_reversed`
 * @throws {PistoProblem} `transaction_not_reversible`, `insufficient_funds`, `account_closed`, `account_frozen`
 */
export async function reverseTransaction(
  deps: TransactionDeps,
  call: Call,
  id: string,
  body: ReverseTransaction,
): Promise<Transaction> {
  const { reason: reference = null } = body
  const original = await requireTransaction(deps, call.tenantId, id)
  const { salt, commitments } = commitText(deps.random, { reference })
  const text = { reference, metadata: {}, salt }
  return perform<Transaction>(deps.ledger, call, async ({ reader }) => {
    if (!original.purpose.startsWith('transaction.')) {
      throw new PistoProblem('transaction_not_reversible', { purpose: original.purpose })
    }
    const known = (await findClaims(reader, call.tenantId, REVERSAL, [id])).get(id)
    if (known !== undefined) throw new WrongStatus('transaction_reversed', { transactionId: known })
    const transfers = reversalOf(original, await findHolds(reader, call.tenantId, holdsMadeBy(original)))
    const plan = {
      purpose: 'transaction.reversed',
      references: { transactionId: id },
      transfers,
      events: [{ type: 'transaction.reversed', objectId: id, status: 'reversed' }],
      commitments,
      companions: [claimReversal.row({ reference: id }), ...(salt === null ? [] : [insertTransactionTexts.row(text)])],
    } as const
    const shown = transfers.map((transfer) => movedBy(transfer, original))
    return { ...plan, answer: answering(call, plan, shown, { holds: [], reversedBy: null, text }) }
  })
}

/** @throws {NotFound} this tenant has no such transaction */
export async function requireTransaction(
  { ledger }: Pick<TransactionDeps, 'ledger'>,
  tenantId: string,
  id: string,
): Promise<TransactionView> {
  const transaction = await ledger.findTransaction(tenantId, id)
  if (transaction === undefined) throw new NotFound('transaction_not_found', { id })
  return transaction
}

interface Resolution {
  /** Undefined: every hold that is pending. */
  readonly holdId: string | undefined
  readonly purpose: 'transaction.posted' | 'transaction.voided'
  readonly status: 'posted' | 'voided'
  readonly resolve: (holds: readonly HoldView[]) => TransferPlan[]
}

async function resolveHolds(
  deps: TransactionDeps,
  call: Call,
  id: string,
  { holdId, purpose, status, resolve }: Resolution,
): Promise<Transaction> {
  const original = await requireTransaction(deps, call.tenantId, id)
  const made = holdsMadeBy(original)
  if (holdId !== undefined && !made.includes(holdId)) throw new NotFound('hold_not_found', { holdId })
  if (made.length === 0) throw new NotFound('hold_not_found', { transactionId: id })
  return perform<Transaction>(deps.ledger, call, async ({ reader }) => {
    const holds = await findHolds(reader, call.tenantId, holdId === undefined ? made : [holdId])
    const pending = holds.filter((hold) => hold.status === 'pending')
    const [settled] = holds
    if (pending.length === 0 && settled !== undefined) {
      throw new WrongStatus('hold_resolved', { holdId: settled.holdId, status: settled.status })
    }
    const transfers = resolve(pending)
    const plan = {
      purpose,
      references: { transactionId: id },
      transfers,
      events: [{ type: purpose, objectId: id, status }],
    } as const
    const shown = transfers.map((transfer) => movedBy(transfer, original))
    return { ...plan, answer: answering(call, plan, shown, { holds: [], reversedBy: null, text: NO_TEXT }) }
  })
}

type Moved = TransactionView['transfers'][number]
type NewTransfer = CreateTransaction['transfers'][number]
type NewTransferPlan = Extract<TransferPlan, { kind: 'posted' | 'pending' }>

function planOf(transfer: NewTransfer, holdId: string, ledgerTime: Date): NewTransferPlan {
  const { debitAccountId: debit, creditAccountId: credit, amount, hold } = transfer
  if (hold === undefined) return { kind: 'posted', debit, credit, amount }
  const expiresAt = new Date(ledgerTime.getTime() + hold.expiresInSeconds * 1000)
  return { kind: 'pending', holdId, debit, credit, amount, expiresAt }
}

const moved = (plans: readonly NewTransferPlan[]): Moved[] =>
  plans.map((plan) => {
    const { kind, debit, credit, amount } = plan
    return { kind, debit, credit, amount, holdId: plan.kind === 'pending' ? plan.holdId : null }
  })

/** A transfer that undoes or resolves one of another transaction, as it will be read. */
function movedBy(plan: TransferPlan, { transfers }: TransactionView): Moved {
  if (plan.kind === 'posted' || plan.kind === 'pending') return { ...plan, holdId: null }
  const held = transfers.find(({ holdId }) => holdId === plan.holdId)
  if (held === undefined) throw new Error(`${plan.holdId} is not of this transaction`)
  const { debit, credit } = held
  const amount = plan.kind === 'postPending' ? (plan.amount ?? held.amount) : held.amount
  return { kind: plan.kind, debit, credit, amount, holdId: plan.holdId }
}

/** The answer to whoever makes a transaction: the transaction. */
export const answering =
  (call: Call, plan: Pick<Plan<never>, 'purpose' | 'references'>, transfers: Moved[], around: Surroundings) =>
  ({ transactionId, sequence, ledgerTime }: Posted): Transaction => {
    const { purpose, references = {} } = plan
    const transaction = { transactionId, sequence, purpose, references, transfers, time: ledgerTime }
    return showTransaction(transaction, around, { livemode: call.livemode, now: ledgerTime })
  }

const holdMissing = (): PistoProblem =>
  new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: '/holdId',
          code: 'hold_missing',
          message: 'Several holds are pending: say which one the amount is of',
          messageEs: 'Hay varias retenciones pendientes: indique de cuál es el monto',
        },
      ],
    },
  )
