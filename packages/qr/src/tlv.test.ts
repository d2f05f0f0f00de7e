import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countCharacters } from './characters.ts'
import { readObjects, writeObject } from './tlv.ts'

it.each([
  [
    '0002015902Ñá',
    [
      ['00', '01', 0],
      ['59', 'Ñá', 6],
    ],
    'letters of two bytes count once',
  ],
  [
    '5902🍍a0002xy',
    [
      ['59', '🍍a', 0],
      ['00', 'xy', 6],
    ],
    'letters of two UTF-16 units count once',
  ],
  ['5902n\u0303', [['59', 'n\u0303', 0]], 'a letter and its accent count twice'],
  ['5400', [['54', '', 0]], 'no characters'],
] as const)('%s is read: %s', (text, expected, _why) => {
  expect(readObjects(text)).toEqual({
    objects: expected.map(([id, value, offset]) => ({ id, tag: Number(id), value, offset })),
  })
})

it.each([
  ['', 'R01', 0, 'nothing'],
  ['000', 'R01', 0, 'less than a head'],
  ['0003ab', 'R01', 0, 'a value that ends too early'],
  ['000201\n', 'R01', 6, 'a line feed after the last object'],
  ['0x0201', 'R01', 0, 'an id that is no number'],
  ['0002015９02ab', 'R01', 6, 'an id of full-width digits'],
  ['00020159１２ab', 'R27', 6, 'a length of full-width digits'],
  ['5902🍍a590Dx', 'R27', 6, 'offsets count characters'],
  ['59+1a', 'R27', 0, 'a signed length'],
  ['59 1a', 'R27', 0, 'a length with a space'],
] as const)('"%s" breaks %s at %d: %s', (text, rule, offset, _why) => {
  expect(readObjects(text).fault).toMatchObject({ rule, offset })
})

it('what was read before a fault is kept', () => {
  expect(readObjects('000201xx').objects).toEqual([{ id: '00', tag: 0, value: '01', offset: 0 }])
})

it('offsets inside a template count from the start of the payload', () => {
  expect(readObjects('0504abcd0702xy', 40).objects.map(({ offset }) => offset)).toEqual([40, 48])
})

const anyObject = fc.record({
  id: fc.integer({ min: 0, max: 99 }).map((id) => `${id}`.padStart(2, '0')),
  value: fc.string({ unit: 'binary', minLength: 1, maxLength: 99 }).filter((text) => countCharacters(text) <= 99),
})

it('what is written is read back, at the place where it stands', () => {
  fc.assert(
    fc.property(fc.array(anyObject, { minLength: 1, maxLength: 20 }), (written) => {
      const text = written.map(({ id, value }) => writeObject(id, value)).join('')

      const { objects, fault } = readObjects(text)

      expect(fault).toBeUndefined()
      expect(objects.map(({ id, value }) => ({ id, value }))).toEqual(written)
      const characters = Array.from(text)
      for (const { id, offset } of objects) expect(characters.slice(offset, offset + 2).join('')).toBe(id)
    }),
  )
})

it.each([
  ['5', 'a', 'an id of one digit'],
  ['5a', 'a', 'an id with a letter'],
  ['59', '', 'no characters'],
  ['59', 'ñ'.repeat(100), 'a hundred characters'],
])('object "%s" with "%s" cannot be written: %s', (id, value, _why) => {
  expect(() => writeObject(id, value)).toThrow(RangeError)
})
