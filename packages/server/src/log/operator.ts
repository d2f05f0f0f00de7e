import type { LogEpoch, LogState } from '@pisto/ledger'
import { type ConfigurationFlags, readConfiguration } from '../configuration.ts'
import { openRuntime } from '../open-runtime.ts'
import { openDatabase } from '../platform/database/open.ts'
import { createLog } from '../platform/runtime/log.ts'

/** A tenant's log, as an operator sees it. */
export interface OperatedLog {
  readonly tenantId: string
  readonly tenantCode: string
  readonly state: LogState
}

/** The logs of a database, opened with their keys and the signer's memory, without a server. */
export interface LogOperator {
  /** Signs what is news, and tells of each tenant how far its log is signed, and why no further. */
  states(): Promise<readonly OperatedLog[]>
  /**
   * Goes on in a new epoch after a restore.
   * @param lastKnown A checkpoint that somebody kept, where it is newer than the signer's memory.
   * @throws {EpochNotNeeded} @throws {SigningRefused} @throws {LogNotSigned}
   */
  beginEpoch(tenantId: string, lastKnown?: string): Promise<LogEpoch>
  close(): Promise<void>
}

/**
 * Opens the logs of a database for an operator. A folder must not be open in a sandbox; a PostgreSQL may be.
 * @param flags As the sandbox of these books is started with.
 * @throws {ConfigurationInvalid} @throws {FolderInUse}
 */
export async function openLogOperator(flags: ConfigurationFlags): Promise<LogOperator> {
  const configuration = readConfiguration(flags)
  const db = await openDatabase(configuration.database)
  try {
    const { runtime, tenants, clock } = await openRuntime(db, configuration, createLog('silent'))
    const { log } = runtime.ledger
    return {
      async states() {
        const states = (await tenants.list()).map(async ({ id, code }) => {
          const state = await log.state(id)
          return state === undefined ? [] : [{ tenantId: id, tenantCode: code, state }]
        })
        return (await Promise.all(states)).flat()
      },
      beginEpoch: (tenantId, lastKnown) => log.beginEpoch(tenantId, lastKnown),
      async close() {
        clock.stop()
        await runtime.ledger.stop()
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
