import { PaymentStatus, WrongStatus } from '@pisto/contract'
import { describe, expect, it } from 'vitest'
import { NEXT, nextStatus, type PaymentEvent } from './states.ts'

const STATUSES = Object.keys(NEXT) as PaymentStatus[]
const EVENTS: readonly PaymentEvent[] = [
  'hold',
  'require',
  'confirm',
  'complete',
  'fail',
  'cancel',
  'expire',
  'refundPart',
  'refundRest',
]

describe('the states of a payment, explored exhaustively', () => {
  it('has a row for each status of the contract', () => {
    expect(STATUSES.toSorted()).toEqual([...PaymentStatus.enum].toSorted())
  })

  it.each(STATUSES.flatMap((from) => EVENTS.map((event) => [from, event] as const)))(
    '%s, %s: moves as the table says or is refused with both',
    (from, event) => {
      const to = NEXT[from][event]
      if (to !== undefined) expect(nextStatus(from, event)).toBe(to)
      else {
        expect(() => nextStatus(from, event)).toThrow(WrongStatus)
        expect(() => nextStatus(from, event)).toThrow(
          expect.objectContaining({ code: 'payment_wrong_status', facts: { status: from, event } }),
        )
      }
    },
  )

  it('reaches every status from created, and created from none', () => {
    const reached = new Set<PaymentStatus>(['created'])
    for (const from of reached) for (const to of Object.values(NEXT[from])) reached.add(to)

    expect([...reached].toSorted()).toEqual(STATUSES.toSorted())
    expect(STATUSES.flatMap((from) => Object.values(NEXT[from]))).not.toContain('created')
  })

  it('gives money back only after it was paid', () => {
    const refundable = STATUSES.filter((from) => 'refundPart' in NEXT[from])

    expect(refundable).toEqual(['completed', 'partiallyRefunded'])
  })

  it('leaves no hold behind: a pending payment can complete, be cancelled and expire', () => {
    expect(Object.keys(NEXT.pending)).toEqual(expect.arrayContaining(['complete', 'cancel', 'expire']))
  })

  it('ends refunded, failed, expired and cancelled for ever', () => {
    expect(STATUSES.filter((from) => Object.keys(NEXT[from]).length === 0)).toEqual([
      'refunded',
      'failed',
      'expired',
      'cancelled',
    ])
  })
})
