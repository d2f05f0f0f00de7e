import { expect, it } from 'vitest'
import { sandboxFinding } from './sandbox-registry.ts'

it.each([
  // country  number             finding                why
  ['GT', '1234111180101', 'documentMismatch', 'the serial is the first eight digits'],
  ['GT', '1234567811111', null, 'the place is no part of the serial'],
  ['SV', '123422227', 'documentImageNeeded', 'the check digit is no part of the serial'],
  ['HN', '0801199091111', 'documentMismatch', 'the serial is the last five digits'],
  ['HN', '0801222212345', null, 'the year is no part of the serial'],
  ['GT', '1234000080101', null, '0000 is verified'],
] as const)('%s %s → %s: %s', (country, number, finding, _why) => {
  expect(sandboxFinding(country, number)).toBe(finding)
})
