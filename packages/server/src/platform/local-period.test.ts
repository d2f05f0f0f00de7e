import { expect, it } from 'vitest'
import { localPeriod } from './local-period.ts'

const guatemala = { timeZone: 'America/Guatemala', now: new Date('2026-11-24T03:00:00Z') } // 23 November, 21:00

it.each([
  // asked, from, to, start, end, why
  [{}, '2026-11-01', '2026-11-23', '2026-11-01T06:00:00.000Z', '2026-11-24T06:00:00.000Z', 'this month until today'],
  [
    { from: '2026-11-23' },
    '2026-11-23',
    '2026-11-23',
    '2026-11-23T06:00:00.000Z',
    '2026-11-24T06:00:00.000Z',
    'only today, which is not yet tomorrow here',
  ],
  [
    { to: '2026-02-28' },
    '2026-02-01',
    '2026-02-28',
    '2026-02-01T06:00:00.000Z',
    '2026-03-01T06:00:00.000Z',
    'a past month',
  ],
  [
    { from: '2024-02-29', to: '2024-02-29' },
    '2024-02-29',
    '2024-02-29',
    '2024-02-29T06:00:00.000Z',
    '2024-03-01T06:00:00.000Z',
    'a leap day',
  ],
])('%j is %s to %s: %s to %s (%s)', (asked, from, to, start, end, _why) => {
  const period = localPeriod(asked, guatemala)

  expect([period.from, period.to, period.start.toISOString(), period.end.toISOString()]).toEqual([from, to, start, end])
})

it('a day has the hours that the clock gives it', () => {
  const { start, end } = localPeriod(
    { from: '2026-03-08', to: '2026-03-08' },
    { timeZone: 'America/New_York', now: guatemala.now },
  )

  expect((end.getTime() - start.getTime()) / 3_600_000).toBe(23)
})

it('without a first day it may begin at a beginning, but never after its end', () => {
  const from = (beginning: string) =>
    localPeriod({ to: '2026-11-10' }, { ...guatemala, beginning: new Date(beginning) }).from

  expect(from('2026-10-05T12:00:00Z')).toBe('2026-10-05')
  expect(from('2026-11-20T12:00:00Z')).toBe('2026-11-10')
})

it.each([
  // asked, field, rule, why
  [{ from: '2026-02-30' }, '/from', 'date_invalid', 'February has no such day'],
  [{ to: '2026-13-01' }, '/to', 'date_invalid', 'nor a year such a month'],
  [{ from: '0000-01-01' }, '/from', 'date_invalid', 'before all books'],
  [{ to: '9999-12-31' }, '/to', 'date_invalid', 'its end would be in a year of five digits'],
  [{ from: '2026-11-02', to: '2026-11-01' }, '/to', 'period_reversed', 'it ends before it begins'],
  [{ from: '2026-12-01' }, '/to', 'period_reversed', 'it begins after today'],
])('%j is refused at %s: %s (%s)', (asked, pointer, code, _why) => {
  expect(() => localPeriod(asked, guatemala)).toThrow(
    expect.objectContaining({
      code: 'request_invalid',
      errors: [expect.objectContaining({ pointer, code, messageEs: expect.stringMatching(/ (día|anterior)/) })],
    }),
  )
})
