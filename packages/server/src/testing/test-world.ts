import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { COUNTRY_CURRENCY, type CountryCode } from '@pisto/contract'
import {
  connectPglite,
  connectPostgres,
  createLedger,
  type Database,
  type IdSource,
  type Ledger,
  ledgerMigrations,
  migrate,
  openPglite,
  type RandomBytes,
} from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { ManualClock } from '../platform/runtime/clock.ts'
import { createIds } from '../platform/runtime/ids.ts'
import { ListIndexes } from '../screening/list-indexes.ts'
import { seedSandboxLists } from '../screening/sandbox-lists.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { testPersonalData } from './test-personal-data.ts'

const serverMigrations = fileURLToPath(new URL('../platform/database/migrations/', import.meta.url))

const START = '2026-11-24T12:00:00Z'

/** What services need, on a real database: one a test file, a new tenant a test. */
export interface TestWorld {
  readonly db: Database
  readonly ledger: Ledger
  readonly clock: ManualClock
  readonly systemClock: ManualClock
  readonly ids: IdSource
  readonly random: RandomBytes
  readonly secret: Uint8Array
  readonly personalData: PersonalData
  readonly listIndexes: ListIndexes
  readonly livemode: false
  readonly qrGuid: string
  close(): Promise<void>
}

/** PGlite in memory, or a new database of the PostgreSQL of `PISTO_DATABASE_URL`. */
export async function openTestWorld(): Promise<TestWorld> {
  return migrated(await openTestDatabase())
}

/** PGlite in a folder, which another process may have left in any state. */
export async function openFolderWorld(dataDir: string): Promise<TestWorld> {
  return migrated(await connectPglite({ dataDir }))
}

const migrations = [ledgerMigrations, serverMigrations]

async function migrated(db: Database): Promise<TestWorld> {
  await migrate(db, migrations)
  return shareWorld(db)
}

async function openTestDatabase(): Promise<Database> {
  const url = process.env['PISTO_DATABASE_URL']
  if (url === undefined) return openPglite({ migrations })
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = connectPostgres(url, { connectionCount: 1 })
  await server.query(`create database ${name}`)
  await server.close()
  const own = new URL(url)
  own.pathname = `/${name}`
  return connectPostgres(own.href)
}

/** A second server on the same database, with caches of its own. */
export function shareWorld(db: Database): TestWorld {
  const clock = new ManualClock(START)
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  const ids = createIds(clock, random)
  const ledger = createLedger({ db, clock, ids, signer: async () => undefined })
  return {
    db,
    ledger,
    clock,
    systemClock: new ManualClock(START),
    ids,
    random,
    secret: new Uint8Array(32).fill(7),
    personalData: testPersonalData(),
    listIndexes: new ListIndexes(),
    livemode: false,
    qrGuid: 'org.pisto',
    async close() {
      await ledger.stop()
      await db.close()
    },
  }
}

const TIME_ZONE = { GT: 'America/Guatemala', HN: 'America/Tegucigalpa', SV: 'America/El_Salvador' } as const

/** A tenant nobody else has, with empty books. */
export async function aTenant(world: TestWorld, country: CountryCode = 'GT'): Promise<TenantProfile> {
  const id = world.ids.next('ten')
  const tenant: TenantProfile = {
    id,
    code: id.slice(-12),
    name: 'Banco de Prueba',
    country,
    currency: COUNTRY_CURRENCY[country],
    timeZone: TIME_ZONE[country],
    logOrigin: `test.example/${id}`,
    fundingAccountId: null,
    livemode: false,
    createdAt: world.clock.now(),
  }
  await world.ledger.openBooks({ tenantId: id, origin: tenant.logOrigin, timeZone: tenant.timeZone })
  await seedSandboxLists(world.db, tenant, () => world.ids.next('scl'))
  return tenant
}

/** A call of that tenant's backend. @param request Path and body, for the key: another request is another hash. */
export function aCall(tenant: TenantProfile, operation: string, key?: string, request: unknown = null): Call {
  return {
    tenantId: tenant.id,
    tenant,
    clientId: 'client-1',
    scopes: new Set(),
    operation,
    idempotencyKey: key,
    bodyHash: new Uint8Array(createHash('sha256').update(JSON.stringify(request)).digest()),
    language: 'en',
    traceId: 'trace-1',
    livemode: false,
    signal: new AbortController().signal,
    mediaType: 'application/json',
    dryRun: false,
    replayed: false,
  }
}
