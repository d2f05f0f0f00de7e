import { createDeviceKey } from '@pisto/sdk/journal'
import { indexedDbStore } from '@pisto/sdk/sign-in'
import type { SessionPage } from '../session-page.ts'

const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const
const store = indexedDbStore('session')

const page: SessionPage = {
  async save() {
    await store.save({
      ...{ sessionId: 'ses_1', accessToken: 'access', expiresAtMs: 1_800_000_000_000, refreshToken: 'refresh' },
      ...{ aheadMs: -5, scope: 'self:read', keys: await createDeviceKey() },
    })
  },
  async load() {
    const stored = await store.load()
    if (stored === undefined) return undefined
    const { keys, ...rest } = stored
    const said = new TextEncoder().encode('once')
    const { privateKey, publicKey } = keys
    const signature = await crypto.subtle.sign(ALGORITHM, privateKey, said)
    const isSigned = await crypto.subtle.verify(ALGORITHM, publicKey, signature, said)
    return { ...rest, isSigned, isReadable: privateKey.extractable }
  },
  clear: () => store.clear(),
}
Object.assign(globalThis, { session: page })
