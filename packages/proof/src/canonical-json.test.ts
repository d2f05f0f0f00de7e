import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

it.each([
  // value, text, why
  [{ b: 1, a: 'ñ' }, '{"a":"ñ","b":1}', 'members are sorted'],
  [{ a: 1, b: undefined }, '{"a":1}', 'what is undefined is left out'],
  [{ 10: 'a', 9: 'b' }, '{"10":"a","9":"b"}', 'sorted as texts, although objects keep numbers in their own order'],
  [
    { '\u20ac': 1, '\ud83d\ude00': 2, '\ufb33': 3 },
    '{"€":1,"😀":2,"\ufb33":3}',
    'sorted by UTF-16 code units (section 3.2.3)',
  ],
  [[1e21, 1e-7, -0, 0.1], '[1e+21,1e-7,0,0.1]', 'numbers as ECMAScript writes them'],
  ['\u001f\n"\\/\u2028', '"\\u001f\\n\\"\\\\/\u2028"', 'as few escapes as there may be'],
  [new Date(0), '"1970-01-01T00:00:00.000Z"', 'what has toJSON gives what that returns'],
  [{ at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}', 'also as a member'],
  [Object.assign(Object.create({ inherited: 1 }), { own: 2 }), '{"own":2}', 'its own members only'],
  [{ a: { toJSON: () => 'x' } }, '{"a":"x"}', 'toJSON of its own'],
])('%#: %s', (value, text, _why) => {
  expect(canonicalJson(value)).toBe(text)
})

it.each([
  // value, why
  [undefined, 'nothing'],
  [() => 1, 'a function'],
  [1n, 'a bigint'],
  [{ a: 1n }, 'a bigint within'],
  [Number.NaN, 'no number'],
  [{ a: Number.POSITIVE_INFINITY }, 'infinity within'],
  ['\ud800', 'half a surrogate pair'],
  [{ '\udc00': 1 }, 'half a surrogate pair in a name'],
])('%#: no text: %s', (value, _why) => {
  expect(() => canonicalJson(value)).toThrow(TypeError)
})

it('in whatever order members come, the text is that of the library', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value))
      expect(canonicalJson(sorted(value))).toBe(canonicalize(value))
    }),
  )
})

/** The same value, its members in canonical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1))
  return Object.fromEntries(names.map((name) => [name, sorted((value as Record<string, unknown>)[name])]))
}
