import { type DBSchema, openDB } from 'idb'
import type { DeviceKeyPair } from '../journal/device-key.ts'

/** What a device keeps of a person's session. */
export interface StoredSession {
  readonly sessionId: string
  readonly keys: DeviceKeyPair
  readonly accessToken: string
  /** By the server's clock, milliseconds since 1970. */
  readonly expiresAtMs: number
  readonly refreshToken: string
  /** How far the server's clock is ahead of the device's. */
  readonly aheadMs: number
  readonly scope: string
}

/** Where a device keeps it. */
export interface SessionStore {
  load(): Promise<StoredSession | undefined>
  save(session: StoredSession): Promise<void>
  clear(): Promise<void>
}

/** Ends with the page or process. */
export function memoryStore(): SessionStore {
  let kept: StoredSession | undefined
  return {
    load: async () => kept,
    save: async (session) => {
      kept = session
    },
    clear: async () => {
      kept = undefined
    },
  }
}

interface Schema extends DBSchema {
  readonly sessions: { readonly key: string; readonly value: StoredSession }
}

/**
 * Stays in the browser. The key is stored as an object that scripts can use and not read.
 *
 * @param name Of the database; another one for each person that one browser signs in.
 */
export function indexedDbStore(name = 'pisto-session'): SessionStore {
  const opened = openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('sessions')
    },
  })
  opened.catch(() => undefined) // told to whoever uses it first
  return {
    load: async () => (await opened).get('sessions', 'session'),
    save: async (session) => {
      await (await opened).put('sessions', session, 'session')
    },
    clear: async () => {
      await (await opened).delete('sessions', 'session')
    },
  }
}
