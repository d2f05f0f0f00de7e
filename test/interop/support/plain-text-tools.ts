import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import { promisify } from 'node:util'

/** Every account's balance, debits less credits, as a tool that is not ours adds it up. */
export type Balances = Readonly<Record<string, string>>

export interface PlainTextTool {
  readonly name: 'hledger' | 'beancount'
  readonly isInstalled: boolean
  /** @throws {Error} the tool finds something wrong in the text, with what it says */
  balances(text: string): Promise<Balances>
}

const isInstalled = (program: string): boolean =>
  (env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const run = promisify(execFile)
const LIMIT = { maxBuffer: 64 * 1024 * 1024 }

export const hledger: PlainTextTool = {
  name: 'hledger',
  isInstalled: isInstalled('hledger'),
  balances: (text) =>
    inFile(text, async (file) => {
      await run('hledger', ['-f', file, 'check', '--strict', 'ordereddates'], LIMIT)
      const { stdout } = await run('hledger', ['-f', file, 'balance', '-N', '-E', '--flat', '-O', 'csv'], LIMIT)
      const [, ...rows] = stdout.trim().split('\n')
      return Object.fromEntries(rows.map((row) => amountOf(row.split('","').map((cell) => cell.replaceAll('"', '')))))
    }),
}

export const beancount: PlainTextTool = {
  name: 'beancount',
  isInstalled: isInstalled('bean-check') && isInstalled('bean-query'),
  balances: (text) =>
    inFile(text, async (file) => {
      await run('bean-check', [file], LIMIT)
      const query = 'select account, sum(position) as balance group by account'
      const { stdout } = await run('bean-query', ['-f', 'csv', '-q', file, query], LIMIT)
      const [, ...rows] = stdout.trim().split(/\r?\n/)
      return Object.fromEntries(rows.map((row) => amountOf(row.split(','))))
    }),
}

/** `-10.00 GTQ`, `0`, or nothing. */
function amountOf([account = '', amount = '']: readonly string[]): [account: string, balance: string] {
  const number = amount.trim().split(' ', 1).join('')
  return [account.trim(), number === '' || number === '0' ? '0.00' : number]
}

async function inFile<T>(text: string, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pisto-books-'))
  try {
    const file = join(folder, 'books')
    await writeFile(file, text)
    return await work(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}
