import { randomBytes, randomUUID } from 'node:crypto'
import { ed25519Signer } from '@pisto/proof'
import { createLedger } from '../create-ledger.ts'
import { connectPostgres, type Database, ledgerMigrations, migrate, openPglite } from '../database/index.ts'
import type { Ledger, LedgerOptions } from '../ledger.ts'
import type { Limits } from '../limits/limits.ts'
import type { Amount, Decided, LedgerRequest, Plan, Posted, TransferPlan } from '../model.ts'
import type { Clock, IdSource } from '../runtime.ts'
import { toTypeId } from '../type-id.ts'

/** PostgreSQL of `PISTO_DATABASE_URL` (a new database for the caller), else PGlite in memory. Migrated. */
export async function openTestDatabase(url = process.env['PISTO_DATABASE_URL']): Promise<Database> {
  const migrations = [ledgerMigrations]
  if (url === undefined) return openPglite({ migrations })
  const db = await freshPostgres(url)
  await migrate(db, migrations)
  return db
}

async function freshPostgres(url: string): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = connectPostgres(url, { connectionCount: 1 })
  await server.query(`create database ${name}`)
  await server.close()
  const own = new URL(url)
  own.pathname = `/${name}`
  return connectPostgres(own.href)
}

/** Ids with random time: never sorted, so that nothing can rest on it by chance. */
export const randomIds: IdSource = {
  next: (prefix) => toTypeId(prefix, `0${randomUUID().slice(1)}`),
}

/** Moves only when told to. */
class TestClock implements Clock {
  #nowMs: number
  constructor(start = '2026-01-15T12:00:00.000Z') {
    this.#nowMs = Date.parse(start)
  }
  now(): Date {
    return new Date(this.#nowMs)
  }
  advance(seconds: number): void {
    this.#nowMs += seconds * 1000
  }
}

export interface TestBooks {
  readonly db: Database
  readonly tenantId: string
  readonly clock: TestClock
  readonly ledger: Ledger
  readonly publicKey: Uint8Array
  /** A debit account that may lend without end. */
  readonly cash: string
  /** Another process on the same books. @param more What is special about it. */
  another(more?: Partial<LedgerOptions>): Ledger
}

/** A new tenant with a cash account. */
export async function openTestBooks(db: Database, queueLimit?: number): Promise<TestBooks> {
  const clock = new TestClock()
  const key = ed25519Signer(new Uint8Array(randomBytes(32)))
  const tenantId = randomIds.next('ten')
  const signer = async () => ({ name: `test/${tenantId}`, publicKey: key.publicKey, sign: key.sign })
  const another = (more: Partial<LedgerOptions> = {}): Ledger =>
    createLedger({ db, clock, ids: randomIds, signer, ...(queueLimit !== undefined && { queueLimit }), ...more })
  const ledger = another()
  await ledger.openBooks({ tenantId, origin: `test/${tenantId}`, timeZone: 'America/Guatemala' })
  const cash = randomIds.next('acc')
  await ledger.decide(aRequest(tenantId), () => ({
    purpose: 'test.opened',
    accounts: [
      { accountId: cash, purpose: 'cash', ownerId: null, currency: 'GTQ', normalSide: 'debit', noOverdraft: false },
    ],
    answer: null,
  }))
  return { db, tenantId, clock, ledger, publicKey: key.publicKey, cash, another }
}

/** @param key Left out: a request that nobody can repeat. */
export const aRequest = (tenantId: string, key?: string, body = 0): LedgerRequest => ({
  tenantId,
  clientId: 'client',
  operation: 'test',
  key,
  bodyHash: Uint8Array.of(body),
})

export const quetzales = (amount: string): Amount => ({ amount, currency: 'GTQ' })

export const transferPlan = (...transfers: TransferPlan[]): Plan<unknown> => ({
  purpose: 'test.moved',
  transfers,
  answer: ({ sequence }: Posted) => ({ sequence }),
})

/** Decides some transfers under a key. */
export const move = (
  { tenantId, ledger }: Pick<TestBooks, 'tenantId' | 'ledger'>,
  transfers: readonly TransferPlan[],
  key?: string,
): Promise<Decided<unknown>> => ledger.decide(aRequest(tenantId, key), () => transferPlan(...transfers))

/** A guarded wallet with money in it, limited with its groups. */
export async function aWallet(books: TestBooks, amount = '0.00', limitGroupIds: string[] = []): Promise<string> {
  const accountId = randomIds.next('acc')
  const wallet = { purpose: 'wallet', ownerId: null, currency: 'GTQ', normalSide: 'credit', noOverdraft: true } as const
  const funded = { kind: 'posted', debit: books.cash, credit: accountId, amount: quetzales(amount) } as const
  await books.ledger.decide(aRequest(books.tenantId), () => ({
    purpose: 'test.opened',
    accounts: [{ accountId, ...wallet, limitGroupIds }],
    transfers: amount === '0.00' ? [] : [{ ...funded, uncounted: true }],
    answer: null,
  }))
  return accountId
}

/** @param groupId Left out: a new one; else its limits are replaced. @param absorbs Another one, which is its from then on. */
export async function aLimitGroup(
  { ledger, tenantId }: Pick<TestBooks, 'ledger' | 'tenantId'>,
  limits: Limits,
  groupId = randomIds.next('lgr'),
  absorbs?: string,
): Promise<string> {
  await ledger.decide(aRequest(tenantId), () => ({
    purpose: 'test.limited',
    limitGroups: [{ groupId, ownerId: null, currency: 'GTQ', policyVersion: 'test-1', limits, absorbs }],
    answer: null,
  }))
  return groupId
}

/** The available balance of an account. */
export async function available({ ledger, tenantId }: TestBooks, accountId: string): Promise<string | undefined> {
  return (await ledger.findAccount(tenantId, accountId))?.available.amount
}
