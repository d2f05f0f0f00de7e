import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FOOTER_TOP, planPages, ROW_HEIGHT } from './pdf-layout.ts'

it('every row has its place above the footer, once, and the closing balance has room after the last', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5000 }), (entryCount) => {
      const pages = planPages(entryCount)

      expect(pages.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1))
      expect(pages.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(entryCount + 1)
      expect(pages.map(({ isLast }) => isLast)).toEqual(pages.map((_, index) => index === pages.length - 1))
      for (const { top, rowCount, isLast } of pages) {
        expect(top + rowCount * ROW_HEIGHT + (isLast ? 140 : 0)).toBeLessThan(FOOTER_TOP)
      }
    }),
  )
})

it.each([
  // entries, pages, why
  [0, 1, 'only balances'],
  [16, 1, 'as many as leave room for the closing balance'],
  [17, 2, 'one more: the closing balance goes to a page of its own'],
  [10_000, 287, 'the most that are printed'],
])('%i entries take %i pages: %s', (entries, count, _why) => {
  expect(planPages(entries)).toHaveLength(count)
})
