import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toAscii, writeName } from './spelling.ts'

it.each([
  ['Tortillería Ñandú', 'Tortilleria Nandu', 'accents go'],
  ['Cafe\u0301 N\u0303', 'Cafe N', 'decomposed ones, too'],
  ['Tienda K’iche’', "Tienda K'iche'", 'the glottal stop of Mayan languages stays'],
  ['Güicho & Cía.', 'Guicho & Cia.', 'signs stay'],
  ['Straße Œuvre Łódź Smørrebrød', 'Strasse OEuvre Lodz Smorrebrod', 'letters that do not decompose'],
  ['«La» “Única” – 1ª', '"La" "Unica" - 1a', 'quotation marks and dashes'],
  ['Piña 🍍 Fresca', 'Pina Fresca', 'emoji go, without a double space'],
  ['  Dos   espacios ', 'Dos espacios', 'spaces are tidied'],
  ['Línea\nnueva', 'Linea nueva', 'a line feed is a space'],
  ['文山', '', 'nothing of it can be written in ASCII'],
])('"%s" is written "%s": %s', (text, ascii, _why) => {
  expect(toAscii(text)).toBe(ascii)
})

it.each([
  [25, 'Tienda Rosita', 'Tienda Rosita', 'short enough'],
  [25, 'Panadería y Pastelería Ñandú', 'Panaderia y Pasteleria', 'at a word'],
  [25, 'Abarrotería La Bendición de Dios', 'Abarroteria La Bendicion', 'and not after a connective'],
  [25, 'Supercalifragilisticoexpialidoso', 'Supercalifragilisticoexpi', 'inside a word where there is no other way'],
  [25, 'Doña Extraordinariamentelargo', 'Dona Extraordinariamentel', 'a word cut says more than "Doña"'],
  [15, 'Ciudad de Guatemala', 'Ciudad de Guate', 'more than "Ciudad"'],
  [15, 'Santa Catarina Pinula', 'Santa Catarina', 'at a word'],
  [15, 'San Juan Sacatepéquez', 'San Juan Sacate', 'there are several San Juan'],
  [15, 'Chichicastenango', 'Chichicastenang', 'one letter too many'],
])('in %d characters "%s" is "%s": %s', (limit, name, ascii, _why) => {
  const written = writeName(name, limit)

  expect(written.ascii).toBe(ascii)
  expect(written.cut).toBe(toAscii(name).length > limit)
})

it('keeps the true spelling beside it, cut the same way', () => {
  expect(writeName('Panadería y Pastelería Ñandú', 25)).toEqual({
    ascii: 'Panaderia y Pasteleria',
    spelled: 'Panadería y Pastelería',
    cut: true,
  })
})

it('whatever is written is printable ASCII within the limit, without spaces around', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 1, max: 30 }), (name, limit) => {
      const { ascii, spelled } = writeName(name, limit)

      expect(ascii).toMatch(/^([!-~]([ -~]*[!-~])?)?$/)
      expect(ascii.length).toBeLessThanOrEqual(limit)
      expect(Array.from(spelled).length).toBeLessThanOrEqual(limit)
    }),
    { numRuns: 1000 },
  )
})
