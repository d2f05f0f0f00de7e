import { randomInt } from 'node:crypto'
import type { Consumer, CreateConsumer, CreateMerchant, Merchant, Pisto } from '@pisto/sdk'
import { newPerson, type TestPerson } from './people.ts'
import { newestCode } from './sandbox.ts'

/** Where this process begins to count people: two that share a database hardly ever meet. */
const FIRST = randomInt(9_000_000)
let count = 0

/** Somebody nobody has registered yet. */
export const aPerson = (country: TestPerson['country']): TestPerson => newPerson(country, FIRST + 7 * ++count)

/** An active merchant with an account, registered as a bank would: phone confirmed by its code, submitted. */
export async function aMerchant(client: Pisto, overrides: Partial<CreateMerchant> = {}): Promise<Merchant> {
  const { country, form } = await aForm(client, 'Rosa', 'Umaña Pérez')
  const business = { tradeName: 'Tortillería Ñandú', categoryCode: '5462' }
  const draft = await client.merchants.create({ ...form, country, ...business, ...overrides })
  const { id } = draft
  const verification = await client.merchants.startPhoneVerification(id)
  const code = await newestCode(client, draft.phone ?? '')
  await client.merchants.confirmPhoneVerification(id, verification.id, { code })
  return client.merchants.submit(id)
}

/** An active consumer with a wallet. */
export async function aConsumer(client: Pisto, overrides: Partial<CreateConsumer> = {}): Promise<Consumer> {
  const { country, form } = await aForm(client, 'Pedro', 'Chub Caal')
  const draft = await client.consumers.create({ ...form, country, ...overrides })
  const { id } = draft
  const verification = await client.consumers.startPhoneVerification(id)
  const code = await newestCode(client, draft.phone ?? '')
  await client.consumers.confirmPhoneVerification(id, verification.id, { code })
  return client.consumers.submit(id)
}

/** A consumer with an open wallet. */
export type FundedConsumer = Consumer & { readonly accountId: string }

/** An active consumer with play money. @param amount Decimal text in the tenant's currency: `100.00`. */
export async function aFundedConsumer(client: Pisto, amount: string): Promise<FundedConsumer> {
  const consumer = await aConsumer(client)
  const { accountId } = consumer
  if (accountId === null) throw new Error('the consumer has no account')
  const { currency } = await client.tenant.get()
  await client.sandbox.fund(accountId, { amount: { amount, currency } })
  return { ...consumer, accountId }
}

async function aForm(client: Pisto, givenNames: string, familyNames: string) {
  const { country } = await client.tenant.get()
  const { document, phone, dateOfBirth } = aPerson(country)
  const { now } = await client.sandbox.clock()
  const person = { givenNames, familyNames, dateOfBirth, document }
  return { country, form: { phone, person, locale: 'es', consent: { version: '2026-11', acceptedAt: now } } as const }
}
