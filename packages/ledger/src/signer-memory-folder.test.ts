import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { processMemory, type SignedHead, type SignedLog, type SignerMemory } from './signer-memory.ts'
import { folderMemory } from './signer-memory-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pisto-signed-'))
})
afterEach(() => rm(folder, { recursive: true }))

const log: SignedLog = { origin: 'bank.example/log', publicKey: new Uint8Array(32).fill(7) }
const head = (size: number): SignedHead => ({
  origin: log.origin,
  size,
  root: new Uint8Array(32).fill(size),
  note: `${log.origin}\n${size}\n…\n`,
})
const logFolder = async (): Promise<string> => join(folder, (await readdir(folder))[0] ?? '')

describe.each<[string, () => SignerMemory]>([
  ['in a folder', () => folderMemory(folder)],
  ['in the process', processMemory],
])('a memory %s', (_where, open) => {
  it('knows nothing at first, then the last head alone', async () => {
    const memory = open()
    const nothing = await memory.recall(log)
    expect(nothing).toEqual({ head: undefined, version: 0 })

    expect(await memory.remember(log, head(3), nothing)).toBe(true)
    expect(await memory.remember(log, head(5), await memory.recall(log))).toBe(true)

    expect((await memory.recall(log)).head).toEqual(head(5))
  })

  it('replaces only what was recalled: a slower process is told', async () => {
    const memory = open()
    const slow = await memory.recall(log)
    await memory.remember(log, head(3), slow)

    expect(await memory.remember(log, head(2), slow)).toBe(false)
    expect((await memory.recall(log)).head).toEqual(head(3))
  })

  it('keeps logs apart, by name and by key', async () => {
    const memory = open()
    const others = [
      { ...log, origin: 'bank.example/log/2' },
      { ...log, publicKey: new Uint8Array(32).fill(8) },
    ]
    await memory.remember(log, head(3), await memory.recall(log))

    for (const other of others) expect((await memory.recall(other)).head).toBeUndefined()
  })

  it('counts each of many at once, and loses none', async () => {
    const memory = open()
    let taken = 0
    const count = async (): Promise<void> => {
      for (let done = 0; done < 12; ) {
        const recalled = await memory.recall(log)
        if (await memory.remember(log, head((recalled.head?.size ?? 0) + 1), recalled)) done++
        taken++
      }
    }
    await Promise.all([count(), count(), count(), count(), count()])

    expect((await memory.recall(log)).head?.size).toBe(60)
    expect(taken).toBeGreaterThanOrEqual(60)
  })
})

it('another process finds what the first has left, also unfinished', async () => {
  const memory = folderMemory(folder)
  await memory.remember(log, head(3), await memory.recall(log))
  const at = await logFolder()
  await writeFile(join(at, '4711.1.new'), '{"origin":"bank.exam') // killed while it wrote

  expect((await folderMemory(folder).recall(log)).head).toEqual(head(3))
})

it('keeps a few heads, not all', async () => {
  const memory = folderMemory(folder)
  for (let size = 1; size <= 20; size++) await memory.remember(log, head(size), await memory.recall(log))

  expect((await readdir(await logFolder())).sort()).toEqual(
    Array.from({ length: 8 }, (_, n) => `${String(13 + n).padStart(12, '0')}.json`),
  )
})

it('a number that is free because others have long gone past it is not taken for the next', async () => {
  const memory = folderMemory(folder)
  const slow = await memory.recall(log)
  for (let size = 1; size <= 20; size++) await memory.remember(log, head(size), await memory.recall(log))

  expect(await memory.remember(log, head(99), slow)).toBe(false)
  expect((await memory.recall(log)).head).toEqual(head(20))
})

it.each([
  ['', 'cut off'],
  ['{"size":5}', 'something is missing'],
  ['{"origin":"x","size":"5","root":"AAAA","note":""}', 'a size is a number'],
  ['{"origin":"x","size":5,"root":"*","note":""}', 'a root is base64'],
])('%j is told, never taken for nothing: %s', async (text, _why) => {
  const memory = folderMemory(folder)
  await memory.remember(log, head(3), await memory.recall(log))
  const file = join(await logFolder(), '000000000001.json')
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ origin: log.origin, size: 3 })
  await writeFile(file, text)

  await expect(memory.recall(log)).rejects.toMatchObject({ name: 'SignerMemoryDamaged' })
})
