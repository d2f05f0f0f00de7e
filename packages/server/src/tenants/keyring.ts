import { type Clock, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { Cached } from '../platform/cached.ts'
import { signingKeyOf } from './ed25519.ts'
import type { Keyring, KeyUse, SigningKey, VerifyingKey } from './keys.ts'

export interface KeyringDeps {
  readonly db: Queryable
  /** Protocol time: how old what is cached may be. */
  readonly systemClock: Clock
  /** Business time: which key is in force. */
  readonly clock: Clock
}

const CACHED_MS = 10_000
/** A key that is not known is looked for again, but not more often than this. */
const MISS_MS = 1_000

interface HeldKey extends VerifyingKey {
  readonly signing: SigningKey
}

/** The sandbox's keyring: seeds are in the database. Production gives its own `Keyring` over a key service. */
export class DatabaseKeyring implements Keyring {
  readonly #keys: Cached<readonly HeldKey[]>
  readonly #clock: Clock

  constructor({ db, systemClock, clock }: KeyringDeps) {
    this.#clock = clock
    this.#keys = new Cached(systemClock, () => readKeys(db))
  }

  async signing(tenantId: string, use: KeyUse): Promise<SigningKey> {
    const now = this.#clock.now()
    const wanted = (keys: readonly HeldKey[]): HeldKey | undefined => {
      const open = keys.filter((key) => isOf(key, tenantId, use) && !hasEnded(key, now))
      return open.find((key) => isInForce(key, now)) ?? open.at(-1) // a clock that is a little behind the first key's
    }
    const key = wanted(await this.#keys.get(CACHED_MS)) ?? wanted(await this.#keys.get(MISS_MS))
    if (key === undefined) throw new Error(`${tenantId} has no key for ${use}`)
    return key.signing
  }

  async signers(tenantId: string, use: KeyUse): Promise<readonly SigningKey[]> {
    const keys = await this.#keys.get(CACHED_MS)
    return keys.filter((key) => isOf(key, tenantId, use)).map(({ signing }) => signing)
  }

  async published(maxAgeMs: number = CACHED_MS): Promise<readonly VerifyingKey[]> {
    return this.#keys.get(maxAgeMs)
  }

  async find(keyId: string): Promise<VerifyingKey | undefined> {
    const isWanted = (key: HeldKey): boolean => key.keyId === keyId
    return (await this.#keys.get(CACHED_MS)).find(isWanted) ?? (await this.#keys.get(MISS_MS)).find(isWanted)
  }
}

/** Whether it signs at that time. */
export const isInForce = ({ validFrom, validTo }: Pick<VerifyingKey, 'validFrom' | 'validTo'>, at: Date): boolean =>
  validFrom <= at && !hasEnded({ validTo }, at)

const hasEnded = ({ validTo }: Pick<VerifyingKey, 'validTo'>, at: Date): boolean => validTo !== null && validTo <= at

const isOf = (key: VerifyingKey, tenantId: string, use: KeyUse): boolean => key.tenantId === tenantId && key.use === use

/** Newest first. */
async function readKeys(db: Queryable): Promise<HeldKey[]> {
  const rows = await db.query<KeyRow>(
    `select k.tenant_id, k.key_use, k.private_seed, k.valid_from, k.valid_to, t.code, t.livemode
     from signing_keys k join tenants t on t.tenant_id = k.tenant_id
     where k.withdrawn_at is null
     order by k.valid_from desc, k.key_id`,
  )
  return rows.map(toKey)
}

/** Adds a key to a tenant. @param seed 32 bytes that nobody can guess. */
export async function insertSigningKey(
  db: Queryable,
  { tenantId, use, seed, validFrom }: { tenantId: string; use: KeyUse; seed: Uint8Array; validFrom: Date },
): Promise<void> {
  const { keyId, publicKey } = signingKeyOf(seed)
  await db.query(
    `insert into signing_keys (tenant_id, key_use, key_id, public_key, private_seed, valid_from)
     values ($1, $2, $3, $4, $5, $6)`,
    [toUuid(tenantId, 'ten'), use, keyId, publicKey, seed, validFrom],
  )
}

interface KeyRow {
  readonly tenant_id: string
  readonly key_use: KeyUse
  readonly private_seed: Uint8Array
  readonly valid_from: Date
  readonly valid_to: Date | null
  readonly code: string
  readonly livemode: boolean
}

function toKey(row: KeyRow): HeldKey {
  const signing = signingKeyOf(row.private_seed)
  return {
    keyId: signing.keyId,
    publicKey: signing.publicKey,
    use: row.key_use,
    tenantId: toTypeId('ten', row.tenant_id),
    tenantCode: row.code,
    livemode: row.livemode,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    signing,
  }
}
