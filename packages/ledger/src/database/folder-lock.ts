import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Another living process has the folder open. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
  readonly folder: string
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}`)
    this.folder = folder
    this.pid = pid
  }
}

interface Holder {
  readonly pid: number
  /** Tells a process from a later one with the same pid; empty where the system does not say. */
  readonly startedAt: string
}

/**
 * Takes a folder for this process. PGlite lets two processes open one folder without an error and corrupts it.
 * A lock whose process has died is taken over.
 *
 * @returns Gives the folder back.
 * @throws {FolderInUse} its holder is alive
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = join(folder, 'pisto.lock')
  const own = `${file}.${process.pid}.${process.hrtime.bigint()}`
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Holder))
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(own, file) // fails if there is one: the only atomic way to make a file with its content
        return () => rmSync(file, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = readHolder(file)
      if (holder && isAlive(holder)) throw new FolderInUse(folder, holder.pid)
      takeAway(file, `${own}.stale`)
    }
    throw new FolderInUse(folder, readHolder(file)?.pid ?? 0)
  } finally {
    rmSync(own, { force: true })
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined // gone, or half-written by a system that crashed: nobody's
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return startedAt === '' || startedAt === startOf(pid)
}

/** Field 22 of /proc/PID/stat: ticks since boot when it started. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function takeAway(file: string, to: string): void {
  try {
    renameSync(file, to)
    rmSync(to, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
