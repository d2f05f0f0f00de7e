import { type PersonScope, PistoProblem } from '@pisto/contract'
import type { Clock, Queryable } from '@pisto/ledger'
import type { Caller } from '../platform/http/authentication.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import type { AccessTokens } from './access-tokens.ts'
import { findSignedIn } from './people.ts'
import { scopesOf } from './person.ts'
import { requireProof, type Sender } from './proof-of-possession.ts'

export interface SignedInDeps {
  readonly db: Queryable
  /** Protocol time. */
  readonly systemClock: Clock
  readonly tenants: Pick<TenantDirectory, 'get'>
  readonly accessTokens: AccessTokens
}

/**
 * Knows people by their access token and the proof that its device sent the request. Session, shops and roles are read
 * each time: who was removed or signed out is so at once. A person may do what the token says and is still true.
 *
 * @throws {PistoProblem} `unauthenticated`, `session_ended`
 */
export const createSignedIn =
  (deps: SignedInDeps) =>
  async (accessToken: string, sender: Sender): Promise<Caller> => {
    const { tenantId, sessionId, thumbprint, scope } = await deps.accessTokens.verify(accessToken)
    const tenant = await deps.tenants.get(tenantId)
    if (tenant === undefined) throw new PistoProblem('unauthenticated')
    await requireProof(deps, sender, { tenantId, thumbprint, accessToken })
    const signedIn = await findSignedIn(deps.db, tenantId, sessionId)
    if (signedIn === undefined) throw new PistoProblem('session_ended')
    const { personId: id, phone, memberships } = signedIn
    const granted = new Set(scope.split(' ') as PersonScope[])
    const scopes = new Set([...scopesOf(memberships)].filter((is) => granted.has(is)))
    return {
      tenant,
      clientId: id,
      scopes: new Set(),
      person: { id, sessionId, deviceThumbprint: thumbprint, phone, scopes, memberships },
    }
  }
