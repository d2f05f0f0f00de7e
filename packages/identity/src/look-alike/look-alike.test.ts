import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lookAlikeKeys, resemblance } from './look-alike.ts'

it.each([
  ['Tortillería Ñandú', 'TORTILLERIA NANDU', 'same', 'capitals, accents and the tilde'],
  ['Tortillería Ñandú', 'Tortillería  "Ñandú".', 'same', 'spaces and punctuation'],
  ['Tortillería Ñandú', 'T0rtillería Ñandú', 'same', 'a digit for a letter'],
  ['Tortillería Ñandú', 'Тоrtіllеríа Ñandú', 'same', 'Cyrillic letters'],
  ['Tortillería Ñandú', 'Tortillería Ña\u200bndú', 'same', 'a space that cannot be seen'],
  ['Tortillería Ñandú', 'Ｔｏｒｔｉｌｌｅｒｉａ Ñandú', 'same', 'full-width letters'],
  ['Tortillería Ñandú', 'Ñandú Tortillería', 'alike', 'another order'],
  ['Tortillería Ñandú', 'Tortilleriañandu', 'alike', 'written together'],
  ['Tortillería Ñandú', 'Tortiyeria Ñandu', 'alike', 'heard alike'],
  ['Tortillería Ñandú', 'TortiIIería Ñandú', 'alike', 'capital i for l'],
  ['Tienda La Esquina', 'Tienda La Esquina 2', 'alike', 'a number more'],
  ['Tienda La Esquina', 'Tienda La Esquina II', 'alike', 'a Roman number more'],
  ['Tienda La Esquina', 'Tienda Esquina', 'alike', 'an article less'],
  ['Zapatería Chávez', 'Sapatería Chaves', 'alike', 's and z'],
  ['Comedor Doña Berta', 'Comedor Dona Verta', 'alike', 'b and v'],
  ['Ferretería Hernández', 'Ferretería Hemández', 'alike', 'm for rn'],
  ['Farmacia San José', 'Farmacia San Jose', 'same', 'an accent'],
  ['Farmacia Galeno', 'Farmacia Galena', 'near', 'one vowel'],
  ['Farmacia Galeno', 'Farmacias Galeno', 'near', 'one letter more of a class that is there'],
  ['Pupusería Suiza', 'Pupusería Zuiza', 'alike', 's and z at the beginning'],
  ['24/7', '24 7', 'same', 'numbers only'],
  ['La 15', 'La 15', 'same', 'an article and a number only'],
  ['!!!', '!!!', 'same', 'no letter at all'],
] as const)('%s and %s are %s: %s', (one, other, expected, _why) => {
  expect(resemblance(one, other)).toBe(expected)
  expect(resemblance(other, one)).toBe(expected)
  const [a, b] = [lookAlikeKeys(one), lookAlikeKeys(other)]
  expect(a.sounds === b.sounds || a.shape === b.shape).toBe(true)
})

it.each([
  ['Tortillería Ñandú', 'Tortillería Quetzal', 'the trade alone is no resemblance'],
  ['Tienda La Esquina', 'Tienda La Bendición', 'the same trade'],
  ['Tienda Lupita', 'Abarrotería Lupita', 'the same name of another trade'],
  ['Comedor Mary', 'Comedor Rosy', 'two letters apart'],
  ['Bar 1', 'Car 1', 'too short for one letter to say anything'],
  ['24/7', '24/6', 'other numbers'],
  ['!!!', '???', 'no letters, other signs'],
  ['Tienda San Juan', 'Tienda Santa Juana', 'two words differ'],
])('%s and %s do not resemble each other: %s', (one, other, _why) => {
  expect(resemblance(one, other)).toBeUndefined()
})

const NAMES = [
  'Tortillería Ñandú',
  'Tienda La Esquina',
  'Taller Hernández y Hijos',
  'Pupusería Doña Mari',
  'Ciber 2000',
]
const DISGUISES: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.normalize('NFD').replace(/\p{M}/gu, ''),
  (name) => name.replace(/o/g, '0').replace(/e/g, '3'),
  (name) => name.replace(/a/g, 'а').replace(/o/g, 'о').replace(/e/g, 'е'),
  (name) => name.replace(/ /g, '\u2009'),
  (name) => [...name].join('\u200d'),
  (name) => `${name}.`,
]

it('whatever disguises are put on a name, it is found by its keys and resembles itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.subarray(DISGUISES.map((_, index) => index)), (name, worn) => {
      const disguised = worn.reduce((text, index) => DISGUISES[index]?.(text) ?? text, name)
      expect(lookAlikeKeys(disguised)).toEqual(lookAlikeKeys(name))
      expect(resemblance(disguised, name)).toBe('same')
    }),
  )
})

it('whoever resembles shares a key, so that nobody is missed: any two texts', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcehiklmnñorsuvzáé0 12.'), maxLength: 12 })
  fc.assert(
    fc.property(letters, letters, (one, other) => {
      const found = resemblance(one, other)
      expect(resemblance(other, one)).toBe(found)
      const [a, b] = [lookAlikeKeys(one), lookAlikeKeys(other)]
      if (found !== undefined) expect(a.sounds === b.sounds || a.shape === b.shape).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

it('any text has keys, and resembles itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(resemblance(text, text)).toBe('same')
    }),
  )
})
