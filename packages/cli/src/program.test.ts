import { expect, it } from 'vitest'
import { VERSION } from './invocation.ts'
import { record } from './testing/recording-terminal.ts'

it.each([
  // arguments, exit code, on standard error, why
  [['sandbox', '--port', 'abc'], 2, /no port/, 'not a number'],
  [['sandbox', '--port', '70000'], 2, /port is a whole number/, 'no such port'],
  [['sandbox', '--seed', 'full'], 2, /Allowed choices are demo, empty/, 'no such seed'],
  [['sandbox', '--data', 'x', '--database-url', 'postgresql://x'], 2, /which\?/, 'two places'],
  [['sandbox', '--database-url', 'mysql://x/y'], 2, /postgresql:\/\//, 'another database'],
  [['sandbox', '--database-url', 'postgresql://127.0.0.1:1/x'], 1, /does not answer/, 'no such server'],
  [['verify'], 2, /No key was given/, 'whose books?'],
  [['verify', '--data', 'nowhere'], 1, /no folder/, 'no such folder'],
  [['demo', '--url', 'http://127.0.0.1:1'], 2, /needs --key/, 'whose?'],
  [['bench', 'startup', '--times', '0'], 2, /whole number/, 'nothing to measure'],
  [['bench', 'ledger', '--seconds', 'much'], 2, /number from 0.05/, 'no time'],
  [['bench', 'ledger', '--rounds', '1.5'], 2, /whole number/, 'half a round'],
  [['bench', 'ledger', '--database-url', 'mysql://x/y'], 2, /postgresql:\/\//, 'another database'],
  [['bench', 'ledger', '--database-url', 'postgresql://127.0.0.1:1/x'], 1, /does not answer/, 'no such server'],
  [['nonsense'], 2, /unknown command/, 'no such command'],
  [[], 2, /Usage: pisto/, 'no command'],
] as const)('pisto %j ends with %i: %s', async (arguments_, exitCode, error, _why) => {
  const ended = await record(arguments_)

  expect(ended).toMatchObject({ exitCode, out: '' })
  expect(ended.error).toMatch(error)
  expect(ended.error).not.toMatch(/\n {4}at /) // no stack
})

it('shows help and version when asked, which is no mistake', async () => {
  const help = await record(['qr', '--help'])

  expect(help).toMatchObject({ exitCode: 0, error: '' })
  expect(help.out).toContain('payment codes')
  expect(await record(['--version'])).toEqual({ exitCode: 0, out: `${VERSION}\n`, error: '' })
})
