import { createHash, randomUUID } from 'node:crypto'
import type { JWK } from 'jose'
import * as oauth from 'oauth4webapi'
import type { RunningServer } from '../start.ts'
import { json, type Received, send } from './send.ts'

type Keys = Awaited<ReturnType<typeof oauth.generateKeyPair>>

/** What the library's handle does for its own requests. */
interface ProofMaker {
  addProof(url: URL, headers: Headers, method: string, accessToken?: string): Promise<void>
}

/**
 * A phone with its key: proofs are made by `oauth4webapi`, a client that others wrote, and not by our own code.
 */
export class TestDevice {
  readonly server: Pick<RunningServer, 'url'>
  readonly #keys: Keys
  readonly publicJwk: JWK
  sessionId = ''
  accessToken = ''
  refreshToken = ''
  scope = ''

  private constructor(server: Pick<RunningServer, 'url'>, keys: Keys, publicJwk: JWK) {
    this.server = server
    this.#keys = keys
    this.publicJwk = publicJwk
  }

  static async make(server: Pick<RunningServer, 'url'>, algorithm: 'ES256' | 'Ed25519' = 'ES256'): Promise<TestDevice> {
    const keys = await oauth.generateKeyPair(algorithm)
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey)
    return new TestDevice(server, keys, { kty, crv, x, ...(y !== undefined && { y }) } as JWK)
  }

  /** A second device on the same server, with nothing but what was stolen: the tokens without the key. */
  async thief(): Promise<TestDevice> {
    const other = await TestDevice.make(this.server)
    Object.assign(other, { sessionId: this.sessionId, accessToken: this.accessToken, refreshToken: this.refreshToken })
    return other
  }

  /** Signs in with the code that every phone has in the sandbox. */
  async signIn(phone: string, { tenant = 'gtbank', country = 'GT', name = 'Teléfono de prueba' } = {}): Promise<this> {
    const started = await send(this.server.url, {
      method: 'POST',
      path: '/v1/sessions',
      ...json({ tenant, country, phone }),
    })
    if (started.status !== 201) throw new Error(started.text)
    const confirmed = await this.confirm(started.body.id, '000000', name)
    if (confirmed.status !== 200) throw new Error(confirmed.text)
    return this
  }

  async confirm(sessionId: string, code: string, deviceName?: string): Promise<Received> {
    const body = { code, deviceKey: this.publicJwk, ...(deviceName !== undefined && { deviceName }) }
    const path = `/v1/sessions/${sessionId}/confirm`
    const confirmed = await send(this.server.url, { method: 'POST', path, ...json(body) })
    if (confirmed.status === 200) this.#take(confirmed)
    return confirmed
  }

  /** @param token Another one than the present. */
  async refresh({ token = this.refreshToken, idempotencyKey = randomUUID() as string } = {}): Promise<Received> {
    const path = `/v1/sessions/${this.sessionId}/refresh`
    const dpop = await this.proof('POST', path)
    const { headers, ...sent } = json({ refreshToken: token })
    const refreshed = await send(this.server.url, {
      ...{ method: 'POST', path, ...sent },
      headers: { ...headers, dpop, 'idempotency-key': idempotencyKey },
    })
    if (refreshed.status === 200) this.#take(refreshed)
    return refreshed
  }

  /** @param withToken Whether the proof is for a request with the access token. */
  async proof(method: string, path: string, withToken = false): Promise<string> {
    const headers = new Headers()
    const handle = oauth.DPoP({}, this.#keys) as unknown as ProofMaker
    await handle.addProof(new URL(path, this.server.url), headers, method, withToken ? this.accessToken : undefined)
    return headers.get('dpop') ?? ''
  }

  get = (path: string): Promise<Received> => this.call('GET', path)
  post = (path: string, body: unknown = {}, key: string = randomUUID()): Promise<Received> =>
    this.call('POST', path, body, key)

  async call(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Received> {
    const dpop = await this.proof(method, path, true)
    const sent = body === undefined ? { headers: {} } : json(body)
    return send(this.server.url, {
      ...{ ...sent, method, path },
      headers: {
        ...sent.headers,
        authorization: `DPoP ${this.accessToken}`,
        dpop,
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
    })
  }

  #take({ body }: Received): void {
    const { sessionId, accessToken, refreshToken, scope } = body
    Object.assign(this, { sessionId, accessToken, refreshToken, scope })
  }
}

/** What `ath` is of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
