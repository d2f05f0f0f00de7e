import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import { findHolds } from './holds.ts'
import type { TransferPlan } from './model.ts'
import { reversalOf } from './reversal.ts'
import {
  available,
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
} from './testing/books.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

interface Scene {
  readonly books: TestBooks
  readonly ana: string
  readonly luis: string
  readonly holdId: string
}

async function aScene(): Promise<Scene> {
  const books = await openTestBooks(db)
  const [ana, luis] = [await aWallet(books, '100.00'), await aWallet(books, '100.00')]
  return { books, ana, luis, holdId: randomIds.next('hld') }
}

const posted = ({ ana, luis }: Scene, amount: string): TransferPlan => ({
  kind: 'posted',
  debit: ana,
  credit: luis,
  amount: quetzales(amount),
})

const held = ({ books, ana, luis, holdId }: Scene): TransferPlan => ({
  kind: 'pending',
  holdId,
  debit: ana,
  credit: luis,
  amount: quetzales('40.00'),
  expiresAt: new Date(books.clock.now().getTime() + 60_000),
})

const part = ({ holdId }: Scene): TransferPlan => ({ kind: 'postPending', holdId, amount: quetzales('15.00') })
const voided = ({ holdId }: Scene): TransferPlan => ({ kind: 'voidPending', holdId })

async function reverse({ books, holdId }: Scene, sequence: number): Promise<void> {
  const { data } = await books.ledger.listTransactions(books.tenantId, { limit: 100 })
  const transaction = data.find((one) => one.sequence === sequence)
  if (transaction === undefined) throw new Error(`no transaction ${sequence}`)
  await move(books, reversalOf(transaction, await findHolds(db, books.tenantId, [holdId])))
}

/** Sequences before: the cash account and two wallets. */
const FIRST = 4

it.each<[what: string, steps: ((scene: Scene) => TransferPlan[])[], reversed: number]>([
  ['a transfer', [(scene) => [posted(scene, '10.00')]], FIRST],
  [
    'two transfers, the last first',
    [(scene) => [posted(scene, '100.00'), posted({ ...scene, ana: scene.luis, luis: scene.ana }, '200.00')]],
    FIRST,
  ],
  ['a hold that is still pending', [(scene) => [held(scene)]], FIRST],
  ['a transfer and a hold', [(scene) => [posted(scene, '10.00'), held(scene)]], FIRST],
  ['the posting of a part', [(scene) => [held(scene)], (scene) => [part(scene)]], FIRST + 1],
])('of %s leaves everybody with what they had', async (_what, steps, reversed) => {
  const scene = await aScene()
  const { books, ana, luis } = scene
  for (const step of steps) expect((await move(books, step(scene))).ok).toBe(true)

  await reverse(scene, reversed)

  expect([await available(books, ana), await available(books, luis)]).toEqual(['100.00', '100.00'])
  expect((await verifyBooks(db, books.tenantId)).findings).toEqual([])
})

it.each<[what: string, steps: ((scene: Scene) => TransferPlan[])[]]>([
  [
    'a hold that was posted since: the posting is what can be reversed',
    [(scene) => [held(scene)], (scene) => [part(scene)]],
  ],
  ['a hold that was voided since: nothing is left', [(scene) => [held(scene)], (scene) => [voided(scene)]]],
])('refuses to reverse %s', async (_what, steps) => {
  const scene = await aScene()
  for (const step of steps) expect((await move(scene.books, step(scene))).ok).toBe(true)

  await expect(reverse(scene, FIRST)).rejects.toMatchObject({ refusal: { code: 'transaction_not_reversible' } })
})

it('money that was spent since is not taken from nothing: the reversal is refused by the balance', async () => {
  const scene = await aScene()
  const { books, luis } = scene
  await move(books, [posted(scene, '10.00')])
  await move(books, [{ kind: 'posted', debit: luis, credit: books.cash, amount: quetzales('105.00') }])

  await reverse(scene, FIRST)

  expect(await available(books, luis)).toBe('5.00')
})
