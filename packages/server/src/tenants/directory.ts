import type { CountryCode, WalletCurrency } from '@pisto/contract'
import { type Clock, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { Cached } from '../platform/cached.ts'
import { OVERRIDES_COLUMN, readOverrides } from './policy-overrides.ts'
import type { TenantProfile } from './profile.ts'

export interface DirectoryDeps {
  readonly db: Queryable
  /** Protocol time: how old what is cached may be. */
  readonly systemClock: Clock
}

const CACHED_MS = 10_000

/** All tenants of this database, read again every ten seconds, or at once when one is asked for that is not known. */
export class TenantDirectory {
  readonly #profiles: Cached<ReadonlyMap<string, TenantProfile>>

  constructor({ db, systemClock }: DirectoryDeps) {
    this.#profiles = new Cached(systemClock, async () => {
      const rows = await db.query<TenantRow>(`select ${COLUMNS}, ${OVERRIDES_COLUMN} from tenants t order by tenant_id`)
      return new Map(rows.map(toProfile).map((profile) => [profile.id, profile]))
    })
  }

  /** @param tenantId `ten_…`, from a trusted place: one that is unknown costs a reading. */
  async get(tenantId: string): Promise<TenantProfile | undefined> {
    return (await this.#profiles.get(CACHED_MS)).get(tenantId) ?? (await this.#profiles.get(0)).get(tenantId)
  }

  /** @param code From anybody: one that is unknown costs nothing. */
  async findByCode(code: string): Promise<TenantProfile | undefined> {
    return (await this.list()).find((profile) => profile.code === code)
  }

  /** Something of a tenant has changed: it is read again at once, in this process. */
  forget(): void {
    this.#profiles.forget()
  }

  /** Oldest first. */
  async list(): Promise<readonly TenantProfile[]> {
    return [...(await this.#profiles.get(CACHED_MS)).values()]
  }
}

/** Writes a tenant that is not there yet. */
export async function insertTenant(db: Queryable, profile: TenantProfile): Promise<void> {
  await db.query(`insert into tenants (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
    toUuid(profile.id, 'ten'),
    profile.code,
    profile.name,
    profile.country,
    profile.currency,
    profile.timeZone,
    profile.logOrigin,
    profile.fundingAccountId === null ? null : toUuid(profile.fundingAccountId, 'acc'),
    profile.livemode,
    profile.createdAt,
  ])
}

const COLUMNS =
  'tenant_id, code, name, country, currency, time_zone, log_origin, funding_account_id, livemode, created_at'

interface TenantRow {
  readonly tenant_id: string
  readonly code: string
  readonly name: string
  readonly country: CountryCode
  readonly currency: WalletCurrency
  readonly time_zone: string
  readonly log_origin: string
  readonly funding_account_id: string | null
  readonly livemode: boolean
  readonly created_at: Date
  readonly overrides: string | null
}

const toProfile = (row: TenantRow): TenantProfile => ({
  id: toTypeId('ten', row.tenant_id),
  code: row.code,
  name: row.name,
  country: row.country,
  currency: row.currency,
  timeZone: row.time_zone,
  logOrigin: row.log_origin,
  fundingAccountId: row.funding_account_id === null ? null : toTypeId('acc', row.funding_account_id),
  livemode: row.livemode,
  createdAt: row.created_at,
  policyOverrides: readOverrides(row.overrides, row.code),
})
