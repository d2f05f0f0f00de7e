import { decodeBase64, leafHash, openCheckpoint, verifyConsistency, verifyInclusion } from '@pisto/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import type { Ledger, LogProof } from './ledger.ts'
import type { LogEpoch } from './log-epochs.ts'
import { processMemory, type SignerMemory } from './signer-memory.ts'
import { aRequest, aWallet, move, openTestBooks, openTestDatabase, quetzales, type TestBooks } from './testing/books.ts'
import { toUuid } from './type-id.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

async function grow({ tenantId }: TestBooks, ledger: Ledger): Promise<string> {
  const event = { type: 'test', objectId: 'x', status: 'done' }
  const decided = await ledger.decide(aRequest(tenantId), () => {
    return { purpose: 'test', events: [event], answer: ({ transactionId }) => transactionId }
  })
  return decided.ok ? String(decided.answer) : ''
}
const proofOf = async ({ tenantId }: TestBooks, ledger: Ledger, transactionId: string): Promise<LogProof> => {
  const proof = await ledger.log.inclusionProof(tenantId, transactionId)
  if (proof === undefined) throw new Error('no proof')
  return proof
}
const sizeOf = (note: string | undefined): number => Number(note?.split('\n')[1])
const originOf = (note: string | undefined): string | undefined => note?.split('\n')[0]

/** What a backup of that size had, as its restore leaves it: nothing that came later. */
async function restore({ tenantId }: TestBooks, size: number): Promise<void> {
  const tenant = toUuid(tenantId, 'ten')
  const later = (sql: string) => db.query(sql, [tenant, size])
  await later('delete from transactions where tenant_id = $1 and sequence > $2')
  await later('delete from entries where tenant_id = $1 and sequence > $2')
  await later('delete from accounts where tenant_id = $1 and opened_sequence > $2')
  await later('delete from batches where tenant_id = $1 and last_sequence > $2')
  await later('delete from checkpoints where tenant_id = $1 and size > $2')
  await later('delete from log_epochs where tenant_id = $1 and first_sequence > $2')
  await db.query('delete from decisions where tenant_id = $1', [tenant])
}

/** Leaves: 1 cash, 2 and 3 wallets, 4 and 5; the backup; 6, 7 and 8 are signed and lost. */
async function aLoss() {
  const books = await openTestBooks(db)
  const [memory, slowMemory] = [processMemory(), processMemory()]
  const ledger = books.another({ signerMemory: memory })
  const [a, b] = [await aWallet(books, '50.00'), await aWallet(books)]
  await move(books, [{ kind: 'posted', debit: a, credit: b, amount: quetzales('1.00') }])
  const kept = await proofOf(books, ledger, await grow(books, ledger))
  const slow = books.another({ signerMemory: slowMemory })
  await grow(books, slow)
  await slow.log.checkpoint(books.tenantId)
  const lost = await proofOf(books, ledger, await grow(books, ledger))
  await grow(books, ledger)
  const lastNote = (await ledger.log.checkpoint(books.tenantId)) ?? ''
  await restore(books, 5)
  return { books, memory, slowMemory, kept, lost, lastNote, ledger: books.another({ signerMemory: memory }) }
}

/** An inclusion proof by the log's key alone, as whoever holds a receipt checks it. */
async function check({ publicKey }: TestBooks, proof: LogProof, origin: string): Promise<void> {
  const { size, root } = await openCheckpoint(proof.checkpoint, { origin, publicKeys: [publicKey] })
  verifyInclusion({
    leafIndex: proof.leafIndex,
    treeSize: size,
    leafHash: leafHash(decodeBase64(proof.leaf)),
    path: proof.path.map((hash) => decodeBase64(hash)),
    root,
  })
}

describe('after the restore', () => {
  it('the signer refuses, what was signed is served, and money moves on', async () => {
    const { books, ledger } = await aLoss()
    const transactionId = await grow(books, ledger)

    const note = await ledger.log.checkpoint(books.tenantId)
    expect([sizeOf(note), originOf(note)]).toEqual([5, `test/${books.tenantId}`])
    expect(ledger.log.failureOf(books.tenantId)).toMatchObject({
      name: 'SigningRefused',
      reason: 'smaller',
      signed: { size: 8 },
      found: { size: 6 },
    })
    expect(await ledger.log.inclusionProof(books.tenantId, transactionId)).toBeUndefined()
    expect(await ledger.log.state(books.tenantId)).toMatchObject({
      epoch: 1,
      size: 6,
      storedSize: 5,
      signed: { size: 8 },
    })

    for (let n = 0; n < 4; n++) await grow(books, ledger) // larger than what was signed, and still another history
    await ledger.log.checkpoint(books.tenantId)
    expect(ledger.log.failureOf(books.tenantId)).toMatchObject({ reason: 'inconsistent', found: { size: 10 } })
  })

  it('a new epoch goes on, names what was signed before, and all proofs hold', async () => {
    const { books, ledger, kept, lost, lastNote, slowMemory } = await aLoss()
    await grow(books, ledger) // unsigned, at the index of a leaf that was lost
    const epoch = await ledger.log.beginEpoch(books.tenantId)

    const origin = `test/${books.tenantId}/2`
    expect(epoch).toMatchObject({ epoch: 2, origin, firstLeafIndex: 6, previousCheckpoint: lastNote })
    const [first] = await ledger.log.leaves(books.tenantId, { limit: 1, after: epoch.firstLeafIndex })
    expect(JSON.parse(first?.leaf ?? '')).toMatchObject({
      sequence: 7,
      purpose: 'log.epochBegun',
      references: { epoch: '2', origin, previousCheckpoint: lastNote },
      events: [{ type: 'log.epochBegun', objectId: books.tenantId, status: 'begun' }],
    })

    const note = await ledger.log.checkpoint(books.tenantId)
    expect([originOf(note), sizeOf(note), note]).toEqual([origin, 7, epoch.checkpoint])
    expect(ledger.log.failureOf(books.tenantId)).toBeUndefined()
    await check(books, await proofOf(books, ledger, await grow(books, ledger)), origin)
    await check(books, await proofOf(books, ledger, kept.transactionId), origin)
    await check(books, kept, `test/${books.tenantId}`)
    await check(books, lost, `test/${books.tenantId}`) // the holder of a receipt can show what the bank has lost
    expect(await ledger.log.inclusionProof(books.tenantId, lost.transactionId)).toBeUndefined()

    // Who knows a head from before the loss sees that its leaves are still the first.
    const consistency = await ledger.log.consistencyProof(books.tenantId, 5)
    const old = await openCheckpoint(kept.checkpoint, {
      origin: `test/${books.tenantId}`,
      publicKeys: [books.publicKey],
    })
    const now = await openCheckpoint(consistency?.checkpoint ?? '', { origin, publicKeys: [books.publicKey] })
    verifyConsistency({
      oldSize: old.size,
      oldRoot: old.root,
      newSize: now.size,
      newRoot: now.root,
      path: (consistency?.path ?? []).map((hash) => decodeBase64(hash)),
    })

    // Each epoch is published under its own name.
    expect(sizeOf(await ledger.log.checkpoint(books.tenantId, 1))).toBe(5)
    expect(sizeOf(await ledger.log.checkpoint(books.tenantId, 2))).toBe(8)
    expect(await ledger.log.checkpoint(books.tenantId, 3)).toBeUndefined()
    expect(await ledger.log.tile(books.tenantId, '0/000.p/6', 1)).toBeUndefined()
    expect(await ledger.log.tile(books.tenantId, '0/000.p/6', 2)).toHaveLength(6 * 32)

    expect((await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })).findings).toEqual([])
    await expect(ledger.log.beginEpoch(books.tenantId)).rejects.toMatchObject({ name: 'EpochNotNeeded' })

    // A process with a memory of its own that is behind: it does not follow by itself, but when it is told to.
    const slow = books.another({ signerMemory: slowMemory })
    await slow.log.checkpoint(books.tenantId)
    expect(slow.log.failureOf(books.tenantId)).toMatchObject({ reason: 'epoch', signed: { size: 6 } })
    expect(await slow.log.beginEpoch(books.tenantId)).toMatchObject({ epoch: 2, firstLeafIndex: 6 })
    await grow(books, slow)
    expect(sizeOf(await slow.log.checkpoint(books.tenantId))).toBe(9)
  })

  it('the same backup again: the epoch after the one that was lost with it', async () => {
    const { books, ledger, memory } = await aLoss()
    await ledger.log.beginEpoch(books.tenantId)
    await restore(books, 5)
    const again = books.another({ signerMemory: memory })
    await again.log.checkpoint(books.tenantId)
    expect(again.log.failureOf(books.tenantId)).toMatchObject({ reason: 'epoch' })

    const epoch = await again.log.beginEpoch(books.tenantId)

    expect(epoch).toMatchObject({ epoch: 3, origin: `test/${books.tenantId}/3`, firstLeafIndex: 5 })
    expect(originOf(epoch.previousCheckpoint)).toBe(`test/${books.tenantId}/2`)
    const { findings } = await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })
    expect(findings).toEqual([])
  })

  it('a signer without memory begins the epoch by a checkpoint that somebody kept', async () => {
    const { books, kept, lastNote } = await aLoss()
    const ledger = books.another({ signerMemory: processMemory() })
    const forged = lastNote.replace('\n8\n', '\n9\n')
    await expect(ledger.log.beginEpoch(books.tenantId)).rejects.toMatchObject({ name: 'EpochNotNeeded' })
    await expect(ledger.log.beginEpoch(books.tenantId, forged)).rejects.toMatchObject({ code: 'signature_invalid' })
    await expect(ledger.log.beginEpoch(books.tenantId, kept.checkpoint)).rejects.toMatchObject({
      name: 'EpochNotNeeded',
    })

    expect(await ledger.log.beginEpoch(books.tenantId, lastNote)).toMatchObject({
      epoch: 2,
      previousCheckpoint: lastNote,
    })
  })

  it('an epoch that another process begins while this one is about to sign is followed, not refused', async () => {
    const { books, memory, ledger } = await aLoss()
    const failures: (Error | undefined)[] = []
    let begun: LogEpoch | undefined
    const slow: SignerMemory = {
      async recall(log) {
        const recalled = await memory.recall(log)
        begun ??= await ledger.log.beginEpoch(books.tenantId)
        return recalled
      },
      remember: memory.remember,
    }
    const onSigningFailure = (_tenantId: string, failure: Error | undefined): void => void failures.push(failure)
    const other = books.another({ signerMemory: slow, onSigningFailure })

    expect(await other.log.checkpoint(books.tenantId)).toBe(begun?.checkpoint)
    expect(failures).toEqual([])
  })

  it('an epoch that names something else is not followed', async () => {
    const { books, lost, ledger } = await aLoss()
    const careless = books.another({ signerMemory: processMemory() })
    await careless.log.beginEpoch(books.tenantId, lost.checkpoint)

    await expect(ledger.log.beginEpoch(books.tenantId)).rejects.toMatchObject({
      name: 'SigningRefused',
      reason: 'epoch',
    })
  })
})

it('verification finds an epoch that was changed', async () => {
  const { books, ledger } = await aLoss()
  await ledger.log.beginEpoch(books.tenantId)
  const tenant = toUuid(books.tenantId, 'ten')
  const set = (change: string) => db.query(`update log_epochs set ${change} where tenant_id = $1`, [tenant])
  for (const [change, leafIndex, message] of [
    ['epoch = 4', 5, 'the leaf begins epoch 2'],
    ['epoch = 1', 5, 'follows no earlier one'],
    ['epoch = 2, first_sequence = 4', 3, 'is said to begin at another leaf'],
    ['first_sequence = 44', 43, 'begins after the last leaf'],
  ] as const) {
    await set(change)
    const { findings } = await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })
    expect(findings, change).toContainEqual(
      expect.objectContaining({ table: 'log_epochs', leafIndex, message: expect.stringContaining(message) }),
    )
  }
  await db.query('delete from log_epochs where tenant_id = $1', [tenant])
  const { findings } = await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })
  expect(findings).toContainEqual(expect.objectContaining({ table: 'log_epochs', leafIndex: 5 }))
})
