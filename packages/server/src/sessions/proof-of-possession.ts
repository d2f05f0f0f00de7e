import { createHash } from 'node:crypto'
import { PistoProblem } from '@pisto/contract'
import { type Clock, type Queryable, toUuid } from '@pisto/ledger'
import { calculateJwkThumbprint, EmbeddedJWK, type JWK, type JWTPayload, jwtVerify } from 'jose'

/** What of a request a proof is compared with. */
export interface Sender {
  /** IP address. */
  readonly address: string
  /** The `DPoP` header. */
  readonly proof: string | undefined
  readonly method: string
  /** Where the request came in, by the public address of the server; without query. */
  readonly url: string
}

/** Public keys of devices: what phones and browsers have in hardware, and what small programs like. */
const DEVICE_ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519'] as const

/** For so long a proof is good, and remembered. */
const PROOF_SECONDS = 60
/** Clocks are not the same. */
const AHEAD_SECONDS = 5

export interface ProofDeps {
  readonly db: Queryable
  /** Protocol time. */
  readonly systemClock: Clock
}

/**
 * Checks that the sender has the private key of the device, now, for this request: RFC 9449 section 4.3. Each proof
 * serves once.
 *
 * @param expected The thumbprint that the token or session is bound to, and the access token, where there is one.
 * @throws {PistoProblem} `unauthenticated`; the fact `proof` says what is wrong with it
 * @see RFC 9449 sections 4.3 and 7, RFC 7638
 */
export async function requireProof(
  { db, systemClock }: ProofDeps,
  { proof, method, url }: Sender,
  { tenantId, thumbprint, accessToken }: { tenantId: string; thumbprint: string; accessToken?: string },
): Promise<void> {
  if (proof === undefined) throw refused('missing')
  const now = systemClock.now()
  const { payload, jwk } = await readProof(proof, now)
  if ((await calculateJwkThumbprint(jwk)) !== thumbprint) throw refused('key')
  if (payload['htm'] !== method) throw refused('method')
  if (!isSameUrl(payload['htu'], url)) throw refused('url')
  const iat = payload.iat ?? 0
  const nowSeconds = now.getTime() / 1000
  if (iat < nowSeconds - PROOF_SECONDS || iat > nowSeconds + AHEAD_SECONDS) throw refused('time')
  if (payload['ath'] !== (accessToken === undefined ? undefined : hashOf(accessToken))) throw refused('token')
  const { jti } = payload
  if (typeof jti !== 'string' || jti.length < 8 || jti.length > 256) throw refused('id')
  const expiresAt = new Date((iat + PROOF_SECONDS) * 1000)
  if (!(await isFirst(db, { tenantId, id: `${thumbprint} ${jti}`, expiresAt, now }))) throw refused('used')
}

async function readProof(proof: string, now: Date): Promise<{ payload: JWTPayload; jwk: JWK }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [...DEVICE_ALGORITHMS],
      currentDate: now,
      clockTolerance: PROOF_SECONDS,
      requiredClaims: ['htm', 'htu', 'iat', 'jti'],
    })
    return { payload, jwk: protectedHeader.jwk as JWK }
  } catch (cause) {
    throw refused('form', cause)
  }
}

/** @see RFC 3986 sections 6.2.2 and 6.2.3: what `URL` normalises */
function isSameUrl(claimed: unknown, url: string): boolean {
  if (typeof claimed !== 'string' || !URL.canParse(claimed)) return false
  const { origin, pathname, search, hash } = new URL(claimed)
  const own = new URL(url)
  return search === '' && hash === '' && origin === own.origin && pathname === own.pathname
}

const hashOf = (accessToken: string): string => createHash('sha256').update(accessToken).digest('base64url')

async function isFirst(
  db: Queryable,
  { tenantId, id, expiresAt, now }: { tenantId: string; id: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  const tenant = toUuid(tenantId, 'ten')
  const hash = new Uint8Array(createHash('sha256').update(id).digest())
  const taken = await db.query(
    `insert into used_proofs (tenant_id, proof_hash, expires_at) values ($1, $2, $3)
     on conflict (tenant_id, proof_hash) do nothing returning proof_hash`,
    [tenant, hash, expiresAt],
  )
  if (hash[0] === 0) await db.query('delete from used_proofs where tenant_id = $1 and expires_at < $2', [tenant, now])
  return taken.length > 0
}

const refused = (proof: string, cause?: unknown): PistoProblem =>
  new PistoProblem('unauthenticated', { proof }, { cause })
