import { NotFound, PistoProblem, WrongStatus } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { perform, refuseWithEffect } from './perform.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const codeOf = (result: Promise<unknown>): Promise<string> =>
  result.then(
    () => 'done',
    (error: unknown) => (error instanceof PistoProblem ? error.code : String(error)),
  )

it('a call that takes long is told to come again; its repetition gets the one outcome', async () => {
  const tenant = await aTenant(world)
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let planned = 0
  const slow = async () => {
    planned++
    await released
    return { purpose: 'slow', answer: 'done once' }
  }

  const first = perform(world.ledger, aCall(tenant, 'slow', 'k'), slow, 20)
  const second = perform(world.ledger, aCall(tenant, 'slow', 'k'), slow, 20)
  expect(await Promise.all([codeOf(first), codeOf(second)])).toEqual([
    'idempotency_in_progress',
    'idempotency_in_progress',
  ])
  release()
  const call = aCall(tenant, 'slow', 'k')

  expect(await perform(world.ledger, call, slow)).toBe('done once')
  expect(call.replayed).toBe(true)
  expect(planned).toBe(1)
})

it('a call without a key is waited for: nobody could ask for its outcome', async () => {
  const tenant = await aTenant(world)
  const slow = () =>
    new Promise<{ purpose: string; answer: number }>((resolve) => setTimeout(resolve, 60, { purpose: 'x', answer: 1 }))

  expect(await perform(world.ledger, aCall(tenant, 'slow'), slow, 20)).toBe(1)
})

it.each([
  [new WrongStatus('payment_wrong_status', { status: 'completed' }), true, 'a status refuses'],
  [new PistoProblem('insufficient_funds', { available: '1.00' }), true, 'a rule refuses'],
  [new NotFound('payment_not_found'), false, 'it may exist later'],
  [new PistoProblem('request_invalid'), false, 'a malformed request does not use up its key'],
])('%s: stored under its key: %s (%s)', async (problem, isStored, _why) => {
  const tenant = await aTenant(world)
  const refuse = () => {
    throw problem
  }
  await expect(perform(world.ledger, aCall(tenant, 'x', 'k'), refuse)).rejects.toMatchObject({
    code: problem.code,
    facts: problem.facts,
  })

  const call = aCall(tenant, 'x', 'k')
  const again = await codeOf(perform(world.ledger, call, () => ({ purpose: 'x', answer: null })))

  expect(again).toBe(isStored ? problem.code : 'done')
  expect(call.replayed).toBe(isStored)
})

it('a refusal with an effect is replayed as a refusal', async () => {
  const tenant = await aTenant(world)
  const problem = new PistoProblem('code_mismatch', { triesLeft: '4' })
  let planned = 0
  const plan = () => {
    planned++
    return { purpose: 'code.tried', answer: refuseWithEffect(problem) }
  }

  for (const replayed of [false, true]) {
    const call = aCall(tenant, 'x', 'k')
    await expect(perform(world.ledger, call, plan)).rejects.toMatchObject({
      code: 'code_mismatch',
      facts: problem.facts,
    })
    expect(call.replayed).toBe(replayed)
  }
  expect(planned).toBe(1)
})
