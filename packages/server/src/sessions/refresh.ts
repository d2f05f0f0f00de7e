import { NotFound, PistoProblem, type SessionTokens } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'
import { isSameHash } from '../registrations/phone-verification/code.ts'
import { adoptRegistrations } from './adoption.ts'
import { requireProof } from './proof-of-possession.ts'
import type { SessionDeps } from './service.ts'
import { findSession, findSessionTenant, moveToEnded, rotateRefresh, type Session } from './store.ts'
import { drawRefreshToken, hashToken, tokensFor } from './tokens.ts'

/** For so long a lost answer may be asked for again, under its idempotency key. */
const REPEAT_MS = 60_000

/**
 * New tokens for a refresh token, which serves once. The device proves its key first: whoever only has a copy of the
 * token is refused and ends nothing. After that, a token that is not the present one means that there are two of the
 * device: the session ends.
 *
 * @throws {NotFound} `session_not_found`
 * @throws {PistoProblem} `unauthenticated`: no proof; `session_ended`
 * @see RFC 9700 section 4.14.2, RFC 9449 section 5
 */
export async function refreshSession(
  deps: SessionDeps,
  call: Call,
  sessionId: string,
  refreshToken: string,
): Promise<SessionTokens> {
  const { db, systemClock } = deps
  const tenantId = await findSessionTenant(db, sessionId)
  const first = tenantId && (await findSession(db, tenantId, sessionId))
  if (!tenantId || !first) throw new NotFound('session_not_found', { id: sessionId })
  const { deviceThumbprint: thumbprint } = first
  if (thumbprint === null || call.sender === undefined) throw new PistoProblem('unauthenticated')
  await requireProof(deps, call.sender, { tenantId, thumbprint })

  const given = hashToken(refreshToken)
  const rotationHash = call.idempotencyKey === undefined ? null : hashToken(`rotation ${call.idempotencyKey}`)
  for (let session: Session | undefined = first; session; session = await findSession(db, tenantId, sessionId)) {
    const now = systemClock.now()
    const { status, refreshExpiresAt, personId } = session
    if (status !== 'active' || personId === null || refreshExpiresAt === null || refreshExpiresAt <= now) break
    if (!isPresent(session, given) && !isRepeated(session, given, rotationHash, now)) {
      await moveToEnded(db, tenantId, sessionId, { reason: 'refreshTokenReused', now })
      break
    }
    const next = drawRefreshToken(deps, now)
    const rotation = {
      ...{ refreshHash: next.hash, refreshExpiresAt: next.expiresAt, previousRefreshHash: given, rotationHash, now },
    }
    if (!(await rotateRefresh(db, tenantId, session, rotation))) continue
    await adoptRegistrations(deps, tenantId, { personId, phone: null })
    return tokensFor(deps, { tenantId, sessionId, refreshToken: next.token, livemode: call.livemode })
  }
  throw new PistoProblem('session_ended')
}

const isPresent = ({ refreshHash }: Session, given: Uint8Array): boolean =>
  refreshHash !== null && isSameHash(refreshHash, given)

/** The same request again, whose answer did not arrive. */
function isRepeated(
  { previousRefreshHash, rotationHash, rotatedAt }: Session,
  given: Uint8Array,
  key: Uint8Array | null,
  now: Date,
): boolean {
  if (previousRefreshHash === null || rotationHash === null || key === null || rotatedAt === null) return false
  return (
    isSameHash(previousRefreshHash, given) &&
    isSameHash(rotationHash, key) &&
    now.getTime() - rotatedAt.getTime() < REPEAT_MS
  )
}
