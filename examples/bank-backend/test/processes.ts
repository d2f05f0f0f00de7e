import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Listening, listenOnLoopback } from '../src/platform/listen.ts'
import { CoreSimulator, coreSimulatorApp } from '../src/try-out/core-simulator.ts'
import { CUSTOMERS } from '../src/try-out/customers.ts'
import { aCharge, type World } from './world.ts'

const MAIN = join(import.meta.dirname, '../src/main.ts')
const ACCOUNT = '002-1002'

/** The service as a bank runs it: a process of its own, set up by its environment, ended by signals. */
export function testProcesses(world: World): void {
  let folder: string
  let core: CoreSimulator
  let coreServer: Listening
  let onMovement: () => void
  const children: ChildProcess[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bank-process-'))
    core = new CoreSimulator(CUSTOMERS)
    const app = coreSimulatorApp(core)
    onMovement = () => {}
    coreServer = await listenOnLoopback((request, response) => {
      app(request, response)
      if (request.method === 'PUT') onMovement()
    }, 0)
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await coreServer.close()
    await rm(folder, { recursive: true })
  })

  async function startProcess() {
    const { sandbox, payerAccountId } = world
    const child = spawn(execPath, [MAIN], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PISTO_URL: sandbox.url,
        PISTO_KEY: sandbox.tenant('GT').apiKey,
        PISTO_PAYER_ACCOUNT: payerAccountId,
        CORE_URL: coreServer.url,
        PORT: '0',
        BANK_DATA: folder,
      },
    })
    children.push(child)
    const lines: string[] = []
    const reader = createInterface({ input: child.stderr })
    reader.on('line', (line) => lines.push(line))
    const [first] = await once(reader, 'line')
    const { url } = JSON.parse(first)
    return { child, url: String(url), lines }
  }

  const payAt = async (url: string) => {
    const { qr, amount, payments } = await aCharge(world)
    const answer = fetch(`${url}/payments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Bank-Customer': '1002', 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ accountNumber: ACCOUNT, qr, amount }),
    })
    return { answer, payments }
  }

  it('kill -9 while the debit is being answered: the next process pays, once', async () => {
    const first = await startProcess()
    onMovement = () => first.child.kill('SIGKILL')
    const { answer, payments } = await payAt(first.url)
    await expect(answer).rejects.toThrow()
    expect(await payments()).toEqual([])

    onMovement = () => {}
    await startProcess()

    await vi.waitFor(async () => expect(await payments()).toHaveLength(1), 10_000)
    expect(core.balanceOf(ACCOUNT)).toBe(50_000n - 3010n)
  })

  it('SIGTERM while a payment is under way: it is answered first, and the process ends well', async () => {
    const { child, url, lines } = await startProcess()
    onMovement = () => child.kill('SIGTERM')
    const exit = once(child, 'exit')

    const { answer } = await payAt(url)

    expect((await answer).status).toBe(201)
    expect(await exit).toEqual([0, null])
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'info', msg: 'stopped' })
    const journal = await readFile(join(folder, 'orders.jsonl'), 'utf8')
    expect(JSON.parse(journal.trimEnd().split('\n').at(-1) ?? '').status).toBe('paid')
  })
}
