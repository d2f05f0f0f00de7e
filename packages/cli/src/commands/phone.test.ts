import { expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'
import { answerPhoneLine } from './phone.ts'

it.each([
  // line, answer, why
  ['{"country":"GT","value":"5555 1234"}', { valid: true, e164: '+50255551234', mobile: true, code: null }, 'a mobile'],
  [
    '{"country":"GT","value":"2222-1234"}',
    { valid: true, e164: '+50222221234', mobile: false, code: null },
    'a land line',
  ],
  ['{"country":"GT","value":"98765"}', { valid: false, e164: null, mobile: null, code: 'number' }, 'too short'],
  ['{"country":"MX","value":"1"}', { valid: false, e164: null, mobile: null, code: 'country' }, 'not served'],
  ['{"value":"1"}', { valid: false, e164: null, mobile: null, code: 'input' }, 'whose number?'],
] as const)('%s: %j (%s)', (line, answer, _why) => {
  expect(answerPhoneLine(line)).toEqual(answer)
})

it('tells a person whether a code can be received', async () => {
  expect(await record(['phone', 'check', 'SV', '2222 1234'])).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('land line: it cannot receive a code'),
  })
})

it('fails with the finding', async () => {
  expect(await record(['phone', 'check', 'SV', '98765'])).toEqual({
    exitCode: 1,
    out: '',
    error: 'The phone number is missing digits (number)\n',
  })
})
