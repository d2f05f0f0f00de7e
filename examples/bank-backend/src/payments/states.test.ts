import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isFinished, nextStatus, type OrderEvent, type OrderStatus } from './states.ts'

const STATUSES: readonly OrderStatus[] = ['started', 'debited', 'undoing', 'paid', 'declined', 'undone']
const EVENTS: readonly OrderEvent[] = ['debit', 'decline', 'abandon', 'pay', 'refuse', 'undo']

const moves = STATUSES.flatMap((from) =>
  EVENTS.flatMap((event) => {
    try {
      return `${from} --> ${nextStatus(from, event)}`
    } catch {
      return []
    }
  }),
)

it('the README draws these moves and no others', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

  const drawn = [...readme.matchAll(/^ {2}(\w+ --> \w+): /gm)].map(([, move]) => move)

  expect(drawn.toSorted()).toEqual(moves.toSorted())
})

it('every order comes to an end, and stays there', () => {
  const ends = STATUSES.filter((status) => !moves.some((move) => move.startsWith(`${status} `)))

  expect(ends).toEqual(['paid', 'declined', 'undone'])
  expect(STATUSES.filter(isFinished)).toEqual(ends)
})
