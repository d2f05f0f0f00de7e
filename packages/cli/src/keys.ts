import { readFile, stat } from 'node:fs/promises'
import type { PublishedKey } from '@pisto/contract'
import type { SignedDirectory } from '@pisto/proof'
import { Pisto } from '@pisto/sdk'
import { isDirectoryText, readOwnDirectory } from './directory-file.ts'
import { failed, misused } from './failure.ts'
import { readObject } from './lines.ts'
import type { Terminal } from './terminal.ts'

/** Public keys of tenants, and how old the list is. */
export interface Keys {
  readonly keys: readonly PublishedKey[]
  /** RFC 3339: now for a list fetched now, else when the file was written. */
  readonly issuedAt: string
}

export const KEYS_HELP = 'published keys, or a signed directory of them: a file, or a server’s URL'

/**
 * Reads published keys, as `/.well-known/pisto-keys` gives them, or a signed directory that `pisto keys directory` kept.
 * @param source A file, or a URL: a server's own, or that of the list.
 * @throws {CommandFailure} it cannot be read, or is no such list
 */
export async function readKeys(terminal: Terminal, source: string): Promise<Keys> {
  if (/^https?:\/\//.test(source)) {
    const baseUrl = source.replace(/\/\.well-known\/pisto-keys$/, '')
    const { keys } = await new Pisto({ baseUrl, maxRetries: 1 }).service.keys()
    return { keys, issuedAt: terminal.now().toISOString() }
  }
  const [text, { mtime }] = await Promise.all([readFile(source, 'utf8'), stat(source)]).catch((cause: unknown) => {
    throw failed(`The keys in ${source} cannot be read`, KEYS_HINT, cause)
  })
  if (isDirectoryText(text)) return keysIn(await readOwnDirectory(text, source))
  const list = readObject(text)?.['keys']
  if (!Array.isArray(list) || !list.every(isKey)) throw misused(`${source} is no list of published keys`, KEYS_HINT)
  return { keys: list, issuedAt: mtime.toISOString() }
}

/** A directory names tenants by their code alone. */
const keysIn = ({ issuedAt, keys }: SignedDirectory): Keys => ({
  issuedAt,
  keys: keys.map(({ tenant, ...key }) => ({ ...key, tenantId: '', tenantCode: tenant })),
})

const KEYS_HINT = 'Keep one while on line: curl -o keys.json http://127.0.0.1:8787/.well-known/pisto-keys'

const TEXTS = ['kid', 'x', 'use', 'tenantCode', 'validFrom'] as const

function isKey(value: unknown): value is PublishedKey {
  if (typeof value !== 'object' || value === null) return false
  const key = value as Partial<Record<keyof PublishedKey, unknown>>
  const isEnded = typeof key.validTo === 'string' || key.validTo === null
  return isEnded && typeof key.livemode === 'boolean' && TEXTS.every((name) => typeof key[name] === 'string')
}

/** Whether the key signs, or has signed, by that moment. */
export function hasBegun({ validFrom }: Pick<PublishedKey, 'validFrom'>, at: Date): boolean {
  return Date.parse(validFrom) <= at.getTime()
}
