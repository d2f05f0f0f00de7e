import { type DBSchema, openDB } from 'idb'
import { createDeviceKey, type DeviceKeyPair, type DeviceSigner, deviceSigner } from './device-key.ts'
import type { JournalEntry } from './entry.ts'
import { alone } from './locks.ts'
import type { JournalStorage } from './storage.ts'

interface Schema extends DBSchema {
  readonly entries: { readonly key: number; readonly value: JournalEntry; readonly indexes: { subject: string } }
  readonly keys: { readonly key: string; readonly value: DeviceKeyPair }
}

/** A journal in IndexedDB, with the key of the device. */
export interface BrowserStorage extends JournalStorage {
  /** The device's key, made when it is first asked for. The private part cannot be read out, by nobody. */
  signer(): Promise<DeviceSigner>
}

/**
 * Keeps a journal in IndexedDB; several tabs may have it open.
 *
 * Ask for `navigator.storage.persist()` once, so that the browser does not clear it when the disk is full.
 *
 * @param name Of the database: one journal each.
 */
export function indexedDbStorage(name: string): BrowserStorage {
  const opened = openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('entries', { keyPath: 'sequence' }).createIndex('subject', 'subject')
      database.createObjectStore('keys')
    },
  })
  opened.catch(() => undefined) // told to whoever uses it first
  const locked = <T>(kind: string, work: () => Promise<T>): Promise<T> => alone(`pisto-journal/${name}/${kind}`, work)
  return {
    alone: locked,
    read: async () => (await opened).getAll('entries'),
    about: async (subject) => (await opened).getAllFromIndex('entries', 'subject', subject),
    async last() {
      const cursor = await (await opened).transaction('entries').store.openKeyCursor(null, 'prev')
      return cursor?.key ?? 0
    },
    async write(entries) {
      const transaction = (await opened).transaction('entries', 'readwrite', { durability: 'strict' })
      await Promise.all([...entries.map((entry) => transaction.store.put(entry)), transaction.done])
    },
    signer: () =>
      locked('key', async () => {
        const database = await opened
        const known = await database.get('keys', 'device')
        if (known !== undefined) return deviceSigner(known)
        const pair = await createDeviceKey()
        const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' })
        await Promise.all([transaction.store.put(pair, 'device'), transaction.done])
        return deviceSigner(pair)
      }),
    close: async () => ((await opened) as unknown as { close(): void }).close(),
  }
}
