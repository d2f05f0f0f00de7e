import type { SessionTokens } from '@pisto/contract'
import { PistoApiError, PistoUsageError } from '../errors.ts'
import { alone } from '../journal/locks.ts'
import type { Clock, PistoOptions, RequestCredentials } from '../options.ts'
import { Pisto } from '../pisto.ts'
import { randomUuid, systemClock, systemRandom } from '../runtime.ts'
import { proofOf } from './proof.ts'
import type { SessionStore, StoredSession } from './session-store.ts'

/** How a person's requests are sent. */
export interface PersonOptions
  extends Pick<PistoOptions, 'baseUrl' | 'locale' | 'fetch' | 'random' | 'clock' | 'timeoutMs' | 'maxRetries'> {
  readonly store: SessionStore
}

/** An access token is renewed this long before it ends. */
const EARLY_MS = 30_000

/**
 * Tokens of a person who has signed in on this device, as a client's `credentials`. They renew themselves, once for all
 * calls that wait, also those of other tabs.
 *
 * @example
 * const pisto = new Pisto({ baseUrl, credentials: personCredentials({ baseUrl, store: indexedDbStore() }) })
 */
export function personCredentials(options: PersonOptions): RequestCredentials {
  const { store, clock = systemClock, random = systemRandom } = options
  let renewing: Promise<StoredSession> | undefined

  const renew = (used: string): Promise<StoredSession> => {
    renewing ??= alone('pisto-session', () => renewed(options, used)).finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    async headers({ method, url }) {
      const stored = await requireSession(store)
      const isOld = clock.now() + stored.aheadMs > stored.expiresAtMs - EARLY_MS
      const { keys, accessToken, aheadMs } = isOld ? await renew(stored.accessToken) : stored
      const proven = { method, url, accessToken, nowMs: clock.now() + aheadMs, id: randomUuid(random) }
      return { Authorization: `DPoP ${accessToken}`, DPoP: await proofOf(keys, proven) }
    },

    async renew({ code }) {
      const stored = await store.load()
      if (stored === undefined || (code !== 'scope_missing' && code !== 'unauthenticated')) return false
      const { scope } = await renew(stored.accessToken)
      return code === 'unauthenticated' || scope !== stored.scope
    },
  }
}

/** Whoever has signed in. @throws {PistoUsageError} nobody has */
async function requireSession(store: SessionStore): Promise<StoredSession> {
  const stored = await store.load()
  if (stored === undefined) throw new PistoUsageError('nobody is signed in on this device')
  return stored
}

/** @param used The token that shall be replaced: where another tab was quicker, its one is taken. */
async function renewed(options: PersonOptions, used: string): Promise<StoredSession> {
  const { store, clock = systemClock, random = systemRandom, ...rest } = options
  const stored = await requireSession(store)
  if (stored.accessToken !== used) return stored
  const { keys, aheadMs, sessionId, refreshToken } = stored
  const credentials: RequestCredentials = {
    headers: async ({ method, url }) => ({
      DPoP: await proofOf(keys, { method, url, nowMs: clock.now() + aheadMs, id: randomUuid(random) }),
    }),
    renew: async () => false,
  }
  try {
    const tokens = await new Pisto({ ...rest, clock, random, credentials }).sessions.refresh(sessionId, {
      refreshToken,
    })
    const next = storedSession(tokens, keys, clock)
    await store.save(next)
    return next
  } catch (error) {
    if (error instanceof PistoApiError && error.code === 'session_ended') await store.clear()
    throw error
  }
}

/** The server's time is in the token that it issued just now. */
export function storedSession(tokens: SessionTokens, keys: StoredSession['keys'], clock: Clock): StoredSession {
  const { sessionId, accessToken, refreshToken, scope } = tokens
  const [, claims = ''] = accessToken.split('.')
  const { iat, exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))
  return {
    ...{ sessionId, keys, accessToken, refreshToken, scope },
    expiresAtMs: exp * 1000,
    aheadMs: iat * 1000 - clock.now(),
  }
}
