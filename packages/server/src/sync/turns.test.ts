import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('does one after the other under a name, also after a failure, and others meanwhile', async () => {
  const turns = new Turns()
  const told: string[] = []
  const work = (word: string, durationMs: number) => async () => {
    told.push(`${word} begins`)
    await delay(durationMs)
    told.push(`${word} ends`)
    if (word === 'first') throw new Error('failed')
  }

  const results = await Promise.allSettled([
    turns.take('a', work('first', 20)),
    turns.take('a', work('second', 1)),
    turns.take('b', work('other', 1)),
  ])

  expect(told).toEqual(['first begins', 'other begins', 'other ends', 'first ends', 'second begins', 'second ends'])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})
