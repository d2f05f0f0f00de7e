import { type CheckpointSigner, type Clock, createLedger, type Database } from '@pisto/ledger'
import { compose } from './compose.ts'
import { type Configuration, type ConfigurationFlags, readConfiguration } from './configuration.ts'
import { openDatabase } from './platform/database/open.ts'
import { type Listening, listen } from './platform/http/listen.ts'
import { ManualClock, systemClock } from './platform/runtime/clock.ts'
import { createIds } from './platform/runtime/ids.ts'
import { createLog } from './platform/runtime/log.ts'
import { seededRandom, systemRandom } from './platform/runtime/random.ts'
import type { Runtime } from './platform/runtime/runtime.ts'
import { countStart, SandboxClock } from './platform/runtime/sandbox-clock.ts'
import { TenantDirectory } from './tenants/directory.ts'
import { DatabaseKeyring } from './tenants/keyring.ts'
import { sharedSecret } from './tenants/secret.ts'
import { type SandboxTenant, seedTenants } from './tenants/seed.ts'

export interface StartOptions extends ConfigurationFlags {
  /** What business time runs on instead of the machine's clock; the sandbox's offset is added to it. */
  readonly clock?: Clock | undefined
  /** Checks every answer against the contract, and fails the request that breaks it: for tests. */
  readonly checkAnswers?: boolean | undefined
}

export interface RunningServer {
  /** `http://127.0.0.1:8787` */
  readonly url: string
  readonly tenants: readonly SandboxTenant[]
  readonly runtime: Runtime
  /** Takes nothing new, finishes what was accepted, closes the books. Safe to call again. */
  stop(): Promise<void>
}

/** Where a sandbox that repeats itself begins; each start on the same books begins a second later. */
const STILL_START_MS = Date.parse('2026-01-01T00:00:00Z')

/**
 * Starts a sandbox server: opens the books, migrates, seeds the tenants, listens.
 *
 * @throws {ConfigurationInvalid} a setting cannot be
 * @throws {FolderInUse} another process has the folder open
 * @example
 * const server = await startServer({ port: 0, dataDir: 'memory', log: 'silent' })
 * await fetch(`${server.url}/healthz`)
 * await server.stop()
 */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const configuration = readConfiguration(options)
  const db = await openDatabase(configuration.database)
  try {
    return await startOn(db, configuration, options)
  } catch (error) {
    await db.close()
    throw error
  }
}

async function startOn(db: Database, configuration: Configuration, options: StartOptions): Promise<RunningServer> {
  const log = createLog(configuration.logLevel)
  const { clock, runtime, tenants } = await createRuntime(db, configuration, options.clock)
  const seeded = await seedTenants({ ...runtime, secretRandom: systemRandom })
  const stopping = new AbortController()
  const { app, worker } = compose({
    runtime,
    clock,
    tenants,
    configuration,
    log,
    stopping: stopping.signal,
    checkAnswers: options.checkAnswers ?? false,
  })
  const { port, host } = configuration
  const listening = await listen(app, { port, host, log, random: systemRandom })
  if (db.kind === 'postgres') clock.follow()
  worker.start()
  log.info({ url: listening.url, database: configuration.database.kind }, 'ready')

  const stop = async (): Promise<void> => {
    stopping.abort()
    await finish(listening, runtime, [worker, clock])
    log.info('stopped')
  }
  let stopped: Promise<void> | undefined
  return {
    url: listening.url,
    tenants: seeded,
    runtime,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

async function createRuntime(
  db: Database,
  { randomSeed }: Configuration,
  given: Clock | undefined,
): Promise<{ clock: SandboxClock; runtime: Runtime; tenants: TenantDirectory }> {
  const startNumber = await countStart(db)
  const still = new ManualClock(new Date(STILL_START_MS + 1000 * startNumber).toISOString())
  const clock = await SandboxClock.open({ db, base: given ?? (randomSeed === undefined ? systemClock : still) })
  const random = randomSeed === undefined ? systemRandom : seededRandom(`${randomSeed}/${startNumber}`)
  const ids = createIds(clock, random)
  const keys = new DatabaseKeyring({ db, systemClock })
  const tenants = new TenantDirectory({ db, systemClock })
  const signer = async (tenantId: string): Promise<CheckpointSigner | undefined> => {
    const tenant = await tenants.get(tenantId)
    return tenant && { name: tenant.logOrigin, ...(await keys.signing(tenantId, 'checkpoint')) }
  }
  const ledger = createLedger({ db, clock, ids, signer })
  const secret = await sharedSecret(db, 'request-hashes', systemRandom)
  return { clock, tenants, runtime: { db, ledger, clock, systemClock, ids, random, keys, secret, livemode: false } }
}

/** In this order: nothing new comes in, what came in is done, what is done is signed, the books are closed. */
async function finish(
  listening: Listening,
  { ledger, db }: Runtime,
  [worker, clock]: readonly [{ stop(): Promise<void> }, { stop(): void }],
): Promise<void> {
  await listening.close()
  await worker.stop()
  clock.stop()
  await ledger.stop()
  await db.close()
}
