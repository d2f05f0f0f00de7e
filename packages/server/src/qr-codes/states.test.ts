import { QrCodeStatus, WrongStatus } from '@pisto/contract'
import { describe, expect, it } from 'vitest'
import { NEXT, nextStatus, type QrCodeEvent } from './states.ts'

const STATUSES = Object.keys(NEXT) as QrCodeStatus[]
const EVENTS: readonly QrCodeEvent[] = ['reserve', 'release', 'use', 'revoke', 'expire']

describe('the states of a merchant’s code, explored exhaustively', () => {
  it('has a row for each status of the contract', () => {
    expect(STATUSES.toSorted()).toEqual([...QrCodeStatus.enum].toSorted())
  })

  it.each(STATUSES.flatMap((from) => EVENTS.map((event) => [from, event] as const)))(
    '%s, %s: moves as the table says or is refused with the code’s id',
    (from, event) => {
      const to = NEXT[from][event]
      if (to !== undefined) expect(nextStatus(from, event, 'qrc_1')).toBe(to)
      else expect(() => nextStatus(from, event, 'qrc_1')).toThrow(WrongStatus)
    },
  )

  it.each([
    ['used', 'qr_code_used'],
    ['reserved', 'qr_code_used'],
    ['expired', 'qr_code_expired'],
    ['revoked', 'qr_code_revoked'],
  ] as const)('%s refuses a payer with %s', (from, code) => {
    expect(() => nextStatus(from, 'reserve', 'qrc_1')).toThrow(
      expect.objectContaining({ code, facts: { qrCodeId: 'qrc_1' } }),
    )
  })

  it('reaches every status from active', () => {
    const reached = new Set<QrCodeStatus>(['active'])
    for (const from of reached) for (const to of Object.values(NEXT[from])) reached.add(to)

    expect([...reached].toSorted()).toEqual(STATUSES.toSorted())
  })

  it.each(['used', 'expired', 'revoked'] as const)('nothing leads on from %s', (status) => {
    expect(NEXT[status]).toEqual({})
  })

  it('can be withdrawn in every status in which somebody could still pay by it', () => {
    expect([NEXT.active.revoke, NEXT.reserved.revoke]).toEqual(['revoked', 'revoked'])
  })
})
