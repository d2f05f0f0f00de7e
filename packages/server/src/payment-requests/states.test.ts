import { PaymentRequestStatus, WrongStatus } from '@pisto/contract'
import { describe, expect, it } from 'vitest'
import { NEXT, nextStatus, type PaymentRequestEvent } from './states.ts'

const STATUSES = Object.keys(NEXT) as PaymentRequestStatus[]
const EVENTS: readonly PaymentRequestEvent[] = ['reserve', 'release', 'pay', 'cancel', 'expire']

describe('the states of a payment request, explored exhaustively', () => {
  it('has a row for each status of the contract', () => {
    expect(STATUSES.toSorted()).toEqual([...PaymentRequestStatus.enum].toSorted())
  })

  it.each(STATUSES.flatMap((from) => EVENTS.map((event) => [from, event] as const)))(
    '%s, %s: moves as the table says or is refused with both',
    (from, event) => {
      const to = NEXT[from][event]
      if (to !== undefined) expect(nextStatus(from, event)).toBe(to)
      else expect(() => nextStatus(from, event)).toThrow(WrongStatus)
    },
  )

  it('reaches every status from open', () => {
    const reached = new Set<PaymentRequestStatus>(['open'])
    for (const from of reached) for (const to of Object.values(NEXT[from])) reached.add(to)

    expect([...reached].toSorted()).toEqual(STATUSES.toSorted())
  })

  it('is paid at most once: nothing leads on from paid', () => {
    expect(NEXT.paid).toEqual({})
  })

  it('cannot be cancelled under a payer who has reserved it', () => {
    expect(NEXT.reserved).not.toHaveProperty('cancel')
  })
})
