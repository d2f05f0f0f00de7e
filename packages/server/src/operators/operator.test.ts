import { expect, it } from 'vitest'
import { isSameOperator } from './operator.ts'

it.each([
  // one       other          same   why
  ['ana.lopez', 'ana.lopez', true, 'the same spelling'],
  ['Ana.Lopez', 'ana.lopez', true, 'capitals make no second person'],
  [' ana . lopez', 'ana.lopez', true, 'nor do spaces'],
  ['ana\u200b.lopez', 'ana.lopez', true, 'nor what nobody sees'],
  ['ａｎａ.lopez', 'ana.lopez', true, 'nor wide letters'],
  ['José', 'Jose\u0301', true, 'one letter in two forms'],
  ['josé', 'Jose', true, 'an accent is forgotten too easily'],
  ['ana.lopez', 'ana.perez', false, 'two people'],
  ['ana1', 'ana2', false, 'digits count'],
])('%j and %j are one operator: %s, %s', (one, other, same, _why) => {
  expect(isSameOperator(one, other)).toBe(same)
})
