import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { JournalEntry } from '../entry.ts'
import { fileSigner, fileStorage, JournalDamaged, JournalInUse } from './file-storage.ts'

const CHILD = fileURLToPath(new URL('../../testing/journal-child.ts', import.meta.url))

const somewhere = (): string => join(mkdtempSync(join(tmpdir(), 'pisto-journal-')), 'journal')

const entry = (sequence: number): JournalEntry => ({
  sequence,
  id: randomUUID(),
  kind: 'submitMerchant',
  subject: randomUUID(),
  previous: null,
  clientTime: '2026-11-24T12:00:00.000Z',
  body: { note: 'ñ' },
  result: null,
  settledBy: null,
})

async function written(path: string, count: number): Promise<void> {
  const storage = await fileStorage(path)
  for (let n = 1; n <= count; n++) await storage.write([entry(n)])
  await storage.close()
}

async function sequencesIn(path: string): Promise<number[]> {
  const storage = await fileStorage(path)
  const entries = await storage.read()
  await storage.close()
  return entries.map(({ sequence }) => sequence)
}

it('whatever a crash has left of the last line is cut off, byte for byte, and writing goes on', async () => {
  const path = somewhere()
  await written(path, 3)
  const whole = readFileSync(path)
  const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1

  for (let length = lastLine; length < whole.length; length++) {
    writeFileSync(path, whole)
    truncateSync(path, length)
    expect(await sequencesIn(path), `cut at ${length}`).toEqual([1, 2])
    expect(statSync(path).size).toBe(lastLine)
  }
  const storage = await fileStorage(path)
  await storage.write([entry(3)])
  await storage.close()
  expect(await sequencesIn(path)).toEqual([1, 2, 3])
})

it('garbage in the last line is cut off, in another line it is told', async () => {
  const path = somewhere()
  await written(path, 2)
  appendFileSync(path, '00000000 [{"sequence":3}]\n')
  expect(await sequencesIn(path)).toEqual([1, 2])

  const bytes = readFileSync(path)
  bytes[20] = 0
  writeFileSync(path, bytes)
  await expect(fileStorage(path)).rejects.toThrow(JournalDamaged)
})

it('several entries are written all or none', async () => {
  const path = somewhere()
  const storage = await fileStorage(path)
  await storage.write([entry(1), entry(2)])
  await storage.close()
  truncateSync(path, statSync(path).size - 1)

  expect(await sequencesIn(path)).toEqual([])
})

it('grows with what is in it, not with how often that was changed', async () => {
  const path = somewhere()
  const storage = await fileStorage(path)
  const changed = entry(1)
  for (let n = 0; n < 300; n++) await storage.write([{ ...changed, settledBy: String(n) }])
  await storage.close()
  const before = statSync(path).size

  const again = await fileStorage(path)
  expect(await again.read()).toEqual([{ ...changed, settledBy: '299' }])
  await again.close()
  expect(statSync(path).size).toBeLessThan(before / 100)
})

it('one process at a time: the lock of a dead one is taken over', async () => {
  const path = somewhere()
  const storage = await fileStorage(path)
  await expect(fileStorage(path)).rejects.toThrow(JournalInUse)
  await storage.close()
  writeFileSync(`${path}.lock`, '999999999')
  expect(await sequencesIn(path)).toEqual([])
})

it('the key in a file is the same next time, also for two at once', async () => {
  const path = somewhere()
  const [one, two] = await Promise.all([fileSigner(path), fileSigner(path)])

  expect(two.publicKey).toEqual(one.publicKey)
  expect((await fileSigner(path)).publicKey).toEqual(one.publicKey)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('killed with -9 at any moment: all that was acknowledged is there, once, in order', {
  timeout: 60_000,
}, async () => {
  const path = somewhere()
  let acknowledged = 0
  for (let kill = 0; kill < 8; kill++) {
    const child = spawn(process.execPath, [CHILD, path])
    const told = createInterface({ input: child.stdout })
    const enough = acknowledged + 3 + ((kill * 7) % 11)
    for await (const line of told) {
      acknowledged = Math.max(acknowledged, Number(line))
      if (acknowledged >= enough) break
    }
    await killed(child)

    const found = await sequencesIn(path)
    expect(found).toEqual(Array.from({ length: found.length }, (_, n) => n + 1))
    expect(found.length).toBeGreaterThanOrEqual(acknowledged)
  }
  expect(acknowledged).toBeGreaterThan(40)
})

async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
