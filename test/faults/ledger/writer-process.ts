import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionLost, KeyReused, type Ledger } from '@pisto/ledger'
import { Draws } from '../../seeded.ts'
import { answered, openJournal } from './journal.ts'
import { lookByJournals } from './look.ts'
import { openBooks, openDatabase, openLedger } from './open-ledger.ts'
import { CrashRequests, ledgerRequest, OPENING, planOf } from './requests.ts'
import { READY, UNREACHABLE, type WriterTask } from './writer-task.ts'

/** New requests of one process at the most. */
const REQUESTS = 1_000

// Ends with whoever started it, however that ends.
process.stdin.on('end', () => process.exit(1))
process.stdin.on('error', () => process.exit(1))
flushCompileCache() // it will be killed, and then the next one has nothing
const lines = createInterface({ input: process.stdin })
const [line] = (await once(lines, 'line')) as [string]
const task = JSON.parse(line) as WriterTask
const requests = new CrashRequests(task.seed)
const write = openJournal(task.journal)
const say = (stage: string): void => void process.stdout.write(`${stage}\n`)

try {
  say('opening the database')
  const db = await openDatabase(task.books)
  say('looking')
  const ledger = openLedger({ ...task, db, requests, onSigningFailure })
  if (task.look) write(await lookByJournals({ db, ledger, requests }, task.look.journals, task.look.lookedLife))
  say('opening the books')
  await openBooks(ledger, requests)
  await send(ledger, OPENING)
  say(READY)
  await work(ledger)
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(error instanceof ConnectionLost ? UNREACHABLE : 1)
}

/** A log that is not signed any more is a fault, unless the database is away. */
function onSigningFailure(failure: Error): void {
  if (!(failure instanceof ConnectionLost)) write({ kind: 'wrong', message: `not signed: ${failure.message}` })
}

/** Callers side by side: first what nobody answered, then new requests, and now and then an old one once more. */
async function work(ledger: Ledger): Promise<void> {
  const resend = [...task.resend]
  let index = 0
  const caller = async (_: unknown, number: number): Promise<void> => {
    const draws = new Draws(task.seed, 'caller', task.life, number)
    while (index < REQUESTS) {
      if (draws.oneIn(40)) await note(ledger)
      if (draws.oneIn(60)) await reuse(ledger)
      await send(ledger, resend.shift() ?? (draws.oneIn(8) ? oldKey(draws) : `${task.life}.${++index}`))
    }
  }
  await Promise.all(Array.from({ length: task.callerCount }, caller))
}

function oldKey(draws: Draws): string {
  return `${1 + draws.below(task.life)}.${1 + draws.below(60)}`
}

async function send(ledger: Ledger, key: string): Promise<void> {
  const request = requests.find(key)
  write({ kind: 'sent', key })
  try {
    const plan = planOf(requests.tenantId, request)
    write(answered(key, await ledger.decide(ledgerRequest(requests.tenantId, request), plan)))
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error
    write({ kind: 'lost', key })
    await delay(20)
  }
}

/** The same key with another request is refused, whatever happened since. */
async function reuse(ledger: Ledger): Promise<void> {
  const request = requests.find(OPENING)
  try {
    await ledger.decide(ledgerRequest(requests.tenantId, request, 1), planOf(requests.tenantId, request))
    write({ kind: 'wrong', message: `key ${OPENING} was taken for another request` })
  } catch (error) {
    if (!(error instanceof KeyReused || error instanceof ConnectionLost)) throw error
  }
}

async function note(ledger: Ledger): Promise<void> {
  try {
    const signed = await ledger.log.checkpoint(requests.tenantId)
    if (signed !== undefined) write({ kind: 'note', note: signed })
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error
  }
}
