import { expect, it } from 'vitest'
import { judgeCode, TRIES_MAX } from './states.ts'

const EXPIRES = new Date('2026-11-24T12:10:00Z')
const BEFORE = new Date('2026-11-24T12:09:59.999Z')

it.each([
  // status     tries  right  now      verdict                              why
  ['pending', 0, true, BEFORE, { kind: 'confirmed' }, 'the right code in time'],
  ['pending', 4, true, BEFORE, { kind: 'confirmed' }, 'the right code at the last try'],
  ['pending', 0, false, BEFORE, { kind: 'wrong', triesLeft: 4 }, 'a wrong code is counted'],
  ['pending', 4, false, BEFORE, { kind: 'wrong', triesLeft: 0 }, 'the fifth wrong code ends it'],
  ['pending', 0, true, EXPIRES, { kind: 'expired' }, 'at the second of expiry it is late'],
  ['pending', 0, false, EXPIRES, { kind: 'expired' }, 'a late wrong code tells nothing'],
  ['expired', 0, true, BEFORE, { kind: 'expired' }, 'replaced by a newer code'],
  ['exhausted', 5, true, BEFORE, { kind: 'exhausted' }, 'the right code comes too late'],
  ['exhausted', 5, true, EXPIRES, { kind: 'exhausted' }, 'exhausted stays exhausted'],
  ['confirmed', 0, true, BEFORE, { kind: 'settled' }, 'it can be confirmed once'],
] as const)('%s after %i wrong, right: %s at %s → %j: %s', (status, wrongTries, isRight, now, verdict, _why) => {
  expect(judgeCode({ status, wrongTries, expiresAt: EXPIRES }, isRight, now)).toEqual(verdict)
})

it('takes five tries and no more', () => {
  const left = Array.from({ length: TRIES_MAX }, (_, wrongTries) =>
    judgeCode({ status: 'pending', wrongTries, expiresAt: EXPIRES }, false, BEFORE),
  )

  expect(left.map((verdict) => 'triesLeft' in verdict && verdict.triesLeft)).toEqual([4, 3, 2, 1, 0])
})
