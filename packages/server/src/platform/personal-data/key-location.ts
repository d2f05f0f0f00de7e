import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Queryable, RandomBytes } from '@pisto/ledger'
import { sharedSecret } from '../../tenants/secret.ts'
import type { KeyProvider } from './key-provider.ts'
import { formatKeys, KeysInvalid, localKeys, parseKeys } from './local-keys.ts'

/** Where the wrapping keys are. */
export type KeyLocation =
  /** Drawn at the start and gone with the process, like books in memory. */
  | { readonly kind: 'process' }
  /** @param isMade A first start makes the file. */
  | { readonly kind: 'file'; readonly path: string; readonly isMade: boolean }
  /** The keys themselves, as the environment has them. */
  | { readonly kind: 'text'; readonly text: string }
  /** Beside what it protects, which protects nothing: only the sandbox does so, and says so. */
  | { readonly kind: 'database' }

interface Deps {
  readonly db: Queryable
  /** Never the seeded one. */
  readonly random: RandomBytes
  /** Told that whoever has the database has everything. */
  readonly onUnprotected: () => void
}

/** @throws {KeysInvalid} there are none, or they are no keys */
export async function openKeys(location: KeyLocation, { db, random, onUnprotected }: Deps): Promise<KeyProvider> {
  switch (location.kind) {
    case 'process':
      return localKeys([random(32)], random)
    case 'text':
      return localKeys(parseKeys(location.text), random)
    case 'file':
      return localKeys(parseKeys(await readKeyFile(location, random)), random)
    case 'database':
      onUnprotected()
      return localKeys([await sharedSecret(db, 'personal-data-key', random)], random)
  }
}

async function readKeyFile({ path, isMade }: KeyLocation & { kind: 'file' }, random: RandomBytes): Promise<string> {
  if (isMade) await makeKeyFile(path, random)
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new KeysInvalid(`the file of wrapping keys cannot be read: ${path}`, { cause })
  })
}

/** Only its owner may read it. One that is there stays. */
async function makeKeyFile(path: string, random: RandomBytes): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, formatKeys([random(32)]), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}
