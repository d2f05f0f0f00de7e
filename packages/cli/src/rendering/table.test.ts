import picocolors from 'picocolors'
import { expect, it } from 'vitest'
import { renderTable, shown } from './table.ts'

const rows = [
  ['active', '359'],
  ['phone_short', '3'],
]

it('is plain columns in a pipe', () => {
  const screen = { isInteractive: false, colours: picocolors.createColors(false) }

  expect(renderTable(screen, ['outcome', 'rows'], rows, { right: [1] })).toBe(
    ['outcome      rows', 'active        359', 'phone_short     3'].join('\n'),
  )
})

it('has borders and a bold head on a terminal', () => {
  const text = renderTable({ isInteractive: true, colours: picocolors.createColors(true) }, ['outcome', 'rows'], rows)

  expect(text).toContain('│ active')
  expect(text).toContain('\u001b[1moutcome')
})

it('shows control characters of strangers instead of obeying them', () => {
  expect(shown('a\u001b[2Jb\u202ec\n')).toBe('a\\u001b[2Jb\\u202ec\\u000a')
})
