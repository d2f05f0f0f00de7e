import { expect, it } from 'vitest'
import { PDF_ENTRIES, requirePrintable } from './pdf-limit.ts'

const totals = (count: number) => ({ count, amount: { amount: '0.00', currency: 'GTQ' } })

it('prints so many entries, and not one more', () => {
  expect(() => requirePrintable({ debits: totals(1), credits: totals(PDF_ENTRIES - 1) })).not.toThrow()
  expect(() => requirePrintable({ debits: totals(1), credits: totals(PDF_ENTRIES) })).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/format', code: 'too_many_entries' })] }),
  )
})
