import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hrtime, kill, pid as ownPid } from 'node:process'

/** Another living process has the journal open. */
export class JournalInUse extends Error {
  override readonly name = 'JournalInUse'
  readonly pid: number
  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`)
    this.pid = pid
  }
}

/**
 * Takes a file for this process; a lock whose process has died is taken over.
 *
 * @returns Gives it back.
 * @throws {JournalInUse} its holder is alive
 */
export function lockFile(path: string): () => void {
  const own = `${path}.${ownPid}.${hrtime.bigint()}`
  writeFileSync(own, String(ownPid))
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(own, path) // the only atomic way to make a file with its content
        return () => rmSync(path, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = holderOf(path)
      if (holder !== undefined && isAlive(holder)) throw new JournalInUse(path, holder)
      takeAway(path, `${own}.stale`)
    }
    throw new JournalInUse(path, holderOf(path) ?? 0)
  } finally {
    rmSync(own, { force: true })
  }
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined // gone
  }
}

function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function takeAway(path: string, to: string): void {
  try {
    renameSync(path, to)
    rmSync(to, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
