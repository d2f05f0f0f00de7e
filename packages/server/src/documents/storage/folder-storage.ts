import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RandomBytes } from '@pisto/ledger'
import { type ObjectStorage, requireName } from './object-storage.ts'

/**
 * Objects as files that only this user reads. A file is there whole or not at all, also after the power failed: it is
 * written beside its place, forced to the disk, and renamed.
 *
 * @param random For the names of files that are being written.
 */
export function folderStorage(folder: string, random: RandomBytes): ObjectStorage {
  const pathOf = (name: string): string => {
    requireName(name)
    return join(folder, name)
  }
  return {
    async put(name, bytes) {
      const path = pathOf(name)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const draft = `${path}.${Buffer.from(random(8)).toString('hex')}.part`
      try {
        await writeThrough(draft, bytes)
        await rename(draft, path)
        await syncFolder(dirname(path))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    async get(name) {
      try {
        return new Uint8Array(await readFile(pathOf(name)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    async delete(name) {
      const path = pathOf(name)
      await rm(path, { force: true })
      await syncFolder(dirname(path))
    },
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The name of a file is on the disk when its folder is. A folder that was never made has no names. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (folder === undefined) return
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
