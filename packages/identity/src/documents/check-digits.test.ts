import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkNationalId } from './national-id.ts'

/** Numbers of a kind whose check digit is right: the one of ten (eleven) variants that passes. */
function numbers(kind: 'DPI' | 'NIT' | 'DUI'): fc.Arbitrary<string> {
  return fc.stringMatching(/^[1-9]\d{7}$/).map((serial) => {
    const tail = kind === 'DPI' ? '0101' : ''
    const found = [...'0123456789K'].map((check) => serial + check + tail).filter((value) => isValid(kind, value))
    return found[0] ?? ''
  })
}

function isValid(kind: 'DPI' | 'NIT' | 'DUI', value: string): boolean {
  return checkNationalId(kind === 'DUI' ? 'SV' : 'GT', kind, value).valid
}

it.each(['DPI', 'NIT', 'DUI'] as const)('%s: at most one check character fits a serial', (kind) => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{7}$/), (serial) => {
      const tail = kind === 'DPI' ? '0101' : ''
      const fitting = [...'0123456789K'].filter((check) => isValid(kind, serial + check + tail))
      expect(fitting.length).toBeLessThanOrEqual(1)
    }),
  )
})

it.each([
  // Modulo 11 with weights below 11 finds every wrong digit of the serial.
  'DPI',
  'NIT',
] as const)('%s: every single wrong digit of the serial is found', (kind) => {
  fc.assert(
    fc.property(numbers(kind), fc.nat(7), fc.integer({ min: 1, max: 9 }), (value, position, shift) => {
      fc.pre(value !== '')
      const wrong = (Number(value.charAt(position)) + shift) % 10
      const mistyped = value.slice(0, position) + wrong + value.slice(position + 1)
      fc.pre(!mistyped.startsWith('0'))

      expect(isValid(kind, mistyped)).toBe(false)
    }),
  )
})

it('DUI: a wrong digit under an even weight may go unseen, for its check is modulo 10', () => {
  expect(isValid('DUI', '66178577-4')).toBe(true)
  expect(isValid('DUI', '61178577-4')).toBe(true) // weight 8: 6 → 1 changes the sum by 40
})

it('remainder 10 has its own code, whatever check digit is written', () => {
  for (const check of '0123456789') {
    expect(checkNationalId('GT', 'DPI', `25039989${check}0101`)).toMatchObject({ code: 'remainder10' })
  }
})
