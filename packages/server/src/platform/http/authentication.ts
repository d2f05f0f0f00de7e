import { createHash } from 'node:crypto'
import { PistoProblem, type Scope } from '@pisto/contract'
import type { Clock } from '@pisto/ledger'
import { LRUCache } from 'lru-cache'
import { type ApiKey, SANDBOX_KEY } from '../../tenants/api-keys.ts'
import type { TenantDirectory } from '../../tenants/directory.ts'
import type { TenantProfile } from '../../tenants/profile.ts'

/** Who calls. */
export interface Caller {
  readonly tenant: TenantProfile
  readonly clientId: string
  /** Scopes, or all there are. */
  readonly scopes: ReadonlySet<Scope> | 'all'
}

/** @throws {PistoProblem} `unauthenticated` */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>

export interface AuthenticationDeps {
  readonly tenants: Pick<TenantDirectory, 'get'>
  readonly findKey: (keyHash: Uint8Array) => Promise<ApiKey | undefined>
  /** Protocol time. */
  readonly systemClock: Clock
  readonly livemode: boolean
}

const CACHED_MS = 30_000
const CACHED_COUNT = 10_000

/** Knows callers by `Authorization: Bearer sk_sandbox_…`. A key that was found is believed for half a minute. */
export function createAuthentication(deps: AuthenticationDeps): Authenticate {
  const { tenants, findKey, systemClock, livemode } = deps
  const known = new LRUCache<string, { readonly caller: Caller; readonly untilMs: number }>({ max: CACHED_COUNT })

  return async (authorization) => {
    const key = bearerToken(authorization)
    if (key === undefined || livemode || !SANDBOX_KEY.test(key)) throw new PistoProblem('unauthenticated')
    const digest = createHash('sha256').update(key).digest()
    const name = digest.toString('base64')
    const nowMs = systemClock.now().getTime()
    const cached = known.get(name)
    if (cached && nowMs < cached.untilMs) return cached.caller

    const found = await findKey(new Uint8Array(digest))
    const tenant = found && (await tenants.get(found.tenantId))
    if (found === undefined || tenant === undefined) throw new PistoProblem('unauthenticated')
    const caller: Caller = { tenant, clientId: found.clientId, scopes: found.scopes }
    known.set(name, { caller, untilMs: nowMs + CACHED_MS })
    return caller
  }
}

/** @see RFC 6750 section 2.1 */
const bearerToken = (authorization = ''): string | undefined =>
  /^bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1]

/** @throws {PistoProblem} `scope_missing` */
export function requireScope({ scopes }: Caller, scope: Scope): void {
  if (scopes !== 'all' && !scopes.has(scope)) throw new PistoProblem('scope_missing', { scope })
}

/** Whoever calls a public operation: its ids lead nowhere. */
export const NOBODY: Caller = {
  tenant: {
    id: '',
    code: '',
    name: '',
    country: 'GT',
    currency: 'GTQ',
    timeZone: 'UTC',
    logOrigin: '',
    fundingAccountId: null,
    livemode: false,
    createdAt: new Date(0),
  },
  clientId: '',
  scopes: new Set(['public']),
}
