import type { Clock, Database } from '@pisto/ledger'
import { undurableSettings } from '@pisto/ledger/database'
import { compose } from './compose.ts'
import { type Configuration, type ConfigurationFlags, readConfiguration } from './configuration.ts'
import { openStorage } from './documents/storage/document-location.ts'
import { openRuntime } from './open-runtime.ts'
import { openDatabase } from './platform/database/open.ts'
import { type Listening, listen } from './platform/http/listen.ts'
import { createLog, type Log } from './platform/runtime/log.ts'
import { systemRandom } from './platform/runtime/random.ts'
import type { Runtime } from './platform/runtime/runtime.ts'
import { scheduleLawChanges } from './registrations/law-changes.ts'
import { scheduleLookAlikeFill } from './registrations/look-alike-fill.ts'
import { sealClearRows } from './registrations/seal-clear-rows.ts'
import { scheduleRescreenings } from './screening/rescreen/sweeps.ts'
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
  await tellDurability(db, log)
  if (db.kind === 'postgres' && configuration.documents.kind === 'memory') {
    log.warn('uploaded documents are in memory and end with this process: set PISTO_DOCUMENTS')
  }
  const { clock, runtime, tenants, metrics, tokenSeed } = await openRuntime(db, configuration, log, options.clock)
  const sealed = await sealClearRows(runtime)
  if (sealed > 0) log.info({ rows: sealed }, 'what was stored in clear is sealed')
  const seeded = await seedTenants({ ...runtime, secretRandom: systemRandom })
  await scheduleLawChanges(db, seeded, clock.now())
  await scheduleLookAlikeFill(db, seeded, clock.now())
  await scheduleRescreenings(db, seeded, clock.now())
  const stopping = new AbortController()
  const { app, worker, retention, monitoring } = compose({
    runtime,
    clock,
    tenants,
    storage: openStorage(configuration.documents, systemRandom),
    tokenSeed,
    configuration,
    log,
    metrics,
    stopping: stopping.signal,
    checkAnswers: options.checkAnswers ?? false,
  })
  const { port, host } = configuration
  const listening = await listen(app, { port, host, log, random: systemRandom })
  if (db.kind === 'postgres') clock.follow()
  worker.start()
  retention.start()
  monitoring.start()
  const signed = signLogs(runtime, seeded)
  log.info({ url: listening.url, database: configuration.database.kind }, 'ready')

  const stop = async (): Promise<void> => {
    stopping.abort()
    await signed
    await finish(listening, runtime, [worker, retention, monitoring, clock])
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

/** Play money may be lost; whoever tries out a server for real money should know. */
async function tellDurability(db: Database, log: Log): Promise<void> {
  for (const setting of await undurableSettings(db)) {
    log.warn({ setting, value: 'off' }, 'what was acknowledged can be lost when the power fails')
  }
}

/** A log that cannot be signed is told at once, not with its next transaction. */
async function signLogs({ ledger }: Runtime, tenants: readonly SandboxTenant[]): Promise<void> {
  await Promise.allSettled(tenants.map(({ id }) => ledger.log.checkpoint(id)))
}

/** In this order: nothing new comes in, what came in is done, what is done is signed, the books are closed. */
async function finish(
  listening: Listening,
  { ledger, db }: Runtime,
  helpers: readonly { stop(): Promise<void> | void }[],
): Promise<void> {
  await listening.close()
  for (const helper of helpers) await helper.stop()
  await ledger.stop()
  await db.close()
}
