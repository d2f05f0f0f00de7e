import type {
  CountryCode,
  CreatePayment,
  CreatePaymentRequest,
  CreateQrCode,
  CreateRefund,
  Money,
  Payment,
  PaymentRequest,
  QrCode,
  Refund,
} from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { paymentRequestHandlers } from '../../payment-requests/handlers.ts'
import { paymentRequestDueHandlers } from '../../payment-requests/worker.ts'
import type { Call } from '../../platform/http/call.ts'
import { qrHandlers } from '../../qr/handlers.ts'
import { qrCodeHandlers } from '../../qr-codes/handlers.ts'
import { qrCodeDueHandlers } from '../../qr-codes/worker.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { aCall, aTenant, type TestWorld } from '../../testing/test-world.ts'
import { paymentHandlers } from '../handlers.ts'
import { paymentDueHandlers } from '../worker.ts'
import { MemoryKeyring } from './memory-keyring.ts'
import { aConsumerWithWallet, aMerchantWithWallet, fund, type Holder, type HolderOptions } from './wallets.ts'

/** A tenant with one merchant and one payer who has money: what a test of payments begins with. */
export interface Shop {
  readonly world: TestWorld
  readonly keys: MemoryKeyring
  readonly tenant: TenantProfile
  readonly merchant: Holder
  readonly payer: Holder
  readonly requests: ReturnType<typeof paymentRequestHandlers>
  readonly payments: ReturnType<typeof paymentHandlers>
  readonly qr: ReturnType<typeof qrHandlers>
  readonly codes: ReturnType<typeof qrCodeHandlers>
  money(amount: string): Money
  call(operation: string, key?: string, body?: unknown): Call
  charge(amount: string, change?: Partial<CreatePaymentRequest>): Promise<PaymentRequest>
  /** Makes a code of the merchant's. */
  code(body?: CreateQrCode, key?: string): Promise<QrCode>
  revoke(qrCodeId: string, reason?: string, key?: string): Promise<QrCode>
  pay(body: Omit<CreatePayment, 'payerAccountId'> & { payerAccountId?: string }, key?: string): Promise<Payment>
  refund(paymentId: string, amount: string, key?: string, change?: Partial<CreateRefund>): Promise<Refund>
  confirm(paymentId: string, key?: string): Promise<Payment>
  cancel(paymentId: string, key?: string): Promise<Payment>
  /** The account's posted and available balance. */
  balances(holder: Holder): Promise<readonly [posted: string | undefined, available: string | undefined]>
  /** Does what is due by now, as the worker of the platform would; each item twice. */
  runDue(): Promise<void>
}

export interface ShopOptions extends HolderOptions {
  readonly country?: CountryCode
  readonly funds?: string
}

export async function openShop(world: TestWorld, options: ShopOptions = {}): Promise<Shop> {
  const { country = 'GT', funds = '100.00' } = options
  const tenant = await aTenant(world, country)
  const keys = new MemoryKeyring()
  for (const use of ['qr', 'receipt'] as const) keys.add(tenant, use)
  const merchant = await aMerchantWithWallet(world, tenant, options)
  const payer = await aConsumerWithWallet(world, tenant)
  await fund(world, tenant, payer.accountId, funds)
  return shopOf(world, { tenant, keys, merchant, payer })
}

/** The same shop as another server sees it. */
export function shopOf(world: TestWorld, parts: Pick<Shop, 'tenant' | 'keys' | 'merchant' | 'payer'>): Shop {
  const { tenant, keys, merchant, payer } = parts
  const deps = { ...world, keys }
  const requests = paymentRequestHandlers(deps)
  const payments = paymentHandlers(deps)
  const codes = qrCodeHandlers(deps)
  const merchantId = merchant.id
  const money = (amount: string): Money => ({ amount, currency: tenant.currency })
  const call = (operation: string, key?: string, body?: unknown): Call => aCall(tenant, operation, key, body)
  return {
    ...parts,
    world,
    requests,
    payments,
    qr: qrHandlers(deps),
    codes,
    money,
    call,
    async charge(amount, change = {}) {
      const body = { merchantId, amount: money(amount), ...change }
      return requests.createPaymentRequest({ body }, call('createPaymentRequest'))
    },
    async code(body = {}, key) {
      return codes.createQrCode({ merchantId, body }, call('createQrCode', key, [merchantId, body]))
    },
    async revoke(qrCodeId, reason, key) {
      const body = { ...(reason !== undefined && { reason }) }
      return codes.revokeQrCode({ merchantId, qrCodeId, body }, call('revokeQrCode', key, [qrCodeId, body]))
    },
    async pay(change, key) {
      const body = { payerAccountId: payer.accountId, ...change }
      return payments.createPayment({ body, query: {} }, call('createPayment', key, body))
    },
    async refund(paymentId, amount, key, change = {}) {
      const body = { amount: money(amount), ...change }
      return payments.createRefund({ paymentId, body, query: {} }, call('createRefund', key, [paymentId, body]))
    },
    confirm: async (paymentId, key) =>
      payments.confirmPayment({ paymentId, query: {} }, call('confirmPayment', key, paymentId)),
    cancel: async (paymentId, key) =>
      payments.cancelPayment({ paymentId, query: {} }, call('cancelPayment', key, paymentId)),
    async balances({ accountId }) {
      const account = await world.ledger.findAccount(tenant.id, accountId)
      return [account?.posted.amount, account?.available.amount]
    },
    runDue: () => runDue(world, tenant),
  }
}

async function runDue(world: TestWorld, { id: tenantId }: TenantProfile): Promise<void> {
  const due = await world.db.query<{ kind: string; reference: string; due_at: Date }>(
    'select kind, reference, due_at from due where tenant_id = $1 and due_at <= $2 order by due_at',
    [toUuid(tenantId, 'ten'), world.clock.now()],
  )
  const handlers = { ...paymentDueHandlers(world), ...paymentRequestDueHandlers(world), ...qrCodeDueHandlers(world) }
  for (const { kind, reference, due_at: dueAt } of due) {
    const handle = handlers[kind as keyof typeof handlers]
    const { signal } = new AbortController()
    await handle?.({ tenantId, kind, reference, dueAt }, signal)
    await handle?.({ tenantId, kind, reference, dueAt }, signal)
  }
}

/** `done`, or the code of the problem: how things ended, for tables. */
export const endOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  )
