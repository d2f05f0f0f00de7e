import type { QrTip } from '@pisto/contract'
import { formatMinor } from '@pisto/money/text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onTopOf, tipFields, tipText } from './tip.ts'

const percent = (text: string): QrTip => ({ kind: 'percent', percent: text })
const fixed = (amount: string): QrTip => ({ kind: 'fixed', amount: { amount, currency: 'GTQ' } })

it.each([
  [10_000n, percent('5.00'), 500n, 'a whole result'],
  [10n, percent('5.00'), 1n, 'half a centavo goes up'],
  [9n, percent('5.00'), 0n, 'less than half goes down'],
  [30n, percent('5.00'), 2n, 'half goes up also where the even neighbour is below'],
  [1n, percent('0.01'), 0n, 'next to nothing is nothing'],
  [9_223_372_036_854_775_807n, percent('99.99'), 9_222_449_699_651_090_329n, 'the largest amount, exactly'],
  [1n, fixed('1.50'), 150n, 'a fixed fee, whatever the amount'],
  [1_000n, null, 0n, 'no rule'],
] as const)('on %d with %o come %d: %s', (amount, tip, fee, _why) => {
  expect(onTopOf(amount, tip, 77n)).toBe(fee)
})

it('a tip is what the payer gives, where the code asks for one', () => {
  expect(onTopOf(1_000n, { kind: 'prompt' }, 77n)).toBe(77n)
})

it('a percentage is the nearest centavo to the exact product, halves up (property)', () => {
  const hundredths = fc.bigInt({ min: 1n, max: 9_999n })
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), hundredths, (amount, rate) => {
      const fee = onTopOf(amount, percent(formatMinor(rate, 'GTQ')), 0n)

      const twice = 2n * (fee * 10_000n - amount * rate) // twice the error, in ten-thousandths of a centavo
      expect(twice > -10_000n && twice <= 10_000n).toBe(true)
    }),
  )
})

describe('in a code and in the log', () => {
  it.each([
    [{ kind: 'prompt' } as const, { tipIndicator: '01' }, 'prompt'],
    [fixed('1.50'), { tipIndicator: '02', feeFixed: '1.50' }, 'fixed 1.50'],
    [percent('5.00'), { tipIndicator: '03', feePercent: '5.00' }, 'percent 5.00'],
  ])('%o is %o and "%s"', (tip, fields, text) => {
    expect(tipFields(tip)).toEqual(fields)
    expect(tipText(tip)).toBe(text)
  })

  it('no rule is no object', () => {
    expect(tipFields(undefined)).toEqual({})
  })
})
