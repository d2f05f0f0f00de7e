import {
  type AccountPlan,
  type EventPlan,
  type LedgerRequest,
  type LimitGroupPlan,
  type Plan,
  type PlanContext,
  type Posted,
  Refused,
  type TransferPlan,
  toUuid,
} from '@pisto/ledger'
import { Draws, seededBytes, seededId } from '../../seeded.ts'
import { insertOrders, type OrderStatus, payOrders } from './orders.ts'
import { quetzales } from './quetzales.ts'

/** What is asked for, and how often. */
const WEIGHTS = {
  pay: 32,
  split: 14,
  hold: 14,
  post: 10,
  void: 5,
  overdraw: 5,
  fund: 4,
  open: 3,
  tell: 3,
  decline: 3,
  nothing: 2,
  order: 6,
  settle: 6,
} as const

type Kind = keyof typeof WEIGHTS
const KINDS = (Object.keys(WEIGHTS) as Kind[]).flatMap((kind) => Array<Kind>(WEIGHTS[kind]).fill(kind))

/** One request, with all that it asks for. */
export interface CrashRequest {
  readonly key: string
  readonly limitGroups: readonly LimitGroupPlan[]
  readonly accounts: readonly AccountPlan[]
  readonly transfers: readonly TransferPlan[]
  readonly events: readonly EventPlan[]
  /** An order that is made, or paid. */
  readonly order?: { readonly orderId: string; readonly to: OrderStatus }
  /** The plan itself says no. */
  readonly isDeclined?: boolean
}

/** Its key; the books do not exist before it. */
export const OPENING = '0.0'

const WALLETS = 12
/** So many share one limit a day. */
const LIMITED_WALLETS = 4
/** Steps that meet every wallet before one again. */
const COPRIME = [1, 5, 7, 11]
const OPENING_BALANCE = 100_000n
const EPOCH_MS = Date.UTC(2026, 0, 15, 12)
const STEP_MS = 3_600_000

/** Ledger time of a step of the campaign: the same on every run. Days and their limits turn, holds expire. */
export const timeOfStep = (step: number): Date => new Date(EPOCH_MS + step * STEP_MS)

/**
 * The requests of a campaign's books. Each follows from the seed and its key, `LIFE.INDEX`, alone: the process that
 * sends it, the next one that sends it again and whoever checks what came of it know the same.
 */
export class CrashRequests {
  readonly seed: string
  readonly tenantId: string
  readonly cash: string
  readonly wallets: readonly string[]

  constructor(seed: string) {
    this.seed = seed
    this.tenantId = seededId('ten', seed)
    this.cash = seededId('acc', seed, 'cash')
    this.wallets = Array.from({ length: WALLETS }, (_, n) => seededId('acc', seed, 'wallet', n))
  }

  find(key: string): CrashRequest {
    if (key === OPENING) return this.#opening()
    const draws = new Draws(this.seed, key)
    return {
      key,
      limitGroups: [],
      accounts: [],
      transfers: [],
      events: [],
      ...this.#content(draws.pick(KINDS), key, draws),
    }
  }

  #opening(): CrashRequest {
    const groupId = seededId('lgr', this.seed)
    const limits = { out: { day: '1500.00' } }
    const wallets = this.wallets.map((accountId, n) => {
      return { ...account(accountId, 'wallet'), limitGroupIds: n < LIMITED_WALLETS ? [groupId] : [] }
    })
    return {
      key: OPENING,
      limitGroups: [{ groupId, ownerId: null, currency: 'GTQ', policyVersion: '1', limits }],
      accounts: [{ ...account(this.cash, 'cash'), normalSide: 'debit', noOverdraft: false }, ...wallets],
      transfers: this.wallets.map((wallet) => posted(this.cash, wallet, OPENING_BALANCE)),
      events: [],
    }
  }

  #content(kind: Kind, key: string, draws: Draws): Partial<CrashRequest> {
    const [payer, payee, ...others] = this.#someWallets(draws)
    const minor = BigInt(1 + draws.below(2_000))
    switch (kind) {
      case 'pay':
        return { transfers: [posted(payer, payee, minor)] }
      case 'split': {
        const payees = [payee, ...others].slice(0, 2 + draws.below(3))
        return { transfers: payees.map((wallet, n) => posted(payer, wallet, minor + BigInt(n))) }
      }
      case 'hold': {
        const expiresAt = timeOfStep(lifeOf(key) + (draws.oneIn(5) ? draws.below(3) : 100_000))
        const hold = { kind: 'pending', holdId: this.#idOf('hld', key), debit: payer, credit: payee } as const
        const fee = draws.oneIn(4) ? [posted(payer, this.cash, 25n)] : []
        return { transfers: [{ ...hold, amount: quetzales(minor), expiresAt }, ...fee] }
      }
      case 'post': {
        const held = this.#earlier('hold', key, draws)
        if (held === undefined) return { transfers: [posted(payer, payee, minor)] }
        const post = { kind: 'postPending', holdId: this.#idOf('hld', held) } as const
        const part = draws.oneIn(2) ? { amount: quetzales(minor) } : {} // a part, or more than is held
        return { transfers: [{ ...post, ...part }, ...(draws.oneIn(4) ? [posted(payer, payee, 10n)] : [])] }
      }
      case 'void': {
        const held = this.#earlier('hold', key, draws)
        if (held === undefined) return { transfers: [posted(payer, payee, minor)] }
        return { transfers: [{ kind: 'voidPending', holdId: this.#idOf('hld', held) }] }
      }
      case 'overdraw':
        return { transfers: [posted(payer, payee, 1n), posted(payer, payee, 100_000_000n)] }
      case 'fund':
        return { transfers: [posted(this.cash, payer, 5_000n)] }
      case 'open': {
        const opened = this.#idOf('acc', key)
        return { accounts: [account(opened, 'wallet')], transfers: [posted(payer, opened, 50n)] }
      }
      case 'tell':
        return { events: [{ type: 'crash.told', objectId: payer, status: 'told' }] }
      case 'decline':
        return { isDeclined: true }
      case 'nothing':
        return {}
      case 'order':
        return { transfers: [posted(payer, payee, minor)], order: { orderId: this.#idOf('ord', key), to: 'open' } }
      case 'settle': {
        const ordered = this.#earlier('order', key, draws)
        if (ordered === undefined) return { transfers: [posted(payer, payee, minor)] }
        return { transfers: [posted(payer, payee, minor)], order: { orderId: this.#idOf('ord', ordered), to: 'paid' } }
      }
    }
  }

  #idOf(prefix: string, key: string): string {
    return seededId(prefix, this.seed, key)
  }

  /** Five different ones. */
  #someWallets(draws: Draws): [string, string, ...string[]] {
    const [first, step] = [draws.below(WALLETS), draws.pick(COPRIME)]
    const walletAt = (n: number): string => this.wallets[(first + n * step) % WALLETS] ?? ''
    return [walletAt(0), walletAt(1), walletAt(2), walletAt(3), walletAt(4)]
  }

  /** A key of that kind that was probably sent before. */
  #earlier(kind: Kind, key: string, draws: Draws): string | undefined {
    const [life, index] = [lifeOf(key), Number(key.split('.')[1])]
    for (let attempt = 0; attempt < 12; attempt++) {
      const earlier = Math.max(1, life - (draws.oneIn(3) ? draws.below(4) : 0))
      const candidate = `${earlier}.${1 + draws.below(earlier === life ? index : 60)}`
      if (candidate !== key && new Draws(this.seed, candidate).pick(KINDS) === kind) return candidate
    }
    return undefined
  }
}

const lifeOf = (key: string): number => Number(key.split('.')[0])

const account = (accountId: string, purpose: string): AccountPlan => ({
  accountId,
  purpose,
  ownerId: null,
  currency: 'GTQ',
  normalSide: 'credit',
  noOverdraft: true,
})

const posted = (debit: string, credit: string, minor: bigint): TransferPlan & { kind: 'posted' } => ({
  kind: 'posted',
  debit,
  credit,
  amount: quetzales(minor),
})

/** @param body Another one than 0: the same key with another request. */
export const ledgerRequest = (tenantId: string, { key }: CrashRequest, body = 0): LedgerRequest => ({
  tenantId,
  clientId: 'crash',
  operation: 'crash',
  key,
  bodyHash: seededBytes(key, body),
})

/** What the ledger is asked to do. The answer names the key, so that whoever finds it knows whose it is. */
export function planOf(tenantId: string, request: CrashRequest): (context: PlanContext) => Promise<Plan<unknown>> {
  const { key, order } = request
  return async ({ reader }) => {
    if (request.isDeclined) throw new Refused('crash_declined', { key })
    if (order?.to === 'paid') {
      const [row] = await reader.query<{ status: string }>(
        'select status from crash_orders where tenant_id = $1 and order_id = $2',
        [toUuid(tenantId, 'ten'), toUuid(order.orderId, 'ord')],
      )
      if (row?.status !== 'open') throw new Refused('order_wrong_status', { orderId: order.orderId })
    }
    return {
      purpose: 'crash.moved',
      references: { key },
      limitGroups: request.limitGroups,
      accounts: request.accounts,
      transfers: request.transfers,
      events: request.events,
      companions: order ? [order.to === 'open' ? insertOrders.row(order) : payOrders.row(order)] : [],
      answer: ({ transactionId, sequence }: Posted) => ({ key, transactionId, sequence }),
    }
  }
}
