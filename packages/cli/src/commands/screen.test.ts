import { expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'
import { answerScreenLine } from './screen.ts'

it.each([
  ['', 'an empty line'],
  ['nonsense', 'not JSON'],
  ['{"query":{"name":"Ana Xol"}}', 'no entry'],
  ['{"query":{"name":"Ana Xol"},"entry":{}}', 'no name'],
  ['{"query":{"name":"Ana Xol"},"entry":"Ana Xol"}', 'not an object'],
  ['{"query":{"name":"Ana Xol"},"entry":{"name":"Ana Xol","aliases":"Anita"}}', 'aliases are no list'],
  ['{"query":{"name":"Ana Xol","dob":1990},"entry":{"name":"Ana Xol"}}', 'a number is no date'],
  ['{"query":{"name":"Ana Xol","kind":"ship"},"entry":{"name":"Ana Xol"}}', 'no such kind'],
])('%s is not answered as if nothing matched: %s', (line, _why) => {
  expect(answerScreenLine(line)).toEqual({ score: null, match: null, explanation: null, code: 'input' })
})

it('answers line by line, with every word', async () => {
  const { out, exitCode } = await record(['screen', '--jsonl'], {
    input:
      '{"query":{"name":"Chente Maaz"},"entry":{"name":"MAAZ CHOC, Vicente"}}\n' +
      '{"query":{"name":"Ana Xol","nationalId":"SV_DUI:1-1"},"entry":{"name":"Ana Tot","ids":["SV_DUI:11"]}}\n',
  })
  const [first, second] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

  expect(exitCode).toBe(0)
  expect(first).toMatchObject({ match: true, explanation: { kind: 'person', unpaired: { entry: [{ text: 'CHOC' }] } } })
  expect(first.explanation.pairs.map(({ method }: { method: string }) => method).sort()).toEqual(['exact', 'nickname'])
  expect(second).toMatchObject({ score: 1, match: true })
})

it('tells a person why, in Spanish, too', async () => {
  const asked = ['screen', 'Luis López', 'LOPEZ, Luis', '--dob', '1985-05-05', '--entry-dob', '1961-09-30']
  const { out, exitCode } = await record([...asked, '--language', 'es'])

  expect(exitCode).toBe(0)
  expect(out).toContain('sin coincidencia  0')
  expect(out).toContain('otra persona del mismo nombre (birth_date_different)')
  expect((await record(asked)).out).toContain('somebody else of this name')
})

it('is used wrongly without an entry', async () => {
  const { exitCode, error } = await record(['screen', 'Ana Xol'])
  expect(exitCode).toBe(2)
  expect(error).toContain('NAME ENTRY')
})
