import { type Language, Pisto, type Tenant } from '@pisto/sdk'
import type { Command } from 'commander'
import { failed, misused } from './failure.ts'
import { readText } from './input.ts'
import { readObject } from './lines.ts'
import type { Terminal } from './terminal.ts'

/** Where `pisto sandbox` listens unless told otherwise. */
const DEFAULT_URL = 'http://127.0.0.1:8787'

export interface ConnectionOptions {
  readonly url?: string
  readonly key?: readonly string[]
  readonly tenants?: string
}

/** Adds `--url`, `--key` and `--tenants` to a command that talks to a server. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', `where the server is; default PISTO_URL, else ${DEFAULT_URL}`)
    .option('--key <key>', 'a tenant’s API key; may be repeated; default PISTO_KEY', collect)
    .option('--tenants <file>', 'instead: the line that `pisto sandbox --json` printed')
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** A tenant and a client with its key. */
export interface ConnectedTenant {
  readonly tenant: Tenant
  readonly client: Pisto
}

/** Where and with which keys, before anything is asked. */
export interface Connection {
  readonly url: string
  readonly keys: readonly string[]
}

/** @throws {CommandFailure} the file of tenants cannot be understood */
export async function connectionOf(terminal: Terminal, options: ConnectionOptions): Promise<Connection> {
  const { PISTO_URL, PISTO_KEY } = terminal.environment
  const ready = options.tenants === undefined ? undefined : await readReadyLine(terminal, options.tenants)
  const url = options.url ?? ready?.url ?? (PISTO_URL || DEFAULT_URL)
  const keys = options.key ?? ready?.keys ?? (PISTO_KEY ?? '').split(',').filter((key) => key !== '')
  if (!URL.canParse(url)) throw misused(`--url ${url} is no URL`, `Like ${DEFAULT_URL}.`)
  return { url, keys }
}

/**
 * Asks the server whose the keys are.
 * @param more.locale Language of what the server writes for people; default English.
 * @throws {CommandFailure} there is no key
 * @throws {PistoError} the server refuses one, or does not answer
 */
export async function connect(
  terminal: Terminal,
  options: ConnectionOptions,
  more: { readonly locale?: Language } = {},
): Promise<readonly ConnectedTenant[]> {
  const { url, keys } = await connectionOf(terminal, options)
  if (keys.length === 0) throw misused('No key was given', 'Give one by --key, --tenants or PISTO_KEY.')
  return Promise.all(
    keys.map(async (apiKey) => {
      const client = new Pisto({ baseUrl: url, apiKey, ...more })
      return { client, tenant: await client.tenant.get() }
    }),
  )
}

async function readReadyLine(terminal: Terminal, file: string): Promise<Connection> {
  const ready = readObject((await readText(terminal, file)).trim())
  const { url, tenants } = (ready ?? {}) as { readonly url?: unknown; readonly tenants?: unknown }
  const keys = Array.isArray(tenants) ? tenants.map((tenant: { apiKey?: unknown }) => tenant?.apiKey) : []
  if (typeof url !== 'string' || keys.length === 0 || !keys.every((key) => typeof key === 'string')) {
    throw failed(`${file} is not what \`pisto sandbox --json\` printed`)
  }
  return { url, keys }
}
