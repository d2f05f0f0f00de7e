import { homedir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { DEFAULT_GUID, requireGuid } from '@pisto/qr'
import { type DocumentLocation, documentLocationOf, LocationInvalid } from './documents/storage/document-location.ts'
import type { KeyLocation } from './platform/personal-data/key-location.ts'
import type { LogLevel } from './platform/runtime/log.ts'

/** Where the books are. */
export type DatabaseLocation =
  | { readonly kind: 'memory' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }

/** Where the signer of the logs remembers what it has signed: never in the database. */
type SignerMemoryLocation = { readonly kind: 'process' } | { readonly kind: 'folder'; readonly path: string }

/** How a server runs. Everything has a value; `readConfiguration` is the only way to one. */
export interface Configuration {
  /** 0: any free one. */
  readonly port: number
  readonly host: string
  /** Names under which it answers, beside the loopback ones. */
  readonly allowedHosts: readonly string[]
  readonly database: DatabaseLocation
  readonly signerMemory: SignerMemoryLocation
  /** Keys that wrap the data keys of persons. */
  readonly personalDataKeys: KeyLocation
  /** Where the contents of documents are. */
  readonly documents: DocumentLocation
  /** A file that lists who was erased; undefined: the books do not outlive the process. */
  readonly erasedListFile: string | undefined
  readonly seed: 'demo' | 'empty'
  /** Ids and codes repeat for the same seed and calls, and business time stands still until it is advanced. */
  readonly randomSeed: string | undefined
  readonly logLevel: LogLevel
  readonly requestsPerMinute: number
  readonly failuresPerMinute: number
  /** Aliases and phones that one caller may ask about. */
  readonly lookupsPerMinute: number
  /** Where callers find this server, as proofs of possession name it. Undefined: under the host that they name. */
  readonly publicUrl: string | undefined
  /** Sign-in codes that one network address may ask for. */
  readonly codesPerAddressPerHour: number
  /** The network that our codes name; codes that name another are foreign. Chosen before the first code is printed. */
  readonly qrGuid: string
}

/** What a start may say; what it leaves out comes from the environment, then from the defaults. */
export interface ConfigurationFlags {
  readonly port?: number | undefined
  readonly host?: string | undefined
  readonly allowedHosts?: readonly string[] | undefined
  /** A folder, or `memory`. */
  readonly dataDir?: string | undefined
  /** `postgresql://…`; takes the place of a folder. */
  readonly databaseUrl?: string | undefined
  /** A folder, or `memory`. Default: beside the books (`signerMemoryOf`). */
  readonly signerMemory?: string | undefined
  /** A file of wrapping keys. Default: `personalDataKeysOf`. */
  readonly personalDataKeyFile?: string | undefined
  /** A folder, `memory`, or `s3://BUCKET`. Default: beside the books. */
  readonly documents?: string | undefined
  readonly seed?: 'demo' | 'empty' | undefined
  readonly randomSeed?: string | number | undefined
  readonly log?: LogLevel | undefined
  readonly requestsPerMinute?: number | undefined
  readonly failuresPerMinute?: number | undefined
  readonly lookupsPerMinute?: number | undefined
  /** `https://pisto.bank.example`; a path is kept. */
  readonly publicUrl?: string | undefined
  readonly codesPerAddressPerHour?: number | undefined
  /** 1 to 26 printable ASCII characters. Default `org.pisto`. */
  readonly qrGuid?: string | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Some setting cannot be: the message names it and says what it may be. */
export class ConfigurationInvalid extends Error {
  override readonly name = 'ConfigurationInvalid'
}

const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']
const SEEDS = ['demo', 'empty'] as const

/**
 * @param environment Default: the process's own. `PISTO_PORT`, `PISTO_HOST`, `PISTO_ALLOWED_HOSTS` (comma-separated),
 *   `PISTO_DATA`, `PISTO_DATABASE_URL`, `PISTO_SIGNER_MEMORY`, `PISTO_SEED`, `PISTO_RANDOM_SEED`, `PISTO_LOG`,
 *   `PISTO_REQUESTS_PER_MINUTE`, `PISTO_FAILURES_PER_MINUTE`, `PISTO_LOOKUPS_PER_MINUTE`,
 *   `PISTO_QR_GUID`, `PISTO_PERSONAL_DATA_KEY`, `PISTO_PERSONAL_DATA_KEY_FILE`,
 *   `PISTO_DOCUMENTS`, and for a bucket `PISTO_S3_ENDPOINT`, `PISTO_S3_REGION`, `PISTO_S3_ACCESS_KEY_ID`,
 *   `PISTO_S3_SECRET_ACCESS_KEY`; `PISTO_PUBLIC_URL`, `PISTO_CODES_PER_ADDRESS_PER_HOUR`,
 *   `PISTO_ERASED_LIST`.
 * @throws {ConfigurationInvalid}
 */
export function readConfiguration(flags: ConfigurationFlags, environment: Environment = env): Configuration {
  const text = (name: string): string | undefined => environment[`PISTO_${name}`] || undefined
  const database = databaseOf(flags, text)
  return {
    port: integer('port', flags.port ?? text('PORT') ?? 8787, 0, 65_535),
    host: flags.host ?? text('HOST') ?? '127.0.0.1',
    allowedHosts:
      flags.allowedHosts ??
      text('ALLOWED_HOSTS')
        ?.split(',')
        .map((host) => host.trim()) ??
      [],
    database,
    signerMemory: signerMemoryOf(flags.signerMemory ?? text('SIGNER_MEMORY'), database, environment),
    personalDataKeys: personalDataKeysOf(flags, text, database),
    documents: documentsOf(flags.documents ?? text('DOCUMENTS'), database, text),
    erasedListFile: text('ERASED_LIST') ?? besideBooks(database, environment, 'erased-persons'),
    seed: oneOf('seed', flags.seed ?? text('SEED') ?? 'demo', SEEDS),
    randomSeed: (flags.randomSeed ?? text('RANDOM_SEED'))?.toString(),
    logLevel: oneOf('log', flags.log ?? text('LOG') ?? 'info', LOG_LEVELS),
    requestsPerMinute: limitOf('requests per minute', flags.requestsPerMinute ?? text('REQUESTS_PER_MINUTE')),
    failuresPerMinute: limitOf('failures per minute', flags.failuresPerMinute ?? text('FAILURES_PER_MINUTE')),
    lookupsPerMinute: limitOf('lookups per minute', flags.lookupsPerMinute ?? text('LOOKUPS_PER_MINUTE') ?? 60),
    publicUrl: publicUrlOf(flags.publicUrl ?? text('PUBLIC_URL')),
    codesPerAddressPerHour: limitOf(
      'codes per address per hour',
      flags.codesPerAddressPerHour ?? text('CODES_PER_ADDRESS_PER_HOUR') ?? 1000,
    ),
    qrGuid: guidOf(flags.qrGuid ?? text('QR_GUID') ?? DEFAULT_GUID),
  }
}

/** A folder that is asked for outright is not overruled by the environment. */
function databaseOf(flags: ConfigurationFlags, text: (name: string) => string | undefined): DatabaseLocation {
  const url = flags.databaseUrl ?? (flags.dataDir === undefined ? text('DATABASE_URL') : undefined)
  if (url !== undefined) {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new ConfigurationInvalid('the database URL begins with postgresql://')
    return { kind: 'postgres', url }
  }
  const path = flags.dataDir ?? text('DATA') ?? 'memory'
  return path === 'memory' ? { kind: 'memory' } : { kind: 'folder', path }
}

/**
 * By default: for books in a folder beside the database's own folder, for a PostgreSQL in this user's state folder
 * (XDG), so that the processes of one machine share it, for books in memory in the process.
 */
function signerMemoryOf(
  asked: string | undefined,
  database: DatabaseLocation,
  environment: Environment,
): SignerMemoryLocation {
  const path = asked ?? besideBooks(database, environment, 'signed-heads')
  return asked === 'memory' || path === undefined ? { kind: 'process' } : { kind: 'folder', path }
}

/** What must outlive a restored database. @returns Undefined: nothing outlives books in memory. */
function besideBooks(database: DatabaseLocation, { XDG_STATE_HOME }: Environment, name: string): string | undefined {
  if (database.kind === 'memory') return undefined
  if (database.kind === 'folder') return join(database.path, name)
  return join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'pisto', name)
}

/**
 * By default: for books in a folder a file beside the database's own, that the first start makes; for a PostgreSQL the
 * database itself, of which the start warns; for books in memory the process.
 */
function personalDataKeysOf(
  flags: ConfigurationFlags,
  text: (name: string) => string | undefined,
  database: DatabaseLocation,
): KeyLocation {
  const path = flags.personalDataKeyFile ?? text('PERSONAL_DATA_KEY_FILE')
  if (path !== undefined) return { kind: 'file', path, isMade: false }
  const keys = text('PERSONAL_DATA_KEY')
  if (keys !== undefined) return { kind: 'text', text: keys }
  if (database.kind === 'memory') return { kind: 'process' }
  if (database.kind === 'postgres') return { kind: 'database' }
  return { kind: 'file', path: join(database.path, 'personal-data.key'), isMade: true }
}

function documentsOf(
  asked: string | undefined,
  database: DatabaseLocation,
  text: (name: string) => string | undefined,
): DocumentLocation {
  try {
    return documentLocationOf(asked, database, text)
  } catch (cause) {
    if (cause instanceof LocationInvalid) throw new ConfigurationInvalid(cause.message, { cause })
    throw cause
  }
}

function publicUrlOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url.href.replace(/\/+$/, '')
  throw new ConfigurationInvalid(`the public URL is an http or https address without query, not "${text}"`)
}

function guidOf(guid: string): string {
  try {
    requireGuid(guid)
    return guid
  } catch (cause) {
    throw new ConfigurationInvalid(`the QR GUID: ${(cause as Error).message}`, { cause })
  }
}

/** Generous: a sandbox is for load tests, too. */
const LIMIT_DEFAULT = 6_000_000

const limitOf = (name: string, value: string | number = LIMIT_DEFAULT): number =>
  integer(name, value, 1, Number.MAX_SAFE_INTEGER)

function integer(name: string, value: string | number, least: number, most: number): number {
  const number = typeof value === 'number' || /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (Number.isInteger(number) && number >= least && number <= most) return number
  throw new ConfigurationInvalid(`${name} is a whole number from ${least} to ${most}, not "${value}"`)
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value)
  if (found !== undefined) return found
  throw new ConfigurationInvalid(`${name} is one of ${allowed.join(', ')}, not "${value}"`)
}
