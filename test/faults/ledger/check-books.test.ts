import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPostgres, type Database, type Ledger, migrate, toUuid } from '@pisto/ledger'
import { type EmbeddedPostgres, embeddedPostgres } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CrashFinding, checkBooks, type Looking } from './check-books.ts'
import { finishBooks } from './finish-books.ts'
import { answered, type JournalLine } from './journal.ts'
import { MIGRATIONS, openBooks, openLedger } from './open-ledger.ts'
import { Outside } from './outside.ts'
import { CrashRequests, ledgerRequest, OPENING, planOf } from './requests.ts'

// Who checks the checker: books that nobody killed, and one lie told in them.

const REQUESTS = 60

let postgres: EmbeddedPostgres
let db: Database
let folder: string
beforeAll(async () => {
  postgres = await embeddedPostgres()
  db = connectPostgres(await postgres.newDatabase())
  await migrate(db, MIGRATIONS)
  folder = await mkdtemp(join(tmpdir(), 'pisto-lies-'))
})
afterAll(async () => {
  await db.close()
  await postgres.stop()
  await rm(folder, { recursive: true })
})

interface Books extends Looking {
  /** The tenant, as the tables have it. */
  readonly tenant: string
  /** Sends a key, as the campaign's processes do. @param by Left out: the process that made the books. */
  send(key: string, by?: Ledger): Promise<JournalLine[]>
  /** Another process. */
  another(): Ledger
}

let seed = 0
/** Books of some history, all of it acknowledged; a checkpoint in the middle and one at the end. */
async function someBooks(): Promise<Books> {
  const requests = new CrashRequests(`lies/${++seed}`)
  const signerFolder = join(folder, String(seed))
  const another = (life = 1): Ledger => openLedger({ db, requests, life, step: life, signerFolder })
  const ledger = another()
  const outside = new Outside()
  const send = async (key: string, by = ledger): Promise<JournalLine[]> => {
    const request = requests.find(key)
    const { tenantId } = requests
    const decided = await by.decide(ledgerRequest(tenantId, request), planOf(tenantId, request))
    return [{ kind: 'sent', key }, answered(key, decided)]
  }
  const note = async (): Promise<JournalLine[]> => {
    return [{ kind: 'note', note: (await ledger.log.checkpoint(requests.tenantId)) ?? '' }]
  }
  await openBooks(ledger, requests)
  const keys = Array.from({ length: REQUESTS }, (_, n) => `1.${n + 1}`)
  outside.read([await send(OPENING)])
  outside.read(await Promise.all(keys.slice(0, REQUESTS / 2).map((key) => send(key))))
  outside.read([await note()])
  outside.read(await Promise.all(keys.slice(REQUESTS / 2).map((key) => send(key))))
  outside.read([await note()])
  return { db, ledger, requests, outside, tenant: toUuid(requests.tenantId, 'ten'), send, another: () => another(2) }
}

const rulesOf = (findings: readonly CrashFinding[]): string[] => [...new Set(findings.map(({ rule }) => rule))].sort()

it('finds nothing in books that nobody has touched, also at the end', async () => {
  const books = await someBooks()
  const { counts } = books.outside

  const { findings, transactionCount } = await checkBooks(books, books.outside.notes)
  const finished = await finishBooks(books, books.another())

  expect([findings, finished.findings]).toEqual([[], []])
  expect(counts).toMatchObject({ sent: REQUESTS + 1, refused: expect.any(Number), lost: 0 })
  expect(counts.refused).toBeGreaterThan(3)
  expect(transactionCount).toBeGreaterThan(REQUESTS / 2)
  expect(finished.transactionCount).toBe(transactionCount)
})

const LAST = '(select max(sequence) from transactions where tenant_id = $1)'
/** Of the transactions that move money the one in the middle. */
const MIDDLE = '(select max(sequence) from entries where tenant_id = $1 and sequence <= 20)'

it.each<[rule: CrashFinding['rule'], why: string, sql: readonly string[]]>([
  [
    'acknowledged',
    'what was done is not stored under its key',
    ['delete from decisions where tenant_id = $1 and done'],
  ],
  ['acknowledged', 'a refusal is not stored', ['delete from decisions where tenant_id = $1 and not done']],
  [
    'acknowledged',
    'an answer is another one',
    [`update decisions set outcome = replace(outcome, 'sequence":2', 'sequence":3') where tenant_id = $1`],
  ],
  [
    'whole',
    'a leg is missing',
    [`delete from entries where tenant_id = $1 and sequence = ${MIDDLE} and side = 'debit'`],
  ],
  ['whole', 'a hold is missing', ['delete from holds where tenant_id = $1']],
  ['whole', 'a hold is still pending', [`update holds set status = 'pending' where tenant_id = $1`]],
  ['whole', 'a companion is missing', ['delete from crash_orders where tenant_id = $1']],
  [
    'whole',
    'a companion is paid, and nobody has paid',
    [`update crash_orders set status = 'paid' where tenant_id = $1`],
  ],
  [
    'whole',
    'a decision without its transaction',
    [`delete from transactions where tenant_id = $1 and sequence = ${LAST}`],
  ],
  [
    'whole',
    'other money than was asked for',
    [`update transactions set leaf = replace(leaf, '"amount":"1', '"amount":"2') where tenant_id = $1`],
  ],
  [
    'balances',
    'a sum is one centavo more',
    [
      `update entries e set credits_posted = credits_posted + 1 where tenant_id = $1 and not exists
        (select 1 from entries n where n.tenant_id = $1 and n.account_id = e.account_id and n.sequence > e.sequence)`,
    ],
  ],
  ['gapless', 'a batch is missing', ['delete from batches where tenant_id = $1 and batch_number = 2']],
  ['gapless', 'a sequence is missing', [`delete from transactions where tenant_id = $1 and sequence = ${MIDDLE}`]],
  [
    'log',
    'a leaf is not the one that was hashed',
    [
      `update transactions set leaf = replace(leaf, 'crash.moved', 'crash.MOVED') where tenant_id = $1 and sequence = 4`,
    ],
  ],
  [
    'log',
    'the books end before what was signed',
    [
      `delete from batches where tenant_id = $1 and last_sequence > 25`,
      `delete from transactions where tenant_id = $1 and sequence > 25`,
      `delete from checkpoints where tenant_id = $1 and size > 25`,
    ],
  ],
])('%s: %s', async (rule, _why, statements) => {
  const books = await someBooks()
  for (const sql of statements) await db.query(sql, [books.tenant])

  const { findings } = await checkBooks(books, books.outside.notes)

  expect(rulesOf(findings)).toContain(rule)
})

it('whole: a transaction whose decision is missing, also when nobody has got the answer', async () => {
  const books = await someBooks()
  const outside = new Outside()
  const key = [...books.outside.keys].find(([key, seen]) => key !== OPENING && seen?.ok)?.[0] ?? ''
  for (const [other, seen] of books.outside.keys) {
    const line = {
      kind: 'answered',
      key: other,
      replayed: false,
      ok: seen?.ok ?? false,
      outcome: seen?.outcome ?? '',
    } as const
    outside.read([[{ kind: 'sent', key: other }, ...(other === key ? [] : [line])]])
  }
  expect((await checkBooks({ ...books, outside }, [])).findings).toEqual([])
  await db.query('delete from decisions where tenant_id = $1 and outcome like $2', [books.tenant, `%"${key}"%`])

  const { findings } = await checkBooks({ ...books, outside }, [])

  expect(rulesOf(findings)).toEqual(['whole'])
})

it.each<[what: string, wanted: 'done' | 'refused']>([
  ['an effect that nobody asked for', 'done'],
  ['a refusal that nobody asked for', 'refused'],
])('once: %s', async (_what, wanted) => {
  const books = await someBooks()
  for (let n = 1, sent = new Outside(); sent.counts[wanted] === 0; n++) {
    const lines = await books.send(`7.${n}`)
    sent = new Outside()
    sent.read([lines])
    if (sent.counts[wanted] === 0) books.outside.read([lines])
  }

  expect(rulesOf((await checkBooks(books, [])).findings)).toEqual(['once'])
})

it('once: the same request a second time, under another key of the ledger’s', async () => {
  const { requests, ledger, ...books } = await someBooks()
  const request = requests.find(OPENING)
  const [again] = request.transfers
  if (again === undefined) throw new Error('the opening moves money')
  const asAnother = { ...ledgerRequest(requests.tenantId, request), clientId: 'another' }
  await ledger.decide(asAnother, planOf(requests.tenantId, { ...request, accounts: [], transfers: [again] }))

  const { findings } = await checkBooks({ requests, ledger, ...books }, [])

  expect(rulesOf(findings)).toContain('once')
})

it('once: a key that was decided before is decided anew at the end', async () => {
  const books = await someBooks()
  await db.query(`delete from decisions where tenant_id = $1 and not done`, [books.tenant])

  const { findings } = await finishBooks(books, books.another())

  expect(rulesOf(findings)).toEqual(['acknowledged', 'answers', 'once'])
})

it('log: books that were set back, and went on another way to more than was signed', async () => {
  const books = await someBooks()
  const tables = ['batches', 'checkpoints', 'transactions', 'entries', 'holds', 'crash_orders']
  const columns = ['last_sequence', 'size', 'sequence', 'sequence', 'opened_sequence', 'sequence']
  for (const [at, table] of tables.entries()) {
    await db.query(`delete from ${table} where tenant_id = $1 and ${columns[at]} > 1`, [books.tenant])
  }
  await rm(join(folder, String(seed)), { recursive: true }) // the signer has forgotten, too
  const ledger = books.another()
  books.outside.read(
    await Promise.all(Array.from({ length: 2 * REQUESTS }, (_, n) => books.send(`2.${n + 1}`, ledger))),
  )

  const { findings } = await checkBooks({ ...books, ledger }, books.outside.notes)

  const ofLog = findings.filter(({ rule }) => rule === 'log').map(({ message }) => message)
  expect(ofLog).toHaveLength(books.outside.notes.size)
  expect(ofLog[0]).toMatch(/do not lead to the root/)
})

it('books: what only the check of all tables sees', async () => {
  const books = await someBooks()
  await db.query('update accounts set no_overdraft = not no_overdraft where tenant_id = $1', [books.tenant])

  const { findings } = await finishBooks(books, books.another())

  expect(rulesOf(findings)).toEqual(['books'])
})

const line = (key: string, outcome: string, replayed: boolean): JournalLine => ({
  kind: 'answered',
  key,
  replayed,
  ok: true,
  outcome,
})
it.each<[why: string, lives: readonly (readonly JournalLine[])[]]>([
  ['an answer that differs from the first', [[line('1.1', 'a', false)], [line('1.1', 'b', true)]]],
  ['a first answer after the first', [[line('1.1', 'a', false)], [line('1.1', 'a', false)]]],
  ['a first answer after a repeated one', [[line('1.1', 'a', true)], [line('1.1', 'a', false)]]],
])('answers: %s', (_why, lives) => {
  const outside = new Outside()
  for (const life of lives) outside.read([life])

  expect(outside.contradictions).not.toEqual([])
})
