import { PistoProblem } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { releaseAliases, reserveAliases, withAlias } from './aliases.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** A random source that repeats what it gives: `1 1 2` draws the first alias twice, then another. */
function source(...draws: number[]) {
  return () => Uint8Array.of(0, 0, 0, 0, draws.shift() ?? 9)
}

const owners = (...registrationIds: string[]) =>
  ({ tenantId: world.ids.next('ten'), kind: 'merchant', registrationIds }) as const

it('an alias that is taken is drawn again', async () => {
  const [a, b] = [world.ids.next('mer'), world.ids.next('mer')]
  const first = await reserveAliases({ db: world.db, random: source(1) }, owners(a))
  const second = await reserveAliases({ db: world.db, random: source(1, 1, 2) }, owners(b))

  expect(first.get(a)).toMatch(/^\d{12}$/)
  expect(second.get(b)).toMatch(/^\d{12}$/)
  expect(second.get(b)).not.toBe(first.get(a))
})

it('two of one call that draw the same alias get different ones', async () => {
  const [a, b] = [world.ids.next('mer'), world.ids.next('mer')]
  const reserved = await reserveAliases({ db: world.db, random: source(3, 3, 4) }, owners(a, b))

  expect(new Set(reserved.values()).size).toBe(2)
  expect([...reserved.keys()].toSorted()).toEqual([a, b].toSorted())
})

it('gives up where nothing is free', async () => {
  const [a, b] = [world.ids.next('mer'), world.ids.next('mer')]
  await reserveAliases({ db: world.db, random: source(5) }, owners(a))

  await expect(reserveAliases({ db: world.db, random: () => Uint8Array.of(0, 0, 0, 0, 5) }, owners(b))).rejects.toThrow(
    'no free alias',
  )
})

it('a released alias can be drawn again', async () => {
  const [a, b] = [world.ids.next('mer'), world.ids.next('mer')]
  const first = await reserveAliases({ db: world.db, random: source(6) }, owners(a))
  await releaseAliases(world.db, [...first.values()])

  const second = await reserveAliases({ db: world.db, random: source(6) }, owners(b))
  expect(second.get(b)).toBe(first.get(a))
})

it.each([
  [new PistoProblem('phone_duplicate'), false, 'refused: nobody has it'],
  [new PistoProblem('internal'), true, 'the outcome is unknown: it may be in use'],
  [new Error('lost'), true, 'the outcome is unknown: it may be in use'],
])('after %s it stays reserved: %s — %s', async (error, stays, _why) => {
  let alias = ''
  const work = withAlias(
    world,
    { tenantId: world.ids.next('ten'), kind: 'merchant', id: world.ids.next('mer') },
    (reserved) => {
      alias = reserved
      throw error
    },
  )

  await expect(work).rejects.toBe(error)
  const rows = await world.db.query('select 1 from aliases where alias = $1', [alias])
  expect(rows.length === 1).toBe(stays)
})
