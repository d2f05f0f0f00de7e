import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { PistoProblem } from '@pisto/contract'
import type { Clock } from '@pisto/ledger'
import { jwtVerify, SignJWT } from 'jose'
import { pkcs8Of } from '../tenants/ed25519.ts'

/** An access token lives this long: ten minutes. */
export const ACCESS_SECONDS = 600

const ISSUER = 'pisto'
const TYPE = 'at+jwt'

/** What an access token says. */
export interface AccessClaims {
  readonly tenantId: string
  readonly sessionId: string
  readonly personId: string
  /** Words with spaces between. */
  readonly scope: string
  /** Of the device's key. */
  readonly thumbprint: string
}

/** Short tokens of people: JWT, signed by the server, bound to a device's key. @see RFC 9068, RFC 9449 section 6.1 */
export class AccessTokens {
  readonly #clock: Clock
  readonly #privateKey: KeyObject
  readonly #publicKey: KeyObject

  /**
   * @param seed 32 bytes that all processes share: an Ed25519 key.
   * @param clock Protocol time.
   */
  constructor(seed: Uint8Array, clock: Clock) {
    this.#clock = clock
    this.#privateKey = createPrivateKey({ key: pkcs8Of(seed), format: 'der', type: 'pkcs8' })
    this.#publicKey = createPublicKey(this.#privateKey)
  }

  /** @param id Unguessable: two tokens are never the same. */
  issue({ tenantId, sessionId, personId, scope, thumbprint }: AccessClaims, id: string): Promise<string> {
    const issuedAt = Math.floor(this.#clock.now().getTime() / 1000)
    return new SignJWT({ scope, sid: sessionId, tenant: tenantId, cnf: { jkt: thumbprint } })
      .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setSubject(personId)
      .setJti(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_SECONDS)
      .sign(this.#privateKey)
  }

  /** @throws {PistoProblem} `unauthenticated`: not ours, changed, or too old */
  async verify(token: string): Promise<AccessClaims> {
    try {
      const { payload } = await jwtVerify(token, this.#publicKey, {
        algorithms: ['EdDSA'],
        issuer: ISSUER,
        audience: ISSUER,
        typ: TYPE,
        currentDate: this.#clock.now(),
        requiredClaims: ['sub', 'exp', 'sid', 'tenant', 'cnf', 'scope'],
      })
      const { sub = '', sid, tenant, scope, cnf } = payload
      const { jkt } = cnf as { jkt: string }
      return { tenantId: String(tenant), sessionId: String(sid), personId: sub, scope: String(scope), thumbprint: jkt }
    } catch (cause) {
      throw new PistoProblem('unauthenticated', {}, { cause })
    }
  }
}
