import { createHash } from 'node:crypto'
import { PistoProblem, type SessionTokens } from '@pisto/contract'
import type { Clock, Database, RandomBytes } from '@pisto/ledger'
import { ACCESS_SECONDS, type AccessTokens } from './access-tokens.ts'
import { findSignedIn } from './people.ts'
import { scopesOf } from './person.ts'

export interface TokenDeps {
  readonly db: Database
  /** Protocol time. */
  readonly systemClock: Clock
  readonly accessTokens: AccessTokens
  /** Never the seeded one: tokens are made of it. */
  readonly secretRandom: RandomBytes
}

/** A session that is not used for so long has to be signed in anew: 90 days. */
const REFRESH_MS = 90 * 86_400_000

export interface RefreshToken {
  readonly token: string
  readonly hash: Uint8Array
  readonly expiresAt: Date
}

export function drawRefreshToken({ secretRandom }: Pick<TokenDeps, 'secretRandom'>, now: Date): RefreshToken {
  const token = Buffer.from(secretRandom(32)).toString('base64url')
  return { token, hash: hashToken(token), expiresAt: new Date(now.getTime() + REFRESH_MS) }
}

/** What is stored of a token: whoever reads the table has none. */
export const hashToken = (token: string): Uint8Array => new Uint8Array(createHash('sha256').update(token).digest())

/** An access token for what the person may do now, with the next refresh token. */
export async function tokensFor(
  { db, accessTokens, secretRandom }: TokenDeps,
  { tenantId, sessionId, refreshToken, livemode }: Issue,
): Promise<SessionTokens> {
  const signedIn = await findSignedIn(db, tenantId, sessionId)
  if (signedIn === undefined) throw new PistoProblem('session_ended')
  const { personId, memberships, deviceThumbprint: thumbprint } = signedIn
  const scope = [...scopesOf(memberships)].join(' ')
  const id = Buffer.from(secretRandom(16)).toString('base64url')
  const accessToken = await accessTokens.issue({ tenantId, sessionId, personId, scope, thumbprint }, id)
  return { sessionId, livemode, tokenType: 'DPoP', accessToken, expiresInSeconds: ACCESS_SECONDS, refreshToken, scope }
}

interface Issue {
  readonly tenantId: string
  readonly sessionId: string
  readonly refreshToken: string
  readonly livemode: boolean
}
