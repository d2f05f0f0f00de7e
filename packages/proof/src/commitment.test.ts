import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalBytes, canonicalJson } from './canonical-json.ts'
import { commitment, openCommitment } from './commitment.ts'
import { flipBit } from './testing/flip.ts'
import { toHex } from './testing/hex.ts'

const salt = new Uint8Array(32).fill(9)
const record = { reference: 'Mesa 4', reason: null, lines: [1, 2.5, { ñ: true }] }
const nodeHmac = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(message).digest())

it.each([
  // value, text, why
  [{ b: 1, a: 'ñ' }, '{"a":"ñ","b":1}', 'members are sorted'],
  [{ '\ufb33': 1, '😀': 2 }, '{"😀":2,"\ufb33":1}', 'by UTF-16 units, not by code points'],
  [[1e21, 1e-7, -0, 1 / 3], '[1e+21,1e-7,0,0.3333333333333333]', 'numbers are ECMAScript’s'],
  ['\u000f\n"\\/', '"\\u000f\\n\\"\\\\/"', 'only what must be escaped is'],
  [{ a: undefined, b: null }, '{"b":null}', 'what is undefined is absent'],
])('the canonical JSON of %o is %s: %s', (value, text, _why) => {
  expect(canonicalJson(value)).toBe(text)
  expect(Buffer.from(canonicalBytes(value)).toString()).toBe(text)
})

it.each([
  // value, why it has no JSON text
  [undefined, 'nothing'],
  [() => 1, 'a function'],
  [{ amount: 1n }, 'a bigint: amounts are text'],
  [Number.NaN, 'not a number'],
  [{ a: Number.POSITIVE_INFINITY }, 'infinity'],
  ['\ud800', 'half a surrogate pair'],
])('refuses %o: %s', (value, _why) => {
  expect(() => canonicalJson(value)).toThrow(TypeError)
})

it('the order of members makes no difference, anything else does', () => {
  const reordered = { lines: record.lines, reference: record.reference, reason: record.reason }
  const made = commitment(salt, record)

  openCommitment({ commitment: made, salt, record: reordered })
  expect(toHex(made)).toBe(toHex(commitment(salt, record, nodeHmac)))
  fc.assert(
    fc.property(fc.nat(255), fc.jsonValue(), (bit, other) => {
      fc.pre(canonicalJson(other) !== canonicalJson(record))
      const refused = expect.objectContaining({ name: 'ProofRejected', code: 'commitment_mismatch' })
      expect(() => openCommitment({ commitment: flipBit(made, bit), salt, record })).toThrow(refused)
      expect(() => openCommitment({ commitment: made, salt: flipBit(salt, bit), record })).toThrow(refused)
      expect(() => openCommitment({ commitment: made, salt, record: other })).toThrow(refused)
    }),
  )
})

it('a salt has 32 bytes', () => {
  expect(() => commitment(new Uint8Array(31), record)).toThrow(RangeError)
  expect(() => commitment(new Uint8Array(33), record)).toThrow(RangeError)
})
