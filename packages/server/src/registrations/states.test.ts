import type { RegistrationStatus } from '@pisto/contract'
import { expect, it } from 'vitest'
import { nextStatus, REGISTRATION_MOVES, type RegistrationEvent, takesEvidence } from './states.ts'

const STATUSES = Object.keys(REGISTRATION_MOVES) as RegistrationStatus[]
const EVENTS = [
  ...new Set(STATUSES.flatMap((status) => Object.keys(REGISTRATION_MOVES[status]))),
] as RegistrationEvent[]

/** Every allowed move, written out a second time by hand from api.md. */
const ALLOWED = [
  'draft submit submitted',
  'draft erase closed',
  'returned erase closed',
  'submitted activate active',
  'submitted review inReview',
  'inReview approve active',
  'inReview return returned',
  'inReview reject rejected',
  'returned submit submitted',
  'active restrict restricted',
  'active suspend suspended',
  'active close closed',
  'restricted lift active',
  'restricted close closed',
  'suspended reinstate active',
  'suspended close closed',
]

it('allows exactly the moves of the design, of every status and event', () => {
  const allowed = STATUSES.flatMap((from) =>
    EVENTS.flatMap((event) => {
      const to = nextStatus(from, event)
      return to === undefined ? [] : [`${from} ${event} ${to}`]
    }),
  )

  expect(allowed.toSorted()).toEqual(ALLOWED.toSorted())
})

it('reaches every status from draft', () => {
  const reached = new Set<RegistrationStatus>(['draft'])
  for (const from of reached) for (const to of Object.values(REGISTRATION_MOVES[from])) reached.add(to)

  expect([...reached].toSorted()).toEqual(STATUSES.toSorted())
})

it('ends only as rejected or closed', () => {
  const terminal = STATUSES.filter((status) => Object.keys(REGISTRATION_MOVES[status]).length === 0)

  expect(terminal).toEqual(['rejected', 'closed'])
})

it('takes evidence before submission and after a return', () => {
  expect(STATUSES.filter(takesEvidence)).toEqual(['draft', 'returned'])
})
