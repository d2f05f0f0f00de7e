import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFileJournal } from './file-journal.ts'
import { orderIdOf, type PaymentOrder } from './order.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bank-journal-'))
  path = join(folder, 'orders.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

const anOrder = (key: string, change: Partial<PaymentOrder> = {}): PaymentOrder => ({
  id: orderIdOf({ customerNumber: '1002', key }),
  customerNumber: '1002',
  accountNumber: '002-2',
  qr: '000201…6304ABCD',
  amount: { amount: '30.10', currency: 'GTQ' },
  key,
  status: 'started',
  startedAt: '2026-11-24T12:00:00.000Z',
  paymentId: null,
  refusal: null,
  ...change,
})

it('knows after a restart where each order stands', async () => {
  const paid = anOrder('a', { status: 'paid', paymentId: 'pay_1' })
  const journal = await openFileJournal(path)
  await journal.record(anOrder('a'), undefined)
  await Promise.all([
    journal.record(anOrder('a', { status: 'debited' }), 'started'),
    journal.record(anOrder('b'), undefined),
    journal.record(anOrder('ñ"\n'), undefined),
  ])
  await journal.record(paid, 'debited')
  await journal.close()

  const again = await openFileJournal(path)

  expect(await again.find(paid.id)).toEqual(paid)
  expect(await again.findByPayment('pay_1')).toEqual(paid)
  expect(await again.unfinished()).toEqual([anOrder('b'), anOrder('ñ"\n')])
  await again.close()
})

it('cuts off a line that a power cut left half written, and goes on', async () => {
  const journal = await openFileJournal(path)
  await journal.record(anOrder('a'), undefined)
  await journal.close()
  await appendFile(path, '{"id":"ord_')

  const again = await openFileJournal(path)
  await again.record(anOrder('a', { status: 'debited' }), 'started')
  await again.close()

  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).status)).toEqual(['started', 'debited'])
})

it('does not start on a file that holds something else', async () => {
  await appendFile(path, '{"id":"ord_1"}\n')

  await expect(openFileJournal(path)).rejects.toMatchObject({ name: 'JournalUnreadable' })
})

it('refuses a move from a status that the order is not in any more', async () => {
  const journal = await openFileJournal(path)
  await journal.record(anOrder('a'), undefined)

  const again = journal.record(anOrder('a'), undefined)
  const late = journal.record(anOrder('a', { status: 'undone' }), 'undoing')

  await expect(again).rejects.toMatchObject({ name: 'JournalConflict' })
  await expect(late).rejects.toMatchObject({ name: 'JournalConflict' })
  await journal.close()
})
