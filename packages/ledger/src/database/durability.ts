import type { Database } from './database.ts'

/** What makes a commit survive the loss of power. @see PostgreSQL 18, sections 19.5.1 and 28.1 */
const SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

export type DurabilitySetting = (typeof SETTINGS)[number]

/**
 * The settings of a PostgreSQL by which a committed transaction can be lost when the power fails.
 *
 * @returns Empty: a commit is as durable as the disk. PGlite never waits for the disk, whatever it is set to, so it
 *   is not asked.
 */
export async function undurableSettings(db: Database): Promise<readonly DurabilitySetting[]> {
  if (db.kind === 'pglite') return []
  const [row] = await db.query<Record<DurabilitySetting, string>>(
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit`,
  )
  return SETTINGS.filter((name) => row?.[name] === 'off')
}
