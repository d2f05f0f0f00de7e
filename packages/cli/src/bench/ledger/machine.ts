import { cpus, loadavg, totalmem } from 'node:os'
import process from 'node:process'
import type { Queryable } from '@pisto/ledger'
import type { Machine } from './result.ts'

/** What a commit's promise to be there after a power cut hangs on, and what a figure depends on. */
const SETTINGS = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers'] as const

/** Mean number of processes that wanted a core in the last minute. */
export const currentLoad = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100

/** @param loadBefore `currentLoad()` before anything was measured. */
export async function describeMachine(postgres: Queryable, loadBefore: number): Promise<Machine> {
  const rows = await postgres.query<{ name: string; value: string }>(
    `select name, current_setting(name) as value from pg_settings where name in ('${SETTINGS.join("', '")}')`,
  )
  const values = new Map(rows.map(({ name, value }) => [name, value]))
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
    postgres: Object.fromEntries(SETTINGS.map((name) => [name, values.get(name) ?? ''])),
    load: { before: loadBefore, after: currentLoad() },
  }
}
