import type { CountryCode } from '@pisto/contract'
import type { Database } from '@pisto/ledger'
import { Pisto, type PistoOptions } from '@pisto/sdk'
import { type SandboxTenant, type StartOptions, startServer } from '@pisto/server'

/** As `startServer` takes them; whatever is left out suits a test: in memory, any free port, silent, answers checked. */
export interface SandboxOptions extends StartOptions {}

/** A sandbox in this process. */
export interface Sandbox extends AsyncDisposable {
  readonly url: string
  readonly tenants: readonly SandboxTenant[]
  /** Its database, for `checkBooks` and for a look inside. */
  readonly db: Database
  tenant(country: CountryCode): SandboxTenant
  /** The SDK with the key of that country's tenant. */
  client(country: CountryCode, options?: Omit<PistoOptions, 'baseUrl' | 'apiKey'>): Pisto
  /** Moves business time forward; what falls due has happened when it resolves. @returns the new time */
  advanceClock(seconds: number): Promise<Date>
  /** The newest one-time code that was sent to a phone of that country's tenant. @throws {Error} there is none */
  newestCode(country: CountryCode, phone: string): Promise<string>
  stop(): Promise<void>
}

const FOR_TESTS = { port: 0, log: 'silent', checkAnswers: true } as const

/**
 * Starts a whole sandbox with its four tenants.
 *
 * @throws {FolderInUse} another process has `dataDir` open
 * @example
 * await using sandbox = await startSandbox()
 * const merchant = await aMerchant(sandbox.client('GT'))
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const dataDir = options.dataDir ?? (options.databaseUrl === undefined ? 'memory' : undefined)
  // A folder's signer remembers in the folder; a test on PostgreSQL leaves nothing in its user's home.
  const signerMemory = options.databaseUrl === undefined ? undefined : 'memory'
  const server = await startServer({ ...FOR_TESTS, signerMemory, ...options, dataDir })

  const tenant = (country: CountryCode): SandboxTenant => {
    const found = server.tenants.find((candidate) => candidate.country === country)
    if (found === undefined) throw new Error(`the sandbox has no tenant in ${country}`)
    return found
  }
  const client: Sandbox['client'] = (country, clientOptions = {}) =>
    new Pisto({ ...clientOptions, baseUrl: server.url, apiKey: tenant(country).apiKey })

  return {
    url: server.url,
    tenants: server.tenants,
    db: server.runtime.db,
    tenant,
    client,
    async advanceClock(seconds) {
      const { now } = await client('GT').sandbox.advanceClock({ seconds })
      return new Date(now)
    },
    newestCode: (country, phone) => newestCode(client(country), phone),
    stop: () => server.stop(),
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

/** The newest one-time code in the sandbox's inbox. @throws {Error} there is none */
export async function newestCode(client: Pisto, phone: string): Promise<string> {
  const { data } = await client.sandbox.inbox({ to: phone, limit: 1 }).page()
  const code = data[0]?.code
  if (code === undefined || code === null) throw new Error('no code was sent to this phone')
  return code
}
