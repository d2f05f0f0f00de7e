import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Conflict, CreateMerchant } from '@pisto/contract'
import { describe, expect, it } from 'vitest'
import { PistoUsageError } from '../errors.ts'
import { rejection } from '../testing/clients.ts'
import { type JournalServer, journalServer } from '../testing/journal-server.ts'
import { createDeviceKey, type Declaration, deviceSigner, indexedDbStorage, Journal, stateOf } from './journal.ts'
import { fileStorage } from './node/file-storage.ts'
import type { JournalStorage } from './storage.ts'

const form: CreateMerchant = {
  country: 'GT',
  tradeName: 'Tortillería Ñandú',
  categoryCode: '5462',
  phone: '+50255550101',
  person: {
    givenNames: 'Rosa',
    familyNames: 'Umaña',
    dateOfBirth: '1990-02-28',
    document: { type: 'DPI', number: '2222333390101' },
  },
  consent: { version: '2026-11', acceptedAt: '2026-11-24T11:59:00.000Z' },
}
const declaration: Declaration = { textVersion: '2026-11', documentSeen: true, consentGiven: true }
const signer = await deviceSigner(await createDeviceKey())

const STORAGES: [string, () => () => Promise<JournalStorage>][] = [
  [
    'IndexedDB',
    () => {
      const name = randomUUID()
      return async () => indexedDbStorage(name)
    },
  ],
  [
    'a file',
    () => {
      const path = join(mkdtempSync(join(tmpdir(), 'pisto-journal-')), 'journal')
      return () => fileStorage(path)
    },
  ],
]

const on = (storage: JournalStorage): Journal => new Journal({ storage, deviceId: 'agd_1', signer })
const create = (journal: Journal) => journal.add({ kind: 'createMerchant', body: form, attest: declaration })

describe.each(STORAGES)('a journal in %s', (_where, place) => {
  it('is there again after it was closed, in order', async () => {
    const open = place()
    const first = await open()
    const { subject, ...created } = await create(on(first))
    const submitted = await on(first).add({ kind: 'submitMerchant', subject })
    await first.close()

    const again = await open()
    expect(await on(again).entries()).toEqual([{ subject, ...created }, submitted])
    expect(submitted).toMatchObject({ sequence: 2, previous: created.id, result: null })
    expect((await on(again).add({ kind: 'submitMerchant', subject: randomUUID() })).sequence).toBe(3)
    await again.close()
  })

  it('shows what waits, sends it in order, once, and keeps nobody’s data when it is done', async () => {
    const storage = await place()()
    const journal = on(storage)
    const { subject } = await create(journal)
    await journal.add({ kind: 'submitMerchant', subject })
    expect(await journal.counts()).toMatchObject({ waiting: 2, done: 0 })
    const server = journalServer()

    expect(await journal.send(server)).toMatchObject({ waiting: 0, done: 2 })
    await journal.send(server)

    expect(server.pages).toHaveLength(1)
    expect(server.pages[0]?.operations.map(({ kind }) => kind)).toEqual(['createMerchant', 'submitMerchant'])
    expect(server.pages[0]?.operations[0]).toMatchObject({ body: form, attestation: expect.any(String) })
    expect(JSON.stringify(await journal.entries())).not.toContain('Rosa')
    await storage.close()
  })

  it.each(['before', 'after'] as const)('an answer lost %s the server did it: everything once', async (lost) => {
    const storage = await place()()
    const journal = on(storage)
    for (let n = 0; n < 5; n++) await create(journal)
    const server = journalServer(undefined, (page, when) => {
      if (page === 1 && when === lost) throw new Error('no signal')
    })

    await expect(journal.send(server)).rejects.toThrow('no signal')
    expect(await journal.counts()).toMatchObject({ waiting: 5 })
    expect(await journal.send(server)).toMatchObject({ done: 5 })
    expect(server.applied).toHaveLength(5)
    await storage.close()
  })

  it('writes at once by many callers get a place each', async () => {
    const storage = await place()()
    const entries = await Promise.all(Array.from({ length: 20 }, () => create(on(storage))))

    expect(entries.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    )
    await storage.close()
  })

  it('a conflict holds back what is about the same person until somebody chose', async () => {
    const conflict: Conflict = {
      ...{ kind: 'personRegistered', registrationId: 'mer_2', status: 'draft', fields: [] },
      choices: ['keepTheirs', 'useMine', 'discard'],
    }
    const storage = await place()()
    const journal = on(storage)
    const created = await create(journal)
    await journal.add({ kind: 'submitMerchant', subject: created.subject })
    await create(journal)
    const server: JournalServer = journalServer(({ id, previous }) => {
      if (id === created.id) return { outcome: 'conflict', conflict }
      const isChosen = server.applied.some(({ kind }) => kind === 'resolveConflict')
      return previous === created.id && !isChosen ? { outcome: 'waiting', waitingFor: created.id } : {}
    })

    expect(await journal.send(server)).toEqual({ waiting: 1, done: 1, conflict: 1, settled: 0, refused: 0 })
    const sent = server.pages.length
    await journal.send(server)
    expect(server.pages, 'nothing can be sent').toHaveLength(sent)
    const chosen = await journal.resolve(created.id, { choice: 'useMine', attest: declaration })
    expect(chosen).toMatchObject({ kind: 'resolveConflict', body: { of: created.id, choice: 'useMine', mine: form } })
    expect(await journal.send(server)).toEqual({ waiting: 0, done: 3, conflict: 0, settled: 1, refused: 0 })
    expect(JSON.stringify(await journal.entries())).not.toContain('Rosa')
    await storage.close()
  })

  it('what comes after something refused does not build on it', async () => {
    const storage = await place()()
    const journal = on(storage)
    const wrong = await create(journal)
    await journal.send(journalServer(() => ({ outcome: 'refused' })))

    const mended = await journal.add({
      ...{ kind: 'createMerchant', subject: wrong.subject, body: form, attest: declaration },
    })

    expect(mended.previous).toBeNull()
    const [refused] = await journal.entries()
    expect(refused, 'is kept to be mended').toMatchObject({ body: form })
    await journal.forget(wrong.id)
    expect((await journal.entries())[0]).toMatchObject({ body: {}, result: { outcome: 'refused' } })
    await storage.close()
  })
})

it('pages have at most 100 operations and 200 kB', async () => {
  const storage = indexedDbStorage(randomUUID())
  const journal = on(storage)
  const notes = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`n${n}`, 'x'.repeat(500)]))
  for (let n = 0; n < 25; n++) {
    await journal.add({ kind: 'createMerchant', body: { ...form, metadata: notes }, attest: declaration })
  }
  for (let n = 0; n < 103; n++) await journal.add({ kind: 'submitMerchant', subject: randomUUID() })
  const server = journalServer()
  await journal.send(server)

  expect(server.applied.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 128 }, (_, n) => n + 1))
  expect(server.pages.map(({ operations }) => operations.length)).toEqual([17, 100, 11])
  for (const page of server.pages) expect(JSON.stringify(page).length).toBeLessThan(256 * 1024)
})

it('refuses what it could not send, and choices that there are not', async () => {
  const journal = on(indexedDbStorage(randomUUID()))
  const big = { ...form, tradeName: 'x'.repeat(100_000) }
  const { id } = await create(journal)

  await rejection(journal.add({ kind: 'createMerchant', body: big, attest: declaration }), PistoUsageError)
  await rejection(journal.resolve(id, { choice: 'discard' }), PistoUsageError)
  expect(await journal.counts()).toMatchObject({ waiting: 1 })
})

it('one of several tabs sends at a time', async () => {
  const name = randomUUID()
  const [one, other] = [on(indexedDbStorage(name)), on(indexedDbStorage(name))]
  await Promise.all([
    ...Array.from({ length: 5 }, () => create(one)),
    ...Array.from({ length: 5 }, () => create(other)),
  ])
  const server = journalServer()

  await Promise.all([one.send(server), other.send(server), one.send(server)])

  expect(server.pages).toHaveLength(1)
  expect((await other.entries()).map(stateOf)).toEqual(Array.from({ length: 10 }, () => 'done'))
})

it('the key of a device stays the same, and nobody reads its private part', async () => {
  const name = randomUUID()
  const [one, other] = await Promise.all([indexedDbStorage(name).signer(), indexedDbStorage(name).signer()])

  expect(other.publicKey).toEqual(one.publicKey)
  expect(await one.sign(new Uint8Array(3))).toHaveLength(64)
})
