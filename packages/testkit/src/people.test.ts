import { checkNationalId, checkPhone } from '@pisto/identity'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newPerson } from './people.ts'

it.each(['GT', 'HN', 'SV'] as const)('%s: every number gives a valid document and a mobile phone', (country) => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), (n) => {
      const { document, phone, dateOfBirth } = newPerson(country, n)

      expect(checkNationalId(country, document.type, document.number, { birthDate: dateOfBirth }).valid).toBe(true)
      expect(checkPhone(undefined, phone)).toMatchObject({ valid: true, country, e164: phone, mobile: true })
    }),
  )
})

it('gives nobody a magic number of the sandbox', () => {
  for (const n of [0, 1111, 2222, 9999]) {
    expect(newPerson('SV', n).document.number).toBe(newPerson('SV', n + 1).document.number)
  }
})
