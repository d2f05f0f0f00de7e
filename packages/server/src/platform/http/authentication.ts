import { createHash } from 'node:crypto'
import { type Operation, PistoProblem, type Scope } from '@pisto/contract'
import type { Clock } from '@pisto/ledger'
import { LRUCache } from 'lru-cache'
import type { Person } from '../../sessions/person.ts'
import type { Sender } from '../../sessions/proof-of-possession.ts'
import { type ApiKey, SANDBOX_KEY } from '../../tenants/api-keys.ts'
import type { TenantDirectory } from '../../tenants/directory.ts'
import type { TenantProfile } from '../../tenants/profile.ts'

/** Who calls. */
export interface Caller {
  readonly tenant: TenantProfile
  readonly clientId: string
  /** Scopes, or all there are. */
  readonly scopes: ReadonlySet<Scope> | 'all'
  /** Where it is somebody who signed in. */
  readonly person?: Person
}

/** @throws {PistoProblem} `unauthenticated`, `session_ended` */
export type Authenticate = (authorization: string | undefined, sender?: Sender) => Promise<Caller>

export interface AuthenticationDeps {
  readonly tenants: Pick<TenantDirectory, 'get'>
  readonly findKey: (keyHash: Uint8Array) => Promise<ApiKey | undefined>
  /** Protocol time. */
  readonly systemClock: Clock
  readonly livemode: boolean
  /** Knows people by their access tokens. Left out: there are no people. */
  readonly signedIn?: (accessToken: string, sender: Sender) => Promise<Caller>
}

const CACHED_MS = 30_000
const CACHED_COUNT = 10_000

/**
 * Knows programs by `Authorization: Bearer sk_sandbox_…`, people by `Authorization: DPoP …` with a proof. A key that was
 * found is believed for half a minute; people are looked up every time.
 */
export function createAuthentication(deps: AuthenticationDeps): Authenticate {
  const { tenants, findKey, systemClock, livemode, signedIn } = deps
  const known = new LRUCache<string, { readonly key: ApiKey; readonly untilMs: number }>({ max: CACHED_COUNT })

  return async (authorization, sender) => {
    const accessToken = tokenOf('dpop', authorization)
    if (accessToken !== undefined && sender && signedIn) return signedIn(accessToken, sender)
    const key = tokenOf('bearer', authorization)
    if (key === undefined || livemode || !SANDBOX_KEY.test(key)) throw new PistoProblem('unauthenticated')
    const digest = createHash('sha256').update(key).digest()
    const name = digest.toString('base64')
    const nowMs = systemClock.now().getTime()
    const cached = known.get(name)
    const isFresh = cached !== undefined && nowMs < cached.untilMs
    const found = isFresh ? cached.key : await findKey(new Uint8Array(digest))
    const tenant = found && (await tenants.get(found.tenantId))
    if (found === undefined || tenant === undefined) throw new PistoProblem('unauthenticated')
    if (!isFresh) known.set(name, { key: found, untilMs: nowMs + CACHED_MS })
    return { tenant, clientId: found.clientId, scopes: found.scopes }
  }
}

/** @see RFC 6750 section 2.1, RFC 9449 section 7.1 */
function tokenOf(scheme: 'bearer' | 'dpop', authorization = ''): string | undefined {
  const [, named, token] = /^(bearer|dpop) ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization) ?? []
  return named?.toLowerCase() === scheme ? token : undefined
}

/** @throws {PistoProblem} `scope_missing` */
export function requireScope({ scopes, person }: Caller, { scope, person: rule }: Operation): void {
  if (person === undefined) {
    if (scope === 'self' || (scopes !== 'all' && !scopes.has(scope))) throw new PistoProblem('scope_missing', { scope })
  } else if (rule === undefined || !person.scopes.has(rule.scope)) {
    throw new PistoProblem('scope_missing', { scope: rule?.scope ?? scope })
  }
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
