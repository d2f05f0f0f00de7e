import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64url.ts'

it('bytes are written as Node writes them, and read back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = toBase64Url(bytes)

      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64Url(text)).toEqual(bytes)
    }),
  )
})

it('a text is refused or the only spelling of its bytes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/), (text) => {
      const bytes = fromBase64Url(text)

      if (bytes !== undefined) expect(toBase64Url(bytes)).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

it.each([
  ['_-B', 'the spare bits are not zero'],
  ['A', 'six bits are no byte'],
  ['AA==', 'padding'],
  ['+/8', 'the other alphabet'],
  ['AAA\n', 'a line feed'],
  ['AAÁA', 'a letter of no alphabet'],
])('refuses "%s": %s', (text, _why) => {
  expect(fromBase64Url(text)).toBeUndefined()
})
