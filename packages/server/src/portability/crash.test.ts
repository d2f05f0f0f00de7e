import { type Ledger, toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { columnsOf, ERASED_ROWS } from '../registrations/erasure/erased-rows.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { completePort } from './complete.ts'
import type { PortDeps } from './service.ts'
import { findPort } from './store.ts'
import { openTwoBanks } from './testing/two-banks.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

class Killed extends Error {}

/** Everything that a move writes goes through here: a decision of a tenant's, or the row of the alias. */
function dyingAt(deps: PortDeps, step: number, when: 'before' | 'after'): PortDeps & { steps(): number } {
  let steps = 0
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    const isLast = steps++ === step
    if (isLast && when === 'before') throw new Killed()
    const done = await work()
    if (isLast) throw new Killed()
    return done
  }
  const ledger: Ledger = Object.create(deps.ledger, {
    decide: { value: (...of: Parameters<Ledger['decide']>) => guarded(() => deps.ledger.decide(...of)) },
  })
  const db: PortDeps['db'] = Object.create(deps.db, {
    query: {
      value: (sql: string, values?: Parameters<PortDeps['db']['query']>[1]) =>
        sql.startsWith('update aliases') ? guarded(() => deps.db.query(sql, values)) : deps.db.query(sql, values),
    },
  })
  return { ...deps, ledger, db, steps: () => steps }
}

/** Handover, alias, registration, one code, the end at both. */
const STEPS = 6

async function accepted() {
  const banks = await openTwoBanks(world)
  const { first, second, deps } = banks
  const merchant = await first.merchant()
  const printed = await first.codes.createQrCode({ merchantId: merchant.id, body: {} }, first.call('createQrCode'))
  const port = await first.offer(merchant.id, second.tenant.code)
  await banks.runDue()
  await second.accept(port.id)
  const [due] = await world.db.query<{ reference: string }>(
    `select reference from due where tenant_id = $1 and kind = 'port.complete'`,
    [toUuid(second.tenant.id, 'ten')],
  )
  const complete = (by: PortDeps) => completePort(by, second.tenant.id, due?.reference ?? '')
  return { banks, first, second, deps, merchant, printed, port, complete }
}

type Move = Awaited<ReturnType<typeof accepted>>

async function expectMovedOnce({ banks, first, second, merchant, printed, port }: Move): Promise<void> {
  const { merchantId } = await second.port(port.id)
  const events = await second.events()
  expect(await first.port(port.id)).toMatchObject({ status: 'completed' })
  expect(await first.getMerchant(merchant.id)).toMatchObject({ status: 'closed' })
  expect(await second.port(port.id)).toMatchObject({ status: 'completed' })
  expect(await second.getMerchant(merchantId ?? '')).toMatchObject({ status: 'active', alias: merchant.alias })
  expect(events.filter((event) => event === 'merchant.activated active')).toHaveLength(1)
  expect((await first.events()).filter((event) => event === 'merchant.ported closed')).toHaveLength(1)
  expect(await second.pay(printed.payload, '2.00')).toMatchObject({ status: 'completed' })
  expect(await banks.findings()).toEqual([])
}

it('a move has as many steps as are killed here', async () => {
  const move = await accepted()
  const counting = dyingAt(move.deps, Number.POSITIVE_INFINITY, 'after')
  await move.complete(counting)

  expect(counting.steps()).toBe(STEPS)
  await expectMovedOnce(move)
})

it.each(
  Array.from({ length: STEPS }, (_, step) => [step, 'before'] as const).concat(
    Array.from({ length: STEPS }, (_, step) => [step, 'after'] as const) as never,
  ),
)('killed at step %i, %s it has committed, a move is done all the same, once', async (step, when) => {
  const move = await accepted()
  await expect(move.complete(dyingAt(move.deps, step, when))).rejects.toThrow(Killed)

  await move.complete(move.deps)
  await move.complete(move.deps)

  await expectMovedOnce(move)
})

it('until it is done nobody is paid at two banks: whichever step it died at, at most one bank takes the money', async () => {
  for (let step = 0; step < STEPS; step++) {
    const move = await accepted()
    await expect(move.complete(dyingAt(move.deps, step, 'after'))).rejects.toThrow(Killed)
    const at = await Promise.allSettled([move.first, move.second].map((bank) => bank.pay(move.printed.payload, '1.00')))

    expect(at.filter(({ status }) => status === 'fulfilled').length, `step ${step}`).toBeLessThanOrEqual(1)
  }
})

it('whoever is erased in the middle of it is moved all the same, and nothing of the evidence stays', async () => {
  const move = await accepted()
  await expect(move.complete(dyingAt(move.deps, 2, 'after'))).rejects.toThrow(Killed)
  const { merchantId } = await move.second.port(move.port.id)
  const erased = [{ id: merchantId ?? '', erasedAt: world.clock.now() }]
  for (const { sql } of ERASED_ROWS) {
    await world.db.query(sql, [toUuid(move.second.tenant.id, 'ten'), ...columnsOf(erased)])
  }

  await move.complete(move.deps)

  expect(await move.second.port(move.port.id)).toMatchObject({ status: 'completed' })
  expect(await findPort(world.db, move.second.tenant.id, move.port.id)).toMatchObject({ sealed: null, sealedFor: null })
})

it('two workers at once move a merchant once', async () => {
  const move = await accepted()
  await Promise.all([move.complete(move.deps), move.complete(move.deps)])

  await expectMovedOnce(move)
})
