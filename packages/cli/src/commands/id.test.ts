import { expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'
import { answerIdLine } from './id.ts'

it.each([
  // line, code, why
  ['', 'input', 'an empty line'],
  ['nonsense', 'input', 'not JSON'],
  ['[]', 'input', 'not an object'],
  ['{"country":"GT","type":"DPI"}', 'input', 'no value'],
  ['{"country":"GT","type":"DPI","value":1075690001805}', 'input', 'a number loses leading zeros'],
  ['{"country":"MX","type":"DPI","value":"1"}', 'country', 'a country we do not serve'],
  ['{"country":"GT","type":"__proto__","value":"1"}', 'type', 'no such document'],
  ['{"country":"HN","type":"DPI","value":"1"}', 'type', 'another country’s document'],
  ['{"country":"GT","type":"DPI","value":"1075690001800"}', 'municipality', 'a finding of the identity package'],
] as const)('refuses %s as %s: %s', (line, code, _why) => {
  expect(answerIdLine(line)).toEqual({ valid: false, canonical: null, formatted: null, code })
})

it('gives canonical and formatted', async () => {
  const { out, exitCode } = await record(['id', 'check', '--jsonl'], {
    input: '{"country":"SV","type":"DUI","value":"661785774"}\r\n{"country":"SV","type":"DUI","value":"000000000"}',
  })

  expect(exitCode).toBe(0)
  expect(out).toBe(
    '{"valid":true,"canonical":"661785774","formatted":"66178577-4","code":null}\n' +
      '{"valid":false,"canonical":null,"formatted":null,"code":"placeholder"}\n',
  )
})

it('tells a person what a number says', async () => {
  const { out, exitCode } = await record(['id', 'check', 'hn', 'dni', '0801-1990-12345'])

  expect(exitCode).toBe(0)
  expect(out).toContain('valid  0801-1990-12345')
  expect(out).toContain('Francisco Morazán')
  expect(out).toContain('1990')
})

it.each([
  // arguments, exit code, on standard error, why
  [['id', 'check', 'GT', 'DPI', '1075690001800'], 1, /does not exist.*municipality/, 'checked and wrong: failed'],
  [['id', 'check', 'GT', 'DPI', '1', '--language', 'es'], 1, /faltan.*length/, 'in Spanish'],
  [['id', 'check', 'GT'], 2, /COUNTRY TYPE VALUE/, 'used wrongly'],
  [['id', 'check', 'MX', 'CURP', '1'], 2, /not a country/, 'nothing to check it by'],
  [['id'], 2, /Usage: pisto id/, 'no subcommand'],
] as const)('%j ends with %i: %s', async (line, exitCode, error, _why) => {
  const recording = await record(line)

  expect(recording.exitCode).toBe(exitCode)
  expect(recording.error).toMatch(error)
  expect(recording.out).toBe('')
})
