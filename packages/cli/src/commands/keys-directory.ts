import { readFile, writeFile } from 'node:fs/promises'
import { type PinnedIssuer, pinnedBy, type SignedDirectory, verifyDirectory } from '@pisto/proof'
import { Pisto } from '@pisto/sdk'
import { Command } from 'commander'
import { type ConnectionOptions, connectionOf, withConnection } from '../connection.ts'
import { readOwnDirectory } from '../directory-file.ts'
import { failed } from '../failure.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface DirectoryOptions extends ConnectionOptions {
  readonly keep?: string
  readonly json?: true
}

export function keysDirectoryCommand(terminal: Terminal): Command {
  const command = new Command('directory')
    .description('fetch the directory of keys that a tenant signs, and check it as its wallets do')
    .argument('<tenant>', 'code of the tenant, like gtbank')
    .option('--keep <file>', 'where it is kept: what is there is trusted, and never replaced by something older')
    .option('--json', 'one line of JSON')
    .action((tenant: string, options: DirectoryOptions) => run(terminal, tenant, options))
  return withConnection(command)
}

async function run(terminal: Terminal, tenant: string, options: DirectoryOptions): Promise<void> {
  const { url } = await connectionOf(terminal, options)
  const client = new Pisto({ baseUrl: url, maxRetries: 1 })
  const text = await client.service.directory(tenant)
  const kept = options.keep === undefined ? undefined : await readKept(options.keep)
  const directory = await verify(text, kept === undefined ? await firstPins(client, tenant) : pinnedBy(kept), kept)
  if (options.keep !== undefined) await writeFile(options.keep, text)
  const { issuer, number, issuedAt, tenants, keys } = directory
  if (options.json) return printJson(terminal, { issuer, number, issuedAt, tenants, keys })
  await print(
    terminal,
    `${issuer}, number ${number} of ${issuedAt}: ${keys.length} keys of ${tenants.length} tenants.`,
    ...(kept === undefined ? ['Trusted at first sight: the key that signs it came from the same server.'] : []),
  )
}

/** Undefined: nothing is kept yet. */
async function readKept(file: string): Promise<SignedDirectory | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : readOwnDirectory(text, file)
}

/** At first sight there is nothing to go by but the connection: apps have their bank's key from the start. */
async function firstPins(client: Pisto, tenant: string): Promise<PinnedIssuer> {
  const { keys } = await client.service.keys()
  const own = keys.filter(({ use, tenantCode }) => use === 'directory' && tenantCode === tenant)
  return { issuer: tenant, keys: own.map(({ x }) => x) }
}

async function verify(text: string, pinned: PinnedIssuer, kept?: SignedDirectory): Promise<SignedDirectory> {
  try {
    return await verifyDirectory(text, pinned, kept)
  } catch (cause) {
    throw failed(`The directory is not believed: ${(cause as Error).message}`, undefined, cause)
  }
}
