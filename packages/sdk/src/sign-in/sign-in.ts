import type { SessionKey, StartSession } from '@pisto/contract'
import { createDeviceKey, type DeviceKeyPair, deviceSigner } from '../journal/device-key.ts'
import type { RequestCredentials } from '../options.ts'
import { Pisto } from '../pisto.ts'
import { systemClock } from '../runtime.ts'
import { type PersonOptions, personCredentials, storedSession } from './person-credentials.ts'

/** Who signs in: `tenant` is the institution's code. */
export interface SignInRequest extends Omit<StartSession, 'deviceKey'> {}

/** A sign-in whose code is on its way. */
export interface SignIn {
  readonly sessionId: string
  /** RFC 3339: until then the code is good. */
  readonly expiresAt: string
  /**
   * @param code Six digits of the SMS.
   * @param deviceName How the person recognises this device in a list.
   * @returns What to make a client with.
   */
  confirm(code: string, deviceName?: string): Promise<RequestCredentials>
}

/**
 * Sends a code to a phone and signs this device in with it. The device's key is made here, cannot be read by any script,
 * and is kept in the store.
 *
 * @example
 * const store = indexedDbStore()
 * const signingIn = await signIn({ baseUrl, store }, { tenant: 'gtbank', country: 'GT', phone: '5555-0101' })
 * const pisto = new Pisto({ baseUrl, credentials: await signingIn.confirm('123456', 'Teléfono de Rosa') })
 */
export async function signIn(options: PersonOptions, request: SignInRequest): Promise<SignIn> {
  const { store, ...rest } = options
  const pisto = new Pisto(rest)
  const keys = await createDeviceKey()
  const { publicKey: deviceKey } = await deviceSigner(keys)
  const { id: sessionId, expiresAt } = await pisto.sessions.start({ ...request, deviceKey })
  return finishing(options, pisto, { keys, deviceKey, sessionId, expiresAt })
}

/** The same for a till: its owner has the code from `merchants.devices.pair`. */
export async function signInTill(
  options: PersonOptions,
  { sessionId, code }: { readonly sessionId: string; readonly code: string },
): Promise<RequestCredentials> {
  const { store, ...rest } = options
  const keys = await createDeviceKey()
  const { publicKey: deviceKey } = await deviceSigner(keys)
  return finishing(options, new Pisto(rest), { keys, deviceKey, sessionId, expiresAt: '' }).confirm(code)
}

interface Begun extends Pick<SignIn, 'sessionId' | 'expiresAt'> {
  readonly keys: DeviceKeyPair
  readonly deviceKey: SessionKey
}

const finishing = (options: PersonOptions, pisto: Pisto, { keys, deviceKey, sessionId, expiresAt }: Begun): SignIn => ({
  sessionId,
  expiresAt,
  async confirm(code, deviceName) {
    const named = deviceName === undefined ? {} : { deviceName }
    const tokens = await pisto.sessions.confirm(sessionId, { code, deviceKey, ...named })
    await options.store.save(storedSession(tokens, keys, options.clock ?? systemClock))
    return personCredentials(options)
  },
})

export type { PersonOptions } from './person-credentials.ts'
export { personCredentials } from './person-credentials.ts'
export { indexedDbStore, memoryStore, type SessionStore, type StoredSession } from './session-store.ts'
