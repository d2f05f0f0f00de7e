import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@pisto/ledger'
import type { CrashFinding, Looking } from './check-books.ts'
import { finishBooks } from './finish-books.ts'
import { journalSize, readJournal } from './journal.ts'
import { type KillPlan, killPlan } from './kill-plan.ts'
import { known, type Look, look } from './look.ts'
import { type LedgerPlace, openLedger } from './open-ledger.ts'
import { Outside } from './outside.ts'
import type { Place, PlaceName, Store } from './places.ts'
import { CrashRequests } from './requests.ts'
import type { Writer } from './writer.ts'

/** Kills on the same books. Then new ones are begun: migrations and the opening are interrupted, too. */
export const KILLS_OF_A_ROUND = 40

/** The longest that a process may need to open its books, or to go on after the database came back. */
const PATIENCE_MS = 180_000

export interface RoundOptions {
  readonly place: Place
  readonly name: PlaceName
  readonly seed: string
  readonly killCount: number
  /** A slow machine does not get as far as planned in this time: it is killed all the same. */
  readonly workMs: number
  /** For temporary files. */
  readonly folder: string
  readonly newWriter: () => Writer
  readonly onKill: () => void
}

export interface RoundReport {
  readonly killCount: number
  readonly counts: Outside['counts']
  /** Requests that were under way when a process died: those that had happened, and those that had not. */
  readonly unanswered: { readonly whole: number; readonly absent: number }
  readonly transactionCount: number
  /** Signed checkpoints that were given out. */
  readonly noteCount: number
  readonly findings: readonly (CrashFinding & { readonly kill: number })[]
}

/** Kills processes on the same books, one after another, and looks at the books after each. Ends at the first finding. */
export async function runRound(options: RoundOptions): Promise<RoundReport> {
  const folder = await mkdtemp(join(options.folder, 'round-'))
  const store = await options.place.newStore()
  const report = await new Round(options, folder, store).run()
  await store.remove()
  await rm(folder, { recursive: true })
  return report
}

class Round {
  readonly #options: RoundOptions
  readonly #folder: string
  readonly #store: Store
  readonly #requests: CrashRequests
  readonly #outside = new Outside()
  readonly #findings: (CrashFinding & { kill: number })[] = []
  readonly #unanswered = { whole: 0, absent: 0 }
  /** What was known when the books were looked at last. */
  #looked = known(this.#outside, 0)
  #life = 0
  #step = 0
  #killCount = 0

  constructor(options: RoundOptions, folder: string, store: Store) {
    this.#options = options
    this.#folder = folder
    this.#store = store
    this.#requests = new CrashRequests(options.seed)
  }

  async run(): Promise<RoundReport> {
    const { killCount, name, seed, place, onKill } = this.#options
    while (this.#killCount < killCount && this.#findings.length === 0) {
      const first = this.#life + 1
      this.#step++
      const plan = killPlan(name, seed, first)
      if (place.strike) await this.#killDatabase(plan, place.strike)
      else await this.#killWriters(plan, killCount - this.#killCount)
      this.#read(first)
      if (!place.isLookedAtByWriters) await this.#look()
      onKill()
    }
    return {
      transactionCount: this.#findings.length === 0 ? await this.#finish() : 0,
      killCount: this.#killCount,
      counts: this.#outside.counts,
      unanswered: this.#unanswered,
      noteCount: this.#outside.notes.size,
      findings: this.#findings,
    }
  }

  async #killWriters(plan: KillPlan, leftCount: number): Promise<void> {
    const writer = this.#begin(plan)
    const other = plan.isAccompanied && leftCount > 1 ? this.#begin(plan) : undefined
    await this.#reach(writer, plan)
    await this.#kill(writer)
    if (other === undefined) return
    await delay(plan.afterMs)
    await this.#kill(other)
  }

  /** The process lives and must go on by itself when the database is back. Then it is killed, so that all is quiet. */
  async #killDatabase(plan: KillPlan, strike: NonNullable<Place['strike']>): Promise<void> {
    const writer = this.#begin(plan)
    await this.#reach(writer, plan)
    await strike(this.#store, plan)
    const answerCount = (): number => readJournal(writer.journal).filter(({ kind }) => kind === 'answered').length
    const before = answerCount()
    const isOn = !writer.isReady || (await until(writer, () => answerCount() > before))
    if (!isOn) this.#tell('writer', 'it did not go on after the database came back')
    await this.#kill(writer)
  }

  #begin({ callerCount }: KillPlan): Writer {
    const writer = this.#options.newWriter()
    const journals = Array.from({ length: this.#life }, (_, n) => this.#journalOf(n + 1))
    const life = ++this.#life
    writer.begin({
      seed: this.#options.seed,
      life,
      step: this.#step,
      callerCount,
      books: this.#store.books,
      journal: this.#journalOf(life),
      signerFolder: this.#signerFolder,
      resend: this.#outside.open,
      look: this.#options.place.isLookedAtByWriters ? { journals, lookedLife: this.#looked.life } : undefined,
    })
    return writer
  }

  async #reach(writer: Writer, { phase, afterBytes, afterMs }: KillPlan): Promise<void> {
    if (phase === 'working') {
      if (!(await until(writer, () => writer.isReady))) this.#tell('writer', `it does not get on: ${writer.stage}`)
      await until(writer, () => journalSize(writer.journal) >= afterBytes, this.#options.workMs)
    }
    await delay(afterMs)
  }

  async #kill(writer: Writer): Promise<void> {
    this.#killCount++
    if (writer.failure !== undefined) this.#tell('writer', writer.failure)
    await writer.kill()
  }

  /** What processes told before they died. */
  #read(firstLife: number): void {
    const lives = Array.from({ length: this.#life - firstLife + 1 }, (_, n) => firstLife + n)
    this.#outside.read(lives.map((life) => readJournal(this.#journalOf(life))))
    for (const message of this.#outside.contradictions) this.#tell('answers', message)
    for (const found of this.#outside.looks.splice(0)) this.#take(found)
  }

  /** The books as they left them. */
  #look(): Promise<void> {
    return this.#open(async (looking) => {
      this.#take(await look(looking, this.#life, this.#looked))
      this.#looked = known(this.#outside, this.#life)
    })
  }

  #take({ life, findings, whole, absent }: Look): void {
    this.#looked = { ...this.#looked, life }
    this.#unanswered.whole += whole
    this.#unanswered.absent += absent
    for (const { rule, message } of findings) this.#tell(rule, message)
  }

  #finish(): Promise<number> {
    return this.#open(async (looking) => {
      this.#life++ // a process that has seen nothing
      const next = openLedger(this.#ledgerPlace(looking.db))
      const { findings, transactionCount } = await finishBooks(looking, next)
      for (const { rule, message } of findings) this.#tell(rule, message)
      return transactionCount
    })
  }

  async #open<T>(work: (looking: Looking) => Promise<T>): Promise<T> {
    const db = await this.#store.open()
    const ledger = openLedger(this.#ledgerPlace(db))
    try {
      return await work({ db, ledger, requests: this.#requests, outside: this.#outside })
    } finally {
      await ledger.stop()
      await db.close()
    }
  }

  #ledgerPlace(db: Database): LedgerPlace {
    return { db, requests: this.#requests, life: this.#life, step: this.#step, signerFolder: this.#signerFolder }
  }

  get #signerFolder(): string {
    return join(this.#folder, 'signer')
  }

  #journalOf(life: number): string {
    return join(this.#folder, `life-${life}.jsonl`)
  }

  #tell(rule: CrashFinding['rule'], message: string): void {
    this.#findings.push({ rule, message, kill: this.#killCount })
  }
}

/** Waits for something that a process does. @returns Whether it did, or ended by itself. */
async function until(writer: Writer, isSo: () => boolean, patienceMs = PATIENCE_MS): Promise<boolean> {
  for (const start = performance.now(); !isSo() && writer.isRunning; await delay(5)) {
    if (performance.now() - start > patienceMs) return false
  }
  return true
}
