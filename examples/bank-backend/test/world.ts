import { randomUUID } from 'node:crypto'
import { type Merchant, type Money, type Payment, type PaymentRequest, Pisto } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, aPerson, type Sandbox, startSandbox } from '@pisto/testkit'
import nock from 'nock'
import { compose, type Patience } from '../src/compose.ts'
import type { BankCustomer } from '../src/core-banking/core-banking.ts'
import { httpCoreBanking } from '../src/core-banking/http-core-banking.ts'
import { gatewaySession } from '../src/http/session.ts'
import { type EventCursor, memoryCursor } from '../src/notifications/cursor.ts'
import type { Notification } from '../src/notifications/notifier.ts'
import type { Journal } from '../src/payments/journal.ts'
import { OrderIndex } from '../src/payments/order-index.ts'
import { type Clock, systemClock } from '../src/platform/clock.ts'
import { listenOnLoopback } from '../src/platform/listen.ts'
import { createLog } from '../src/platform/log.ts'
import { CORE_URL, CoreStub } from './core-stub.ts'

/** A real Pisto sandbox, a stubbed core system, and people who are customers of the bank. */
export interface World {
  readonly sandbox: Sandbox
  readonly pisto: Pisto
  readonly core: CoreStub
  /** The bank's paying wallet, with Q10,000.00 in it. */
  readonly payerAccountId: string
  /** A wallet that is not the bank's, with Q10,000.00 in it. */
  readonly otherWalletId: string
  /** A merchant whom the bank's customers pay. */
  readonly merchant: Merchant
}

export async function openWorld(): Promise<World> {
  nock.disableNetConnect()
  nock.enableNetConnect('127.0.0.1')
  const sandbox = await startSandbox()
  const pisto = sandbox.client('GT')
  const wallet = () => aFundedConsumer(pisto, '10000.00')
  const [payer, other, merchant] = await Promise.all([wallet(), wallet(), aMerchant(pisto)])
  const core = new CoreStub().install()
  return { sandbox, pisto, core, payerAccountId: payer.accountId, otherWalletId: other.accountId, merchant }
}

export async function closeWorld({ sandbox }: World): Promise<void> {
  nock.cleanAll()
  nock.enableNetConnect()
  await sandbox.stop()
}

/** Somebody with an account at the bank, who is nobody to Pisto yet. */
export function aCustomer({ core }: World): BankCustomer {
  const { country, dateOfBirth, document, phone } = aPerson('GT')
  const customerNumber = String(1001 + core.customers.size)
  const who = { givenNames: 'Rosa', familyNames: 'Umaña Pérez', dateOfBirth, document, phone }
  const customer = { customerNumber, country, ...who, accountNumbers: [`002-${customerNumber}`] }
  core.customers.set(customerNumber, customer)
  return customer
}

/** The merchant's open request for an amount: its code, and how it stands. */
export interface Charge {
  readonly amount: Money
  readonly qr: string
  status(): Promise<PaymentRequest['status']>
  /** The payments of this request that Pisto knows. */
  payments(): Promise<readonly Payment[]>
}

export async function aCharge({ pisto, merchant }: World, amount = '30.10'): Promise<Charge> {
  const merchantId = merchant.id
  const money = { amount, currency: 'GTQ' } as const
  const { id, qr } = await pisto.paymentRequests.create({ merchantId, amount: money })
  return {
    amount: money,
    qr: qr.payload,
    status: async () => (await pisto.paymentRequests.get(id)).status,
    payments: async () => {
      const { data } = await pisto.payments.list({ merchantId, limit: 100 }).page()
      return data.filter(({ paymentRequestId }) => paymentRequestId === id)
    },
  }
}

export interface BankOptions {
  readonly journal?: Journal
  readonly cursor?: EventCursor
  /** Where the bank reaches Pisto. Default: the sandbox itself. */
  readonly pistoUrl?: string
  readonly payerAccountId?: string
  /** Of one attempt. Default 2,000. */
  readonly coreTimeoutMs?: number
  /** Added to the machine's time. */
  readonly laterMs?: number
  readonly patience?: Partial<Patience>
}

/** An answer as the app gets it. */
export interface AppAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface Bank extends AsyncDisposable {
  /** Ends it as a power cut would: nothing is finished. */
  kill(): void
  readonly url: string
  readonly notifications: Notification[]
  get(customerNumber: string, path: string): Promise<AppAnswer>
  post(customerNumber: string, path: string, body: unknown, key?: string): Promise<AppAnswer>
}

const PATIENCE: Patience = { answerWithinMs: 5000, debitPatienceMs: 60_000, resumeEveryMs: 50, eventRetryMs: 20 }

/** The service as it is composed for a bank, with quick retries. Disposing of it stops it as a signal would. */
export async function startTestBank(world: World, options: BankOptions = {}): Promise<Bank> {
  const { sandbox, payerAccountId } = world
  const { journal = new OrderIndex(), pistoUrl: baseUrl = sandbox.url, laterMs = 0, coreTimeoutMs = 2000 } = options
  const clock: Clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + laterMs) }
  const notifications: Notification[] = []
  const service = compose({
    pisto: new Pisto({
      baseUrl,
      apiKey: sandbox.tenant('GT').apiKey,
      maxRetries: 2,
      random: (length) => new Uint8Array(length),
    }),
    core: httpCoreBanking({ baseUrl: CORE_URL, clock, timeoutMs: coreTimeoutMs, waitsMs: [1, 1] }),
    journal,
    cursor: options.cursor ?? (await fromNow(world)),
    notifier: { notify: async (notification) => void notifications.push(notification) },
    session: gatewaySession,
    clock,
    log: createLog('silent'),
    payerAccountId: options.payerAccountId ?? payerAccountId,
    patience: { ...PATIENCE, ...options.patience },
  })
  const { url, close } = await listenOnLoopback(service.app, 0)
  const stopping = new AbortController()
  const work = service.work(stopping.signal)

  const send = async (customerNumber: string, path: string, init: RequestInit): Promise<AppAnswer> => {
    const headers = { ...init.headers, 'Bank-Customer': customerNumber }
    const response = await fetch(`${url}${path}`, { ...init, headers })
    return { status: response.status, body: (await response.json()) as AppAnswer['body'] }
  }
  return {
    url,
    notifications,
    get: (customerNumber, path) => send(customerNumber, path, {}),
    post: (customerNumber, path, body, key = randomUUID()) =>
      send(customerNumber, path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(body),
      }),
    kill() {
      stopping.abort()
      void close()
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await Promise.all([close(), service.settle(), work])
    },
  }
}

/** A cursor after everything that has happened until now. */
export async function fromNow({ pisto }: World): Promise<EventCursor> {
  let place = '0.0'
  for await (const { sequence, index } of pisto.events.list({ limit: 100 })) place = `${sequence}.${index}`
  return memoryCursor(place)
}

/** Pays a charge from the customer's account, as the app does. */
export const pay = (
  bank: Bank,
  { customerNumber, accountNumbers: [accountNumber] }: BankCustomer,
  { qr, amount }: Pick<Charge, 'qr' | 'amount'>,
  key?: string,
): Promise<AppAnswer> => bank.post(customerNumber, '/payments', { accountNumber, qr, amount }, key)
