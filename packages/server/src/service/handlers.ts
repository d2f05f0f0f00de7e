import { readFileSync } from 'node:fs'
import { type OPERATIONS, openApi, PistoProblem } from '@pisto/contract'
import type { Ledger, Queryable } from '@pisto/ledger'
import type { Handlers } from '../platform/http/handlers.ts'
import type { Metrics } from '../platform/metrics/metrics.ts'
import { getKeyDirectory, type KeyDirectoryDeps } from '../tenants/key-directory.ts'
import { showKey } from '../tenants/show-key.ts'

export interface ServiceDeps extends KeyDirectoryDeps {
  readonly ledger: Pick<Ledger, 'log'>
  readonly livemode: boolean
  readonly stopping: AbortSignal
  readonly metrics: Pick<Metrics, 'text'>
}

/** A database that takes longer does not answer. */
const READY_MS = 2_000

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** About this process, not about anybody's money. */
export function serviceHandlers(deps: ServiceDeps): Handlers<(typeof OPERATIONS)['service']> {
  const { db, ledger, tenants, keys, livemode, stopping } = deps
  const document = openApi({ version, sandbox: !livemode })
  return {
    getHealth: () => ({ status: stopping.aborted ? 'stopping' : 'ok' }),

    async getReadiness() {
      if (stopping.aborted || !(await answers(db))) throw new PistoProblem('unavailable')
      const unsigned = (await tenants.list()).filter(({ id }) => ledger.log.failureOf(id) !== undefined)
      return { status: unsigned.length > 0 ? 'degraded' : 'ok', unsignedLogs: unsigned.map(({ code }) => code) }
    },

    getMetrics: () => deps.metrics.text(),
    getVersion: () => ({ name: 'pisto', version, livemode }),
    getOpenApi: () => document,

    async getPublishedKeys() {
      return { keys: (await keys.published()).map(showKey) }
    },
    getKeyDirectory: ({ tenantCode }) => getKeyDirectory(deps, tenantCode),
  }
}

async function answers(db: Queryable): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_MS)
  })
  const answered = db.query('select 1').then(
    () => true,
    () => false,
  )
  const isReady = await Promise.race([answered, tooLate])
  clearTimeout(timer)
  return isReady
}
