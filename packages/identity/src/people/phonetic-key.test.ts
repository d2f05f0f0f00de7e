import { expect, it } from 'vitest'
import { fold } from './fold.ts'
import { phoneticKey, vowelKey, wideKey } from './phonetic-key.ts'

it.each([
  // one spelling, another, why
  ['Baldez', 'Valdés', 'b and v'],
  ['Zelvin', 'Selvin', 's and z'],
  ['Ciz', 'Sis', 'soft c'],
  ['Castellanos', 'Casteyanos', 'll and y'],
  ['Ernández', 'Hernández', 'silent h'],
  ['Giménez', 'Jiménez', 'soft g and j'],
  ['Quiché', "K'iche'", 'qu and k, and the apostrophes of K’iche’'],
  ['Kekchí', "Q'eqchi'", 'q and k'],
  ['Cakchiquel', 'Kaqchikel', 'hard c and k'],
  ['Huilson', 'Wilson', 'hu and w'],
  ['Gualter', 'Walter', 'gu and w'],
  ['Rossales', 'Rosales', 'doubles'],
  ['Coyoi', 'Coyoy', 'i and y'],
  ['Yovanni', 'Giovani', 'gi before a vowel'],
  ['Shol', 'Xol', 'Mayan x is sh'],
  ['Tsoc', 'Tzoc', 'Mayan tz'],
  ['Sofía', 'Sophia', 'ph and f'],
  ['Canpos', 'Campos', 'n before p'],
])('%s sounds like %s: %s', (one, other, _why) => {
  expect(phoneticKey(fold(one))).toBe(phoneticKey(fold(other)))
})

it.each([
  ['Choc', 'Coc', 'two surnames of Alta Verapaz'],
  ['Moreno', 'Morales', 'near surnames'],
  ['Hilda', 'Gilda', 'soft g is not silent'],
  ['Guerra', 'Gerra', 'gu before e is hard'],
])('%s does not sound like %s: %s', (one, other, _why) => {
  expect(phoneticKey(fold(one))).not.toBe(phoneticKey(fold(other)))
})

it.each([
  ['Ximenes', 'Jiménez', 'old Spanish x'],
  ['Güitz', 'Wuits', 'gü where the dots were lost'],
  ['Yessica', 'Jessica', 'foreign j'],
  ['Jeidi', 'Heidi', 'foreign h'],
  ['Edvin', 'Edwin', 'w read as v'],
  ['Khalil', 'Jalil', 'Arabic kh'],
  ['Zutuhil', "Tz'utujil", 'tz, and j written h'],
])('%s may be %s, written by ear: %s', (one, other, _why) => {
  expect(wideKey(fold(one))).toBe(wideKey(fold(other)))
})

it('vowels that Mayan languages do not keep apart have one key', () => {
  expect(vowelKey(wideKey('minchu'))).toBe(vowelKey(wideKey('menchu')))
})
