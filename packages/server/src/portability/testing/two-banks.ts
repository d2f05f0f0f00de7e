import type { Merchant, Payment, Port } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { memoryStorage, type ObjectStorage } from '../../documents/storage/object-storage.ts'
import { merchantHandlers } from '../../merchants/handlers.ts'
import { paymentRequestHandlers } from '../../payment-requests/handlers.ts'
import { checkPaymentBooks } from '../../payments/books-check.ts'
import { paymentHandlers } from '../../payments/handlers.ts'
import { MemoryKeyring } from '../../payments/testing/memory-keyring.ts'
import { aConsumerWithWallet, fund } from '../../payments/testing/wallets.ts'
import type { Call } from '../../platform/http/call.ts'
import { qrHandlers } from '../../qr/handlers.ts'
import { qrCodeHandlers } from '../../qr-codes/handlers.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { submit } from '../../testing/merchants.ts'
import { aMerchant } from '../../testing/people.ts'
import { aCall, aTenant, type TestWorld } from '../../testing/test-world.ts'
import { portHandlers } from '../handlers.ts'
import type { PortDeps } from '../service.ts'
import { portDueHandlers } from '../worker.ts'

const CONSENT = { version: 'port-1', acceptedAt: '2026-11-24T11:59:00.000Z' }

/** One tenant, as its backend sees it. */
export interface Bank extends ReturnType<typeof bankOf> {}

/** Two banks of one country, and what moves between them. */
export interface TwoBanks {
  readonly deps: PortDeps
  readonly keys: MemoryKeyring
  readonly tenants: TenantProfile[]
  readonly storage: ObjectStorage
  readonly first: Bank
  readonly second: Bank
  bank(tenant: TenantProfile): Bank
  /** Does what is due at all tenants until nothing is, each item twice: once more changes nothing. */
  runDue(): Promise<void>
  /** What the tables of both say otherwise than their logs; empty: all is right. */
  findings(): Promise<unknown[]>
}

export async function openTwoBanks(world: TestWorld): Promise<TwoBanks> {
  const keys = new MemoryKeyring()
  const tenants = [await aTenant(world), await aTenant(world)]
  for (const tenant of tenants) for (const use of ['qr', 'receipt', 'evidence'] as const) keys.add(tenant, use)
  const storage = memoryStorage()
  const deps: PortDeps = {
    ...world,
    keys,
    storage,
    tenants: {
      get: async (wanted) => tenants.find(({ id }) => id === wanted),
      findByCode: async (wanted) => tenants.find(({ code }) => code === wanted),
    },
  }
  const bank = (tenant: TenantProfile): Bank => bankOf(world, deps, tenant)
  const [first, second] = tenants as [TenantProfile, TenantProfile]
  const handlers = portDueHandlers(deps)
  const runDue = async (): Promise<void> => {
    for (const { id: tenantId } of [...tenants, ...tenants, ...tenants, ...tenants]) {
      const due = await world.db.query<{ kind: string; reference: string; due_at: Date }>(
        'select kind, reference, due_at from due where tenant_id = $1 and due_at <= $2 order by due_at, kind',
        [toUuid(tenantId, 'ten'), world.clock.now()],
      )
      for (const { kind, reference, due_at: dueAt } of due) {
        const { signal } = new AbortController()
        await handlers[kind]?.({ tenantId, kind, reference, dueAt }, signal)
        await handlers[kind]?.({ tenantId, kind, reference, dueAt }, signal)
        await world.db.query('delete from due where tenant_id = $1 and kind = $2 and reference = $3', [
          toUuid(tenantId, 'ten'),
          kind,
          reference,
        ])
      }
    }
  }
  const findings = async () => (await Promise.all(tenants.map(({ id }) => checkPaymentBooks(world, id)))).flat()
  return { deps, keys, tenants, storage, first: bank(first), second: bank(second), bank, runDue, findings }
}

function bankOf(world: TestWorld, deps: PortDeps, tenant: TenantProfile) {
  const merchants = merchantHandlers(world)
  const ports = portHandlers(deps)
  const scanning = { ...deps, qrGuid: world.qrGuid }
  const codes = qrCodeHandlers(scanning)
  const payments = paymentHandlers(scanning)
  const requests = paymentRequestHandlers(scanning)
  const qr = qrHandlers(scanning)
  const call = (operation: string, key?: string): Call => aCall(tenant, operation, key)
  return {
    tenant,
    call,
    ports,
    codes,
    merchants,
    requests,
    /** An active merchant, registered as all are. */
    async merchant(change: Parameters<typeof aMerchant>[1] = {}, submission = {}): Promise<Merchant> {
      const { id: merchantId } = await merchants.createMerchant({ body: aMerchant('GT', change) }, call('create'))
      return submit(world, tenant, merchantId, submission)
    },
    offer: async (merchantId: string, toTenantCode: string): Promise<Port> =>
      ports.portMerchant({ merchantId, body: { toTenantCode, consent: CONSENT } }, call('portMerchant')),
    accept: async (portId: string): Promise<Port> => ports.acceptPort({ portId }, call('acceptPort')),
    cancel: async (portId: string): Promise<Port> => ports.cancelPort({ portId }, call('cancelPort')),
    port: async (portId: string): Promise<Port> => ports.getPort({ portId }, call('getPort')),
    getMerchant: async (merchantId: string): Promise<Merchant> =>
      merchants.getMerchant({ merchantId }, call('getMerchant')),
    resolve: async (payload: string) => qr.resolveQr({ body: { payload } }, call('resolveQr')),
    /** Somebody here pays. */
    async pay(payload: string, amount?: string): Promise<Payment> {
      const { accountId: payerAccountId } = await aConsumerWithWallet(world, tenant)
      await fund(world, tenant, payerAccountId, '50.00')
      const body = {
        ...{ payerAccountId, qr: payload },
        ...(amount !== undefined && { amount: { amount, currency: tenant.currency } }),
      }
      return payments.createPayment({ body, query: {} }, call('createPayment'))
    },
    async refund(paymentId: string, amount: string): Promise<void> {
      const body = { amount: { amount, currency: tenant.currency } }
      await payments.createRefund({ paymentId, body, query: {} }, call('createRefund'))
    },
    bundle: async (portId: string): Promise<string> => ports.getPortBundle({ portId }, call('getPortBundle')),
    receipt: async (paymentId: string): Promise<string> => {
      const receipt = await payments.getPaymentReceipt({ paymentId }, call('getPaymentReceipt'))
      if (typeof receipt !== 'object' || !('compact' in receipt)) throw new Error('no JSON')
      return receipt.compact
    },
    async balance(accountId: string | null): Promise<string | undefined> {
      return (await world.ledger.findAccount(tenant.id, accountId ?? ''))?.posted.amount
    },
    async events(): Promise<string[]> {
      const all = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 })
      return all.map(({ type, status }) => `${type} ${status}`)
    },
  }
}
