import { expect, it } from 'vitest'
import { isSmsText, smsParts } from './sms.ts'

it('the basic alphabet has 127 characters of one septet', () => {
  const characters = Array.from({ length: 0x250 + 0x200 }, (_, code) => String.fromCharCode(code)).filter(isSmsText)

  expect(characters).toHaveLength(127) // 128 places, one of them the escape
})

it.each([
  // text, of one septet, why
  ['Recibo: ñ Ñ é ü ¿ ¡ § à _ - @', true, 'as the table has them'],
  ['á', false, 'not in the table: a message of these is half as long'],
  ['€', false, 'two septets'],
  ['[x]', false, 'two septets each'],
  ['`', false, 'not in the table'],
  ['😀', false, 'not in the table'],
])('%s: %s, %s', (text, isBasic, _why) => {
  expect(isSmsText(text)).toBe(isBasic)
})

it.each([
  // characters, parts
  [0, [0]],
  [160, [160]],
  [161, [153, 8]],
  [306, [153, 153]],
])('%d characters are messages of %j', (length, parts) => {
  expect(smsParts('x'.repeat(length)).map((part) => part.length)).toEqual(parts)
})

it('307 characters are too long', () => {
  expect(() => smsParts('x'.repeat(307))).toThrow(RangeError)
})
