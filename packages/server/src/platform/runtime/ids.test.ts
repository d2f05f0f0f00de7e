import { toUuid } from '@pisto/ledger'
import { expect, it } from 'vitest'
import { ManualClock } from './clock.ts'
import { createIds } from './ids.ts'
import { seededRandom, systemRandom } from './random.ts'

const START = '2026-11-24T12:00:00Z'

it('an id is a UUIDv7 of business time', () => {
  const uuid = toUuid(createIds(new ManualClock(START), systemRandom).next('pay'), 'pay')

  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse(START))
})

it('each is greater than the one before, also within a millisecond and when the clock is set back', () => {
  const clock = new ManualClock(START)
  const ids = createIds(clock, systemRandom)
  const made: string[] = []
  for (let round = 0; round < 3000; round++) {
    made.push(ids.next('txn'))
    if (round % 100 === 0) clock.advance(round % 200 === 0 ? 1 : -2)
  }

  expect(made).toEqual([...made].sort())
  expect(new Set(made).size).toBe(made.length)
})

it('a counter that is used up goes on in the next millisecond', () => {
  const ids = createIds(new ManualClock(START), (length) => new Uint8Array(length).fill(0xff))
  const made = Array.from({ length: 5 }, () => ids.next('txn'))

  expect(made).toEqual([...made].sort())
})

it('the same seed and clock give the same ids, another start others', () => {
  const draw = (seed: string): string[] => {
    const ids = createIds(new ManualClock(START), seededRandom(seed))
    return Array.from({ length: 50 }, () => ids.next('mer'))
  }

  expect(draw('7/1')).toEqual(draw('7/1'))
  expect(draw('7/1')).not.toEqual(draw('7/2'))
})

it('seeded bytes do not depend on how they are taken', () => {
  const whole = seededRandom('x')(100)
  const random = seededRandom('x')
  const parts = [random(1), random(32), random(0), random(67)].flatMap((part) => [...part])

  expect(parts).toEqual([...whole])
})
