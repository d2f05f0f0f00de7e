import process from 'node:process'

/** The one home of the environment: a PostgreSQL to test against, instead of the embedded one. */
export const databaseUrl = (): string | undefined => process.env['PISTO_DATABASE_URL'] || undefined

/** PostgreSQL refuses to run as root. */
export const isRoot = (): boolean => process.getuid?.() === 0

/** Runs when this process ends, however it ends by itself. */
export function atExit(work: () => void): () => void {
  process.on('exit', work)
  return () => process.off('exit', work)
}
