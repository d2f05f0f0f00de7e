import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../../merchants/handlers.ts'
import { aMerchant } from '../../testing/people.ts'
import { aCall, aTenant, openTestWorld, shareWorld, type TestWorld } from '../../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

async function aDecision() {
  const tenant = await aTenant(world)
  const body = aMerchant()
  const call = () => aCall(tenant, 'createMerchant', 'key-1', body)
  return { tenant, body, call, first: await merchantHandlers(world).createMerchant({ body }, call()) }
}

it('a repetition gets the same answer, byte for byte, also from another process', async () => {
  const { body, call, first } = await aDecision()

  for (const process of [world, shareWorld(world.db)]) {
    const again = call()
    const answer = await merchantHandlers(process).createMerchant({ body }, again)
    expect(JSON.stringify(answer)).toBe(JSON.stringify(first))
    expect(again.replayed).toBe(true)
  }
})

it('what is stored of an answer tells nobody’s name', async () => {
  const { tenant, body } = await aDecision()

  const stored = JSON.stringify(
    await world.db.query('select outcome from decisions where tenant_id = $1', [toUuid(tenant.id, 'ten')]),
  )
  for (const word of [body.phone, body.person.familyNames, body.person.document.number]) {
    expect(stored).not.toContain(word)
  }
  expect(stored).toContain('sealedFor')
})

it('the answer goes with the person: the repetition is told so, and nothing is done again', async () => {
  const { tenant, body, call } = await aDecision()
  await world.db.query('delete from person_keys where tenant_id = $1', [toUuid(tenant.id, 'ten')])

  const later = shareWorld(world.db)
  await expect(merchantHandlers(later).createMerchant({ body }, call())).rejects.toMatchObject({
    code: 'answer_erased',
  })
})
