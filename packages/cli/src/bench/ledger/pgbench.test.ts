import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, it } from 'vitest'
import { findPgbench, preparePgbench, readTps } from './pgbench.ts'

/** What pgbench 15 prints. */
const PRINTED = `transaction type: <builtin: TPC-B (sort of)>
scaling factor: 10
query mode: simple
number of clients: 8
number of transactions actually processed: 5187
latency average = 3.085 ms
initial connection time = 11.532 ms
tps = 2592.944152 (without initial connection time)
`

it('reads the rate, without the time that connecting took', () => {
  expect(readTps(PRINTED)).toBe(2592.944152)
  expect(() => readTps('pgbench: error: connection failed')).toThrow(/did not tell its rate/)
})

it('takes the first on the path that may be run, and its words', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pisto-pgbench-'))
  try {
    const program = join(folder, 'pgbench')
    await writeFile(program, `#!/bin/sh\ncat <<'END'\n${PRINTED}END\n`)
    await chmod(program, 0o755)

    expect(await findPgbench(['/nowhere', folder].join(delimiter))).toBe(program)
    const pgbench = await preparePgbench(program, 'postgresql://x/y')
    expect(await pgbench.measure('simple', 1)).toBe(2592.944152)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('tells why it failed', async () => {
  await expect(preparePgbench('/nowhere/pgbench', 'postgresql://x/y')).rejects.toThrow(/pgbench failed: .*ENOENT/)
})
