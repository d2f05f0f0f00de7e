import type { Clock, Database, IdSource, Ledger, Queryable, RandomBytes } from '@pisto/ledger'
import { toTypeId, toUuid } from '@pisto/ledger'
import { seedSandboxLists } from '../screening/sandbox-lists.ts'
import { drawSandboxKey, getSandboxKey, insertSandboxKey } from './api-keys.ts'
import { insertTenant, TenantDirectory } from './directory.ts'
import { insertSigningKey } from './keyring.ts'
import type { KeyUse } from './keys.ts'
import type { TenantProfile } from './profile.ts'
import { SANDBOX_TENANTS, sandboxProfile } from './sandbox-tenants.ts'

/** A tenant as a newcomer needs it. */
export interface SandboxTenant {
  readonly id: string
  readonly name: string
  readonly country: TenantProfile['country']
  readonly currency: TenantProfile['currency']
  readonly apiKey: string
  readonly clientId: string
}

export interface SeedDeps {
  readonly db: Database
  readonly ledger: Ledger
  readonly clock: Clock
  readonly systemClock: Clock
  readonly ids: IdSource
  /** Never the seeded one: keys are made of it. */
  readonly secretRandom: RandomBytes
}

const KEY_USES: readonly KeyUse[] = ['qr', 'receipt', 'checkpoint', 'directory', 'evidence']

/**
 * Makes the sandbox's tenants, each once: books, keys, and the account that play money comes from. Safe to repeat,
 * after a crash in the middle, and in two processes at once: whoever inserts a tenant's code first makes it.
 *
 * @returns The same tenants and keys at every start on one database.
 */
export async function seedTenants(deps: SeedDeps): Promise<SandboxTenant[]> {
  for (const tenant of SANDBOX_TENANTS) await deps.db.transaction((tx) => createTenant({ ...deps, db: tx }, tenant))
  const profiles = await new TenantDirectory(deps).list()
  return Promise.all(
    SANDBOX_TENANTS.map(async ({ code }) => {
      const profile = profiles.find((candidate) => candidate.code === code)
      if (profile === undefined) throw new Error(`the sandbox's tenant ${code} is missing`)
      await giveKeys(deps, profile)
      await openBooks(deps, profile)
      await deps.db.transaction((tx) => giveLists({ ...deps, db: tx }, profile))
      const { key, clientId } = await getSandboxKey(deps.db, profile.id)
      const { id, name, country, currency } = profile
      return { id, name, country, currency, apiKey: key, clientId }
    }),
  )
}

async function createTenant(
  { db, clock, ids, secretRandom }: Omit<SeedDeps, 'db'> & { db: Parameters<typeof insertTenant>[0] },
  tenant: (typeof SANDBOX_TENANTS)[number],
): Promise<void> {
  const id = ids.next('ten')
  // a second process waits here until the first has committed, and then finds the code taken
  const [taken] = await db.query<{ tenant_id: string }>(
    'insert into tenant_codes (code, tenant_id) values ($1, $2) on conflict (code) do nothing returning tenant_id',
    [tenant.code, toUuid(id, 'ten')],
  )
  if (taken === undefined || toTypeId('ten', taken.tenant_id) !== id) return
  const createdAt = clock.now()
  await insertTenant(db, sandboxProfile(tenant, { id, fundingAccountId: ids.next('acc'), createdAt }))
  const key = drawSandboxKey(secretRandom)
  await insertSandboxKey(db, { tenantId: id, clientId: ids.next('cli'), key, createdAt })
}

/** A key for every use that has none: also for tenants that were made before there was such a use. */
async function giveKeys({ db, secretRandom }: SeedDeps, { id, createdAt }: TenantProfile): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('select tenant_id from tenants where tenant_id = $1 for update', [toUuid(id, 'ten')]) // one process
    const rows = await tx.query<{ key_use: KeyUse }>('select distinct key_use from signing_keys where tenant_id = $1', [
      toUuid(id, 'ten'),
    ])
    for (const use of KEY_USES.filter((wanted) => rows.every(({ key_use: has }) => has !== wanted))) {
      await insertSigningKey(tx, { tenantId: id, use, seed: secretRandom(32), validFrom: createdAt })
    }
  })
}

/** The invented lists, also for tenants that were made before there were any. */
async function giveLists({ db, ids }: Omit<SeedDeps, 'db'> & { db: Queryable }, tenant: TenantProfile): Promise<void> {
  await db.query('select tenant_id from tenants where tenant_id = $1 for update', [toUuid(tenant.id, 'ten')]) // one process
  await seedSandboxLists(db, tenant, () => ids.next('scl'))
}

async function openBooks({ ledger }: SeedDeps, tenant: TenantProfile): Promise<void> {
  const { id: tenantId, logOrigin: origin, timeZone, fundingAccountId, currency } = tenant
  await ledger.openBooks({ tenantId, origin, timeZone })
  if (fundingAccountId === null || (await ledger.findAccount(tenantId, fundingAccountId))) return
  const request = { tenantId, clientId: 'sandbox', operation: 'seed', key: 'funding', bodyHash: new Uint8Array(32) }
  await ledger.decide(request, () => ({
    purpose: 'sandbox.opened',
    accounts: [
      {
        accountId: fundingAccountId,
        purpose: 'sandboxFunding',
        ownerId: null,
        currency,
        normalSide: 'debit',
        noOverdraft: false,
      },
    ],
    answer: null,
  }))
}
