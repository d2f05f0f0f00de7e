import { readFileSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { Statement } from './database.ts'
import { PgliteSession } from './pglite-session.ts'

/** What the thread is asked for: statements one after another, or a script. */
export type PgliteTask =
  | { readonly id: number; readonly statements: readonly Statement[] }
  | { readonly id: number; readonly script: string }
  | { readonly id: number; readonly dumpTo: string }
  | { readonly id: number; readonly close: true }

export interface PgliteWorkerData {
  readonly dataDir: string | undefined
  /** A file that a new database begins as. */
  readonly template: string | undefined
}

export interface PgliteReply {
  readonly id: number
  readonly rows?: readonly (readonly object[])[]
  readonly error?: { readonly message: string; readonly code?: string; readonly constraint?: string }
}

const port = parentPort
if (port === null) throw new Error('this file runs as a worker thread')
// Before the database: V8 compiles it in the background, and a thread that waits for nothing else ends.
let last: Promise<unknown> = Promise.resolve()
port.on('message', (task: PgliteTask) => {
  last = last.then(() => answer(task))
})

// PGlite resolves in microtasks and would starve the server's timers and sockets: it has this thread to itself.
const { dataDir, template } = workerData as PgliteWorkerData
const parsers = { 20: (text: string) => BigInt(text), 1184: (text: string) => new Date(text) }
const db = await PGlite.create({
  ...(dataDir !== undefined && { dataDir }),
  ...(template !== undefined && { loadDataDir: new Blob([readFileSync(template)]) }),
  parsers,
})
const session = new PgliteSession(db)
port.postMessage({ id: 0 } satisfies PgliteReply)

async function answer(task: PgliteTask): Promise<void> {
  try {
    port?.postMessage({ id: task.id, rows: await run(task) } satisfies PgliteReply)
  } catch (error) {
    const { message, code, constraint } = error as { message: string; code?: string; constraint?: string }
    port?.postMessage({ id: task.id, error: { message, ...(code && { code }), ...(constraint && { constraint }) } })
  }
}

async function run(task: PgliteTask): Promise<object[][]> {
  if ('close' in task) {
    await db.close()
    return []
  }
  if ('dumpTo' in task) {
    const dump = await db.dumpDataDir('none')
    writeFileSync(task.dumpTo, new Uint8Array(await dump.arrayBuffer()))
    return []
  }
  if ('script' in task) {
    await session.script(task.script)
    return []
  }
  return session.run(task.statements)
}
