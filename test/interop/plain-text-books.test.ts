import type { Account, Pisto } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBooks, openTestDatabase } from '../../packages/ledger/src/testing/books.ts'
import { bookSteps, playBook } from '../../packages/ledger/src/testing/random-books.ts'
import { beancountFile } from '../../packages/server/src/reports/beancount.ts'
import { openBooksReport } from '../../packages/server/src/reports/books-report.ts'
import { hledgerJournal } from '../../packages/server/src/reports/hledger.ts'
import { accountName } from '../../packages/server/src/reports/plain-text.ts'
import { type Balances, beancount, hledger } from './support/plain-text-tools.ts'

/** Our books, added up by tools that know nothing of us: every account of every book must have the same balance. */
const TOOLS = [
  { tool: hledger, write: hledgerJournal },
  { tool: beancount, write: beancountFile },
] as const

type Database = Awaited<ReturnType<typeof openTestDatabase>>
let db: Database
let sandbox: Sandbox
beforeAll(async () => {
  db = await openTestDatabase()
  sandbox = await startSandbox()
})
afterAll(async () => {
  await sandbox?.stop()
  await db?.close()
})

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** The accounts that something was posted to. */
const moved = (balances: Balances): Balances =>
  Object.fromEntries(Object.entries(balances).filter(([, balance]) => balance !== '0.00'))

describe.each(TOOLS)('$tool.name', ({ tool, write }) => {
  const named = tool.isInstalled ? '' : ` (DID NOT RUN: ${tool.name} is not installed)`

  it.skipIf(!tool.isInstalled)(`agrees with random books, whole and from any day on${named}`, async () => {
    await fc.assert(
      fc.asyncProperty(bookSteps, fc.integer({ min: 0, max: 3 }), async (steps, day) => {
        const books = await openTestBooks(db)
        await playBook(books, steps)
        const { ledger, tenantId, clock } = books
        const tenant = { id: tenantId, name: 'A "bank"', currency: 'GTQ', timeZone: 'America/Guatemala' }
        const profile = { ...tenant, createdAt: new Date('2026-01-15T12:00:00Z') } as Parameters<
          typeof openBooksReport
        >[1]
        const from = `2026-01-${15 + day}`
        const days = day === 0 || clock.now() < new Date(`${from}T12:00:00Z`) ? {} : { from }

        const report = await openBooksReport(ledger, profile, days, clock.now())
        const balances = await tool.balances(await textOf(write(report)))

        expect(moved(balances)).toEqual(moved(await balancesOf(books)))
      }),
      { numRuns: 4 },
    )
  })

  it.skipIf(!tool.isInstalled)(`agrees with the API on every account of a sandbox${named}`, async () => {
    const client = sandbox.client('GT')
    await aBusyDay(client)
    const file = await client.reports.create({ format: tool.name })

    const balances = await tool.balances(await file.text())

    const expected: Record<string, string> = {}
    for await (const account of client.accounts.list()) expected[nameOf(account)] = debitsLessCredits(account)
    expect(Object.keys(moved(expected)).length).toBeGreaterThan(2)
    expect(moved(balances)).toEqual(moved(expected))
  })

  it.skipIf(!tool.isInstalled)(`refuses a journal from which something is missing${named}`, async () => {
    const client = sandbox.client('GT')
    await aBusyDay(client)
    const text = await (await client.reports.create({ format: tool.name })).text()
    const altered = text.replace(/ 10\.00 GTQ\n(.* )-10\.00 GTQ\n/, ' 10.01 GTQ\n$1-10.01 GTQ\n')

    expect(altered).not.toBe(text)
    await expect(tool.balances(altered)).rejects.toThrow(/balance/i)
  })
})

/** What the ledger says, under the journal's names. */
async function balancesOf({
  ledger,
  tenantId,
}: Pick<Awaited<ReturnType<typeof openTestBooks>>, 'ledger' | 'tenantId'>): Promise<Balances> {
  const { data } = await ledger.listAccounts(tenantId, { limit: 100 })
  return Object.fromEntries(
    data.map((account) => [accountName(account), debitsLessCredits({ ...account, balances: account })]),
  )
}

const nameOf = ({ id, purpose, normalSide }: Account): string => accountName({ accountId: id, purpose, normalSide })

function debitsLessCredits({
  normalSide,
  balances,
}: {
  readonly normalSide: string
  readonly balances: { readonly posted: { readonly amount: string } }
}): string {
  const { amount } = balances.posted
  if (normalSide === 'debit' || amount === '0.00') return amount
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}

/** Payments at once, in two steps, cancelled, given back in part. */
async function aBusyDay(client: Pisto): Promise<void> {
  const shop = await aMerchant(client)
  const payer = await aFundedConsumer(client, '100.00')
  const quetzales = (amount: string) => ({ amount, currency: 'GTQ' as const })
  const pay = (amount: string, confirmation: 'now' | 'later') =>
    client.payments.create({
      payerAccountId: payer.accountId,
      alias: shop.alias,
      amount: quetzales(amount),
      confirmation,
    })
  const first = await pay('10.00', 'now')
  await client.payments.confirm((await pay('20.50', 'later')).id)
  await client.payments.cancel((await pay('3.00', 'later')).id)
  await pay('4.00', 'later')
  await client.payments.refund(first.id, { amount: quetzales('2.25'), reason: 'Vuelto' })
}
