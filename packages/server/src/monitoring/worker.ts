import { toTypeId } from '@pisto/ledger'
import type { Case } from '../cases/case.ts'
import { insertCases } from '../cases/store.ts'
import type { Log } from '../platform/runtime/log.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { kindNameOf } from '../registrations/kinds.ts'
import { caseEvent } from '../screening/screen-person.ts'
import type { ScreenedPerson } from '../screening/screening.ts'
import { type MonitoringRule, rulesInForce } from './rule.ts'
import { moveCursor, type NewPayments, type Noticed, newPayments, notice, ownRules } from './store.ts'

export type MonitoringDeps = Pick<Runtime, 'db' | 'ledger' | 'clock' | 'ids' | 'random'>

interface WorkerDeps extends MonitoringDeps {
  readonly tenants: { list(): Promise<readonly { readonly id: string }[]> }
  readonly log: Log
}

const POLL_MS = 5_000
const PAYMENTS = 1_000
const HOUR_MS = 3_600_000
const NO_BODY = new Uint8Array()

/**
 * Looks at payments after they are committed: it reads where no payment waits, and writes only the cases that it raises.
 * Several processes may do it at once; a case is raised once.
 */
export class Monitoring {
  readonly #deps: WorkerDeps
  #timer: NodeJS.Timeout | undefined
  #sweep: Promise<void> | undefined

  constructor(deps: WorkerDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.sweep(), POLL_MS)
    this.#timer.unref()
  }

  /** Looks at everything new; what fails is tried again with the next sweep. */
  sweep(): Promise<void> {
    this.#sweep ??= this.#run().finally(() => {
      this.#sweep = undefined
    })
    return this.#sweep
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweep
  }

  async #run(): Promise<void> {
    const { tenants, log } = this.#deps
    try {
      for (const { id } of await tenants.list()) await monitor(this.#deps, id)
    } catch (error) {
      log.error({ error }, 'payments could not be monitored')
    }
  }
}

/** Looks at one tenant's payments since the last time. */
export async function monitor(deps: MonitoringDeps, tenantId: string): Promise<void> {
  const { db, clock } = deps
  for (;;) {
    const fresh = await newPayments(db, tenantId, PAYMENTS)
    if (fresh === undefined) return
    const time = clock.now()
    const rules = rulesInForce(await ownRules(db, tenantId)).filter(({ isActive }) => isActive)
    for (const rule of rules) await apply(deps, tenantId, rule, fresh, time)
    await moveCursor(db, tenantId, fresh.sequence)
  }
}

async function apply(
  deps: MonitoringDeps,
  tenantId: string,
  rule: MonitoringRule,
  fresh: NewPayments,
  time: Date,
): Promise<void> {
  for (const noticed of await notice(deps.db, tenantId, rule, fresh, time)) {
    const person = await whoIs(deps, tenantId, rule, noticed)
    if (person !== undefined) await raise(deps, tenantId, rule, noticed, person, time)
  }
}

async function whoIs(
  { ledger }: MonitoringDeps,
  tenantId: string,
  { kind }: MonitoringRule,
  { subject }: Noticed,
): Promise<ScreenedPerson | undefined> {
  if (kind === 'manyPayers') return { kind: 'merchant', id: toTypeId('mer', subject) }
  const account = await ledger.findAccount(tenantId, toTypeId('acc', subject))
  const id = account?.ownerId
  if (id == null) return undefined
  return { kind: kindNameOf(id), id }
}

/** One case a rule, person and stretch of time, whoever raises it. */
async function raise(
  { ledger, ids }: MonitoringDeps,
  tenantId: string,
  { name, version, parameters }: MonitoringRule,
  { count }: Noticed,
  person: ScreenedPerson,
  time: Date,
): Promise<void> {
  const windowMs = parameters.windowHours * HOUR_MS
  const rule = `${name}@${version}`
  const key = `${rule} ${person.id} ${Math.floor(time.getTime() / windowMs)}`
  const request = { tenantId, clientId: 'monitoring', operation: 'monitoring.raise', key, bodyHash: NO_BODY }
  const id = ids.next('cas')
  await ledger.decide(request, ({ ledgerTime }) => {
    const raised: Case = {
      ...{ id, kind: 'monitoring', person, status: 'open', consequence: 'review', screeningId: null, rule },
      evidence: {
        count: String(count),
        from: new Date(time.getTime() - windowMs).toISOString(),
        to: time.toISOString(),
      },
      ...{ assignedTo: null, proposal: null, revision: 1, openedAt: ledgerTime, decidedAt: null },
    }
    return {
      purpose: 'case.opened',
      references: { caseId: id, [`${person.kind}Id`]: person.id },
      events: [caseEvent('case.opened', raised)],
      companions: [insertCases.row(raised)],
      answer: null,
    }
  })
}
