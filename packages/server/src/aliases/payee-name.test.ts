import { expect, it } from 'vitest'
import { payeeName } from './payee-name.ts'

const shop = { tradeName: 'Tortillería Ñandú', categoryCode: '5462', municipality: null }

it.each([
  // business, given names, family names, shown, why
  [shop, 'Rosa María', 'Umaña Pérez', 'Tortillería Ñandú', 'a shop is known by its sign'],
  [null, 'Rosa María', 'Umaña Pérez', 'Rosa U.', 'neither the second name nor the surnames'],
  [null, 'Ana', 'de la Cruz', 'Ana C.', 'particles tell nothing'],
  [null, 'José', 'Ángel', 'José Á.', 'an accent belongs to its letter'],
  [null, 'José', 'A\u0301ngel', 'José A\u0301.', 'also when it is a code point of its own'],
  [null, 'Ixchel', 'ñandú', 'Ixchel Ñ.', 'initials are capitals'],
  [null, 'Rosa', 'de la', 'Rosa', 'nothing that could be an initial'],
  [null, null, null, '+502 ···· ··01', 'on tier 0 there is perhaps no name, and only the phone is known'],
  [null, 'Rosa', null, '+502 ···· ··01', 'half a name is none'],
  [shop, null, null, 'Tortillería Ñandú', 'a shop has its sign on any tier'],
] as const)('%o %s %s is shown as %s: %s', (business, givenNames, familyNames, shown, _why) => {
  const document = { type: 'DPI', number: '1' } as const
  const person = { givenNames, familyNames, dateOfBirth: '1990-02-28', document }

  expect(payeeName({ business, holder: { person, phone: '+50255550101' } })).toBe(shown)
})
