import { type DeviceKeyPair, deviceSigner } from '../journal/device-key.ts'

/** What a proof is for. */
export interface Proven {
  readonly method: string
  readonly url: string
  /** Left out: there is none yet. */
  readonly accessToken?: string
  /** The server's time, in milliseconds since 1970: phones' clocks are wrong. */
  readonly nowMs: number
  /** Never the same twice. */
  readonly id: string
}

/**
 * The `DPoP` header of one request. Written here and not with a library, because those take the time from the device's
 * clock, and phones' clocks are wrong.
 *
 * @see RFC 9449 section 4.2
 */
export async function proofOf(keys: DeviceKeyPair, { method, url, accessToken, nowMs, id }: Proven): Promise<string> {
  const { origin, pathname } = new URL(url)
  const { publicKey, sign } = await deviceSigner(keys)
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey }
  const claims = {
    ...{ jti: id, htm: method, htu: `${origin}${pathname}`, iat: Math.floor(nowMs / 1000) },
    ...(accessToken !== undefined && { ath: base64url(await sha256(accessToken)) }),
  }
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${base64url(await sign(new TextEncoder().encode(signed)))}`
}

const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

const encode = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)))

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
