import type { DeviceKey } from '@pisto/contract'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const

/** What WebCrypto gives; named here, because Node and browsers name its types differently. */
export type DeviceKeyPair = Awaited<ReturnType<typeof generate>>

const generate = (extractable: boolean) => crypto.subtle.generateKey(ALGORITHM, extractable, ['sign', 'verify'])

/** Signs for one device. */
export interface DeviceSigner {
  /** Give it to `pisto.agents.addDevice`. */
  readonly publicKey: DeviceKey
  /** The 64 bytes of an ES256 signature (RFC 7518 section 3.4). */
  sign(message: Uint8Array): Promise<Uint8Array>
}

/** A new key pair. @param options.extractable Only for storage that cannot hold a key otherwise: a file. */
export const createDeviceKey = ({ extractable = false } = {}): Promise<DeviceKeyPair> => generate(extractable)

/** A signer with a key pair. */
export async function deviceSigner({ publicKey, privateKey }: DeviceKeyPair): Promise<DeviceSigner> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign(ES256, privateKey, message as Uint8Array<ArrayBuffer>)),
  }
}
