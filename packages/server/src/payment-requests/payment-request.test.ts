import { expect, it } from 'vitest'
import { statusAt } from './payment-request.ts'

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 12, minute))

it.each([
  // status      reserved until  expires  read at  is           why
  ['open', null, 15, 14, 'open', 'its time is not over'],
  ['open', null, 15, 15, 'expired', 'the end is the first moment without'],
  ['open', null, 15, 99, 'expired', 'nobody needs to have booked it'],
  ['reserved', 10, 15, 9, 'reserved', 'the hold lives'],
  ['reserved', 10, 15, 10, 'open', 'the hold has lapsed, booked or not'],
  ['reserved', 10, 15, 15, 'expired', 'the hold has lapsed, and so has the request'],
  ['reserved', 20, 15, 16, 'reserved', 'a payer who was in time may still confirm'],
  ['reserved', 20, 15, 20, 'expired', 'the hold lapsed after the request'],
  ['paid', null, 15, 99, 'paid', 'what is paid stays paid'],
  ['cancelled', null, 15, 99, 'cancelled', 'what is withdrawn stays withdrawn'],
  ['expired', null, 15, 14, 'expired', 'what was booked stays, whatever this clock says'],
] as const)('%s (reserved until %s, expires %s) at minute %s is %s: %s', (status, until, expires, minute, is, _why) => {
  const request = { status, reservedUntil: until === null ? null : at(until), expiresAt: at(expires) }

  expect(statusAt(request, at(minute))).toBe(is)
})
