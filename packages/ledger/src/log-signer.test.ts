import { Frontier, openCheckpoint } from '@pisto/proof'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import { hashLeaf } from './leaf.ts'
import type { Ledger } from './ledger.ts'
import { processMemory, type SignerMemory } from './signer-memory.ts'
import { SigningRefused } from './signing-refused.ts'
import { aRequest, openTestBooks, openTestDatabase, type TestBooks } from './testing/books.ts'
import { toUuid } from './type-id.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

/** One more leaf. */
const grow = ({ tenantId }: TestBooks, ledger: Ledger): Promise<unknown> =>
  ledger.decide(aRequest(tenantId), () => {
    return { purpose: 'test', events: [{ type: 'test', objectId: 'x', status: 'done' }], answer: null }
  })

const sizeOf = (note: string | undefined): number => Number(note?.split('\n')[1])

async function open(memory: SignerMemory = processMemory()) {
  const failures: (Error | undefined)[] = []
  const books = await openTestBooks(db)
  const onSigningFailure = (_tenantId: string, failure: Error | undefined) => void failures.push(failure)
  const process = () => books.another({ signerMemory: memory, onSigningFailure })
  const log = { origin: `test/${books.tenantId}`, publicKey: books.publicKey }
  return { books, process, memory, failures, log, tenant: toUuid(books.tenantId, 'ten') }
}

it('remembers a head before it is stored, and what it remembers is what is served', async () => {
  const inner = processMemory()
  const stored: unknown[] = []
  const { books, process, log, tenant } = await open({
    recall: inner.recall,
    async remember(signed, head, recalled) {
      stored.push(...(await db.query('select size from checkpoints where tenant_id = $1', [tenant])))
      return inner.remember(signed, head, recalled)
    },
  })
  const note = await process().log.checkpoint(books.tenantId)

  const { head } = await inner.recall(log)
  expect(head?.note).toBe(note)
  expect(await openCheckpoint(note ?? '', { origin: log.origin, publicKeys: [log.publicKey] })).toEqual({
    origin: head?.origin,
    size: head?.size,
    root: head?.root,
  })
  expect(stored).toEqual([])
})

it('a crash after remembering loses nothing: the next process stores the note that was signed', async () => {
  const { books, process, memory, tenant } = await open()
  const note = await process().log.checkpoint(books.tenantId)
  await db.query('delete from checkpoints where tenant_id = $1', [tenant])

  expect(await books.another({ signerMemory: memory }).log.checkpoint(books.tenantId)).toBe(note)
})

it('several processes with one memory sign in turn, many at once, and contradict nothing', async () => {
  const { books, process, memory, log, failures } = await open()
  const [a, b] = [process(), process()]
  const notes = await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      const own = n % 2 ? a : b
      await grow(books, own)
      return own.log.checkpoint(books.tenantId)
    }),
  )

  const last = await a.log.checkpoint(books.tenantId)
  expect(Math.max(...notes.map(sizeOf))).toBe(25)
  expect((await memory.recall(log)).head?.note).toBe(last)
  expect(failures).toEqual([])
  expect((await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })).findings).toEqual([])
})

it.each([
  ['before', 'the head that was read before it would look too small'],
  ['after', 'the memory that was read before it is old, which is no contradiction'],
])('another process signs just %s this one recalls: nothing is refused (%s)', async (when) => {
  const inner = processMemory()
  const { books, failures } = await open(inner)
  const other = books.another({ signerMemory: inner })
  let isFirst = true
  const meanwhile = async (): Promise<void> => {
    if (!isFirst) return
    isFirst = false
    await grow(books, other)
    await other.log.checkpoint(books.tenantId)
  }
  const slow: SignerMemory = {
    async recall(log) {
      if (when === 'before') await meanwhile()
      const recalled = await inner.recall(log)
      if (when === 'after') await meanwhile()
      return recalled
    },
    remember: inner.remember,
  }
  const ledger = books.another({
    signerMemory: slow,
    onSigningFailure: (_tenantId, failure) => void failures.push(failure),
  })

  expect(sizeOf(await ledger.log.checkpoint(books.tenantId))).toBe(2)
  expect(failures).toEqual([])
})

it('several processes with a memory each follow what the others have signed', async () => {
  const { books, log } = await open()
  const memories = [processMemory(), processMemory()]
  const processes = memories.map((signerMemory) => books.another({ signerMemory }))
  for (let round = 0; round < 6; round++) {
    const [own, other] = round % 2 ? processes : processes.toReversed()
    if (own === undefined || other === undefined) throw new Error('two processes')
    await grow(books, own)
    expect(sizeOf(await own.log.checkpoint(books.tenantId))).toBe(round + 2)
    expect(await other.log.checkpoint(books.tenantId)).toBe(await own.log.checkpoint(books.tenantId))
  }
  for (const memory of memories) expect((await memory.recall(log)).head?.size).toBe(7)
})

/** What somebody with all rights in the database can do: another leaf, and a tree that has it. */
async function rewriteHistory(tenant: string): Promise<void> {
  await db.query('update transactions set leaf = $2, leaf_hash = $3 where tenant_id = $1 and sequence = 2', [
    tenant,
    '{}',
    hashLeaf('{}'),
  ])
  const rows = await db.query<{ leaf_hash: Uint8Array }>(
    'select leaf_hash from transactions where tenant_id = $1 order by sequence',
    [tenant],
  )
  const frontier = Frontier.empty()
  for (const { leaf_hash } of rows) frontier.append(new Uint8Array(leaf_hash))
  await db.query('update batches set frontier = $2 where tenant_id = $1 and last_sequence = $3', [
    tenant,
    frontier.encode(),
    frontier.size,
  ])
  await db.query('delete from checkpoints where tenant_id = $1 and size > 1', [tenant])
}

it.each([
  ['was written anew', rewriteHistory],
  [
    'has a gap',
    (tenant: string) => db.query('delete from transactions where tenant_id = $1 and sequence = 2', [tenant]),
  ],
])('a history that %s is not signed a second time', async (_what, change) => {
  const { books, process, failures, tenant } = await open()
  await process().log.checkpoint(books.tenantId)
  for (let n = 0; n < 3; n++) await grow(books, books.ledger)
  await process().log.checkpoint(books.tenantId)
  await change(tenant)
  const ledger = process()
  await grow(books, ledger)

  expect(sizeOf(await ledger.log.checkpoint(books.tenantId))).toBeLessThan(5)
  expect(ledger.log.failureOf(books.tenantId)).toMatchObject({ reason: 'inconsistent', signed: { size: 4 } })
  expect(failures).toHaveLength(1)
})

it('what cannot be remembered is not signed: the old note is served, money moves, and it is told once', async () => {
  const inner = processMemory()
  let isFull = false
  const { books, process, failures, tenant } = await open({
    recall: inner.recall,
    async remember(...given) {
      if (isFull) throw new Error('ENOSPC: no space left on device')
      return inner.remember(...given)
    },
  })
  const ledger = process()
  const before = await ledger.log.checkpoint(books.tenantId)
  isFull = true
  await grow(books, ledger)
  await grow(books, ledger)

  expect(await ledger.log.checkpoint(books.tenantId)).toBe(before)
  expect(await ledger.log.checkpoint(books.tenantId)).toBe(before)
  expect(await db.query('select size from checkpoints where tenant_id = $1', [tenant])).toHaveLength(1)
  expect(ledger.log.failureOf(books.tenantId)?.message).toContain('ENOSPC')
  expect(failures.map((failure) => failure?.message)).toEqual(['ENOSPC: no space left on device'])

  isFull = false
  expect(sizeOf(await ledger.log.checkpoint(books.tenantId))).toBe(3)
  expect(failures).toEqual([expect.any(Error), undefined])
})

it('an empty database contradicts what was signed', async () => {
  const { books, process, memory, log } = await open()
  await process().log.checkpoint(books.tenantId)
  const emptied = await openTestDatabase()
  const ledger = books.another({ db: emptied, signerMemory: memory })

  expect(await ledger.log.checkpoint(books.tenantId)).toBeUndefined()
  expect(ledger.log.failureOf(books.tenantId)).toBeInstanceOf(SigningRefused)
  expect(ledger.log.failureOf(books.tenantId)).toMatchObject({
    reason: 'smaller',
    signed: { origin: log.origin, size: 1 },
    found: { origin: log.origin, size: 0 },
  })
  await emptied.close()
})
