import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { type Database, ledgerMigrations, openPglite } from '@pisto/ledger/database'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBooks } from '../../packages/ledger/src/testing/books.ts'
import { bookSteps, playBook } from '../../packages/ledger/src/testing/random-books.ts'
import { statementCamt053 } from '../../packages/server/src/accounts/statement/camt053.ts'
import { openAccountStatement } from '../../packages/server/src/accounts/statement/statement.ts'
import { serverMigrations } from '../../packages/server/src/platform/database/open.ts'
import { testPersonalData } from '../../packages/server/src/testing/test-personal-data.ts'
import { ruleErrors, schemaErrors } from './support/camt053-rules.ts'

const profile = readFileSync(new URL('support/camt053-profile.xsd', import.meta.url), 'utf8')
/** The schema of ISO 20022 itself, where somebody has it: it is not ours to hand on. */
const official = env['PISTO_CAMT053_XSD']

const personalData = testPersonalData()
let db: Database
let sandbox: Sandbox
/** With names that XML and spreadsheets stumble over. */
let real: string
beforeAll(async () => {
  db = await openPglite({ migrations: [ledgerMigrations, serverMigrations] })
  sandbox = await startSandbox()
  real = await aRealStatement()
})
afterAll(async () => {
  await sandbox?.stop()
  await db?.close()
})

async function aRealStatement(): Promise<string> {
  const client = sandbox.client('GT')
  const shop = await aMerchant(client)
  const payer = await aFundedConsumer(client, '100.00')
  const pay = (amount: string, reference: string) =>
    client.payments.create({
      ...{ payerAccountId: payer.accountId, alias: shop.alias, reference },
      amount: { amount, currency: 'GTQ' },
    })
  await pay('10.00', 'Mesa <4> & "ñandú" ]]> \ufffe')
  const { id } = await pay('20.55', 'x'.repeat(100))
  await client.payments.refund(id, { amount: { amount: '0.55', currency: 'GTQ' }, reason: 'Vuelto' })
  const account = shop.accountId ?? ''
  return (await client.accounts.statementFile(account, 'camt053')).text()
}

it('a statement is valid, adds up, and keeps every text', () => {
  expect(schemaErrors(real, profile)).toEqual([])
  expect(ruleErrors(real)).toEqual([])
  expect(real.match(/<Ntry>/g)).toHaveLength(3)
  expect(real).toContain('<Ustrd>Mesa &lt;4&gt; &amp; &quot;ñandú&quot; ]]&gt; \ufffd</Ustrd>')
  expect(real).toMatch(/<Cd>CLBD<\/Cd>\s*<\/CdOrPrtry>\s*<\/Tp>\s*<Amt Ccy="GTQ">30.00<\/Amt>\s*<CdtDbtInd>CRDT</)
  expect(real).toMatch(/<AddtlStmtInf>gtbank: transactions \d+ to \d+; log checkpoint \S+ \d+ \S+=<\/AddtlStmtInf>/)
})

it.skipIf(official === undefined)(
  `a statement is valid by the schema of ISO itself${official === undefined ? ' (DID NOT RUN: PISTO_CAMT053_XSD names no file)' : ''}`,
  () => {
    expect(schemaErrors(real, readFileSync(official ?? '', 'utf8'))).toEqual([])
  },
)

it('statements of random books over random days are valid and add up, on both sides of the books', async () => {
  const schema = official === undefined ? profile : readFileSync(official, 'utf8')
  await fc.assert(
    fc.asyncProperty(bookSteps, fc.nat({ max: 3 }), fc.nat({ max: 4 }), fc.nat({ max: 4 }), async (...drawn) => {
      const [steps, at, first, count] = drawn
      const books = await openTestBooks(db)
      const accountId = (await playBook(books, steps))[at] ?? ''
      const { ledger, tenantId, clock } = books
      clock.advance(10 * 86_400) // so that no day is still to come
      const tenant = { id: tenantId, code: 'bank', name: 'Banco', timeZone: 'America/Guatemala' }
      const call = { tenantId, tenant, livemode: false, language: 'es' } as Parameters<typeof openAccountStatement>[1]
      const days = { from: `2026-01-${15 + first}`, to: `2026-01-${15 + first + count}` }

      const statement = await openAccountStatement({ db, ledger, clock, personalData }, call, accountId, days)
      let xml = ''
      for await (const piece of statementCamt053(statement)) xml += piece

      expect(schemaErrors(xml, schema)).toEqual([])
      expect(ruleErrors(xml)).toEqual([])
    }),
    { numRuns: 12 },
  )
})

it.each<[what: string, change: (xml: string) => string, told: RegExp]>([
  ['an amount', (xml) => xml.replace('>10.00<', '>10.01<'), /opening balance and entries/],
  ['a missing entry', (xml) => xml.replace(/<Ntry>[\s\S]*?<\/Ntry>/, ''), /TtlNtries counts 2/],
  ['a sign', (xml) => xml.replace(/(<Ntry>[\s\S]*?)CRDT/, '$1DBIT'), /the net of the entries/],
  ['another currency', (xml) => xml.replace(/(<Ntry>[\s\S]*?)GTQ/, '$1USD'), /one currency/],
  ['a reference twice', (xml) => xml.replaceAll(/<NtryRef>.*?</g, '<NtryRef>1.0<'), /its own reference/],
  ['a day outside', (xml) => xml.replace(/(<BookgDt>\s*<Dt>)\d{4}/, '$12020'), /within the period/],
])('the rules tell %s', (_what, change, told) => {
  const changed = change(real)

  expect(changed).not.toBe(real)
  expect(ruleErrors(changed).join('\n')).toMatch(told)
})

it.each<[what: string, change: (xml: string) => string]>([
  ['a text of 36 characters', (xml) => xml.replace(/<MsgId>.*?</, `<MsgId>${'x'.repeat(36)}<`)],
  [
    'elements in another order',
    (xml) => xml.replace(/(<Sts>[\s\S]*?<\/Sts>)\s*(<BookgDt>[\s\S]*?<\/BookgDt>)/, '$2$1'),
  ],
  ['a negative amount', (xml) => xml.replace(/(<Ntry>[\s\S]*?<Amt Ccy="GTQ">)/, '$1-')],
  ['an unknown code', (xml) => xml.replace('>CRDT<', '>CREDIT<')],
])('the profile refuses %s', (_what, change) => {
  const changed = change(real)

  expect(changed).not.toBe(real)
  expect(schemaErrors(changed, profile)).not.toEqual([])
})
