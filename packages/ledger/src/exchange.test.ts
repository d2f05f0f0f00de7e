import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchangeTransfers } from './exchange.ts'

const exchange = (amount: string, rate: string) =>
  exchangeTransfers({
    debit: 'payer',
    credit: 'receiver',
    amount: { amount, currency: 'GTQ' },
    currency: 'USD',
    rate,
    exchangeAccounts: { from: 'exchange GTQ', to: 'exchange USD' },
    roundingAccount: 'rounding USD',
  }).map((transfer) =>
    transfer.kind === 'posted' ? `${transfer.debit} → ${transfer.credit} ${transfer.amount.amount}` : '',
  )

describe('what is moved', () => {
  it.each([
    ['10.00', '0.1285', ['exchange USD → receiver 1.28', 'exchange USD → rounding USD 0.01'], 'half a cent is booked'],
    [
      '10.00',
      '0.128001',
      ['exchange USD → receiver 1.28', 'exchange USD → rounding USD 0.01'],
      'the smallest part, too',
    ],
    ['10.00', '0.128', ['exchange USD → receiver 1.28'], 'nothing is left'],
    ['0.01', '7.8', ['exchange USD → receiver 0.07', 'exchange USD → rounding USD 0.01'], 'a rate above one'],
  ])('%s at %s: %#', (amount, rate, transfers, _why) => {
    expect(exchange(amount, rate)).toEqual([`payer → exchange GTQ ${amount}`, ...transfers])
  })

  it('a whole is paid or nothing: less than a cent is refused', () => {
    expect(() => exchange('0.01', '0.128')).toThrow(
      expect.objectContaining({ refusal: { code: 'exchange_too_small', facts: { rate: '0.128', currency: 'USD' } } }),
    )
  })

  it.each(['1e-1', '.5', '', '0.1234567890123'])('no rate is spelled %s', (rate) => {
    expect(() => exchange('1.00', rate)).toThrow(RangeError)
  })
})

it('nobody gets more than the rate gives, and at most one minor unit is left over (property)', () => {
  const amounts = fc.bigInt(1n, 10n ** 12n)
  const rates = fc
    .tuple(fc.nat(99), fc.nat(999_999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`)
  fc.assert(
    fc.property(amounts, rates, (minor, rate) => {
      const [, received = '', rest] = exchangeOrNothing(minor, rate)
      const cents = (line: string) => BigInt(line.split(' ').at(-1)?.replace('.', '') ?? '0')
      const exact = minor * BigInt(rate.replace('.', '')) // millionths of a cent
      expect(cents(received || '0') * 1_000_000n <= exact).toBe(true)
      expect(exact - cents(received || '0') * 1_000_000n < 1_000_000n || received === '').toBe(true)
      expect(rest === undefined || cents(rest) === 1n).toBe(true)
      if (received !== '') expect(rest === undefined).toBe(exact % 1_000_000n === 0n)
    }),
  )
})

function exchangeOrNothing(minor: bigint, rate: string): string[] {
  const digits = String(minor).padStart(3, '0')
  try {
    return exchange(`${digits.slice(0, -2)}.${digits.slice(-2)}`, rate)
  } catch (error) {
    expect(error).toMatchObject({ refusal: { code: 'exchange_too_small' } })
    return []
  }
}
