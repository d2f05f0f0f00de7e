import { decideEffects, type StateView } from '../decide.ts'
import type { LimitGroupState } from '../limits/limit-group.ts'
import type { Plan, TransferPlan } from '../model.ts'
import type { AccountState, HoldState } from '../state.ts'

export const NOW = new Date('2026-01-15T12:00:00.000Z')
export const TIME = { ledgerTime: NOW, day: '2026-01-15' }
export const LATER = new Date(NOW.getTime() + 1)
export const NOTHING = { debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n }
export const UNLIMITED = { single: undefined, day: undefined, month: undefined }

const account = (accountId: string, change: Partial<AccountState> = {}): AccountState => ({
  accountId,
  currency: 'GTQ',
  normalSide: 'credit',
  noOverdraft: true,
  status: 'open',
  limitGroupIds: [],
  ...NOTHING,
  ...change,
})

export const hold = (change: Partial<HoldState> = {}): HoldState => ({
  holdId: 'hold',
  debit: 'ana',
  credit: 'luis',
  amountMinor: 4_000n,
  currency: 'GTQ',
  expiresAt: LATER,
  status: 'pending',
  countedDay: null,
  ...change,
})

export const group = (change: Partial<LimitGroupState> = {}): LimitGroupState => ({
  groupId: 'group',
  ownerId: null,
  currency: 'GTQ',
  policyVersion: 'v1',
  limits: { in: UNLIMITED, out: UNLIMITED, balance: undefined },
  day: TIME.day,
  dayIn: 0n,
  dayOut: 0n,
  monthIn: 0n,
  monthOut: 0n,
  balanceMinor: 0n,
  mergedInto: null,
  ...change,
})

export const CASH = account('cash', { normalSide: 'debit', noOverdraft: false })
export const ANA = account('ana', { creditsPosted: 10_000n })
export const LUIS = account('luis')

export interface Books {
  readonly accounts?: readonly AccountState[]
  readonly holds?: readonly HoldState[]
  readonly groups?: readonly LimitGroupState[]
}

export const viewOf = ({ accounts = [CASH, ANA, LUIS], holds = [], groups = [] }: Books): StateView => ({
  account: (id) => accounts.find(({ accountId }) => accountId === id),
  hold: (id) => holds.find(({ holdId }) => holdId === id),
  limitGroup: (id) => groups.find(({ groupId }) => groupId === id),
})

export const decide = (plan: Omit<Plan<null>, 'purpose' | 'answer'>, books: Books = {}) =>
  decideEffects(viewOf(books), { purpose: 'test', answer: null, ...plan }, TIME)

export const move = (transfer: TransferPlan, books?: Books) => decide({ transfers: [transfer] }, books)

export const GTQ = (amount: string) => ({ amount, currency: 'GTQ' })
export const posted = (debit: string, credit: string, amount: string): TransferPlan => ({
  kind: 'posted',
  debit,
  credit,
  amount: GTQ(amount),
})
export const pending = (debit: string, credit: string, amount: string, expiresAt = LATER): TransferPlan => ({
  kind: 'pending',
  holdId: 'hold',
  debit,
  credit,
  amount: GTQ(amount),
  expiresAt,
})

export const refusal = (code: string, facts: Record<string, string>) => ({ ok: false, refusal: { code, facts } })
