import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import { checkPaymentBooks } from '../payments/books-check.ts'
import { aMerchantWithWallet } from '../payments/testing/wallets.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** A merchant that was suspended, reinstated and suspended again. */
async function aHistory() {
  const tenant = await aTenant(world)
  const { id: merchantId } = await aMerchantWithWallet(world, tenant)
  const { suspendMerchant, reinstateMerchant } = merchantHandlers(world)
  const body = { actor: 'ana', reasons: ['unusual_activity' as const], note: 'Tres cobros' }
  await suspendMerchant({ merchantId, body }, aCall(tenant, 'suspendMerchant'))
  await reinstateMerchant({ merchantId, body: { actor: 'luis' } }, aCall(tenant, 'reinstateMerchant'))
  await suspendMerchant({ merchantId, body }, aCall(tenant, 'suspendMerchant'))
  return tenant.id
}

it('what operators decided is what the log says', async () => {
  expect(await checkPaymentBooks(world, await aHistory())).toEqual([])
})

const TEXT = 'the text is not what the log has a commitment to'

it.each([
  ["update registration_decisions set actor = 'eva'", TEXT, 'somebody else is said to have decided'],
  [`update registration_decisions set codes = '["own_request"]'`, TEXT, 'for another reason'],
  ["update registration_decisions set note = 'Nada', sealed_note = null", TEXT, 'with another note'],
  ["update registration_decisions set sealed_note = sealed_note || '\\x00'", 'the note is not the one', 'no note'],
  ["update registration_decisions set finding = 'possibleMatch'", TEXT, 'on something else'],
  ["update registration_decisions set content_hash = repeat('0', 64)", 'what the operator saw is not', 'another hash'],
  ["update registration_decisions set content = content || '\\x00'", 'what the operator saw is not', 'another content'],
  ['update registration_decisions set content = null', 'what the operator saw is not', 'nothing was kept'],
  ['update registration_decisions set content = null, content_hash = null', TEXT, 'nothing was seen'],
  ["update registration_decisions set action = 'approve'", 'the purpose is merchant.approved', 'another decision'],
  ['update registration_decisions set registration_id = id', 'the merchant is mer_', 'about somebody else'],
  ['update registration_decisions set sequence = sequence - 1', 'the transaction is txn_', 'another transaction'],
  ['update registration_decisions set sequence = 1000', 'the log has no such transaction', 'none'],
  ['delete from registration_decisions', 'the row is missing', 'nobody decided'],
])('finds what was altered by %s: %s (%s)', async (alteration, told, _why) => {
  const tenantId = await aHistory()
  const altered = `${alteration} where tenant_id = $1 and sequence = (
    select max(sequence) from registration_decisions where tenant_id = $1)`
  await world.db.query(altered, [toUuid(tenantId, 'ten')])

  const findings = await checkPaymentBooks(world, tenantId)

  expect(findings.map(({ table }) => table)).toContain('registration_decisions')
  expect(findings.map(({ message }) => message).join('\n')).toContain(told)
})
