import { toTypeId } from '@pisto/ledger'
import { formatMinor } from '@pisto/money/text'
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
    const all = await tenants.list().catch((error: unknown) => {
      log.error({ error }, 'payments could not be monitored')
      return []
    })
    for (const { id: tenantId } of all) {
      await monitor(this.#deps, tenantId).catch((error: unknown) => {
        log.error({ tenantId, error }, 'payments could not be monitored') // the other tenants' are
      })
    }
  }
}

/** Looks at one tenant's payments since the last time. */
export async function monitor(deps: MonitoringDeps, tenantId: string): Promise<void> {
  const { db } = deps
  for (;;) {
    const fresh = await newPayments(db, tenantId, PAYMENTS)
    if (fresh === undefined) return
    const rules = rulesInForce(await ownRules(db, tenantId)).filter(({ isActive }) => isActive)
    for (const rule of rules) await apply(deps, tenantId, rule, fresh)
    await moveCursor(db, tenantId, fresh.sequence)
  }
}

async function apply(deps: MonitoringDeps, tenantId: string, rule: MonitoringRule, fresh: NewPayments): Promise<void> {
  for (const noticed of await notice(deps.db, tenantId, rule, fresh)) {
    const person = await whoIs(deps, tenantId, rule, noticed)
    if (person !== undefined) await raise(deps, tenantId, rule, noticed, person)
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

/**
 * One case a rule, person and stretch of time, whoever raises it. It says all that it was raised on: what the rule was,
 * too, which may be another one years later.
 */
async function raise(
  { ledger, ids }: MonitoringDeps,
  tenantId: string,
  { name, version, kind, parameters, source }: MonitoringRule,
  { count, until, amountMinor, currency, paymentIds }: Noticed,
  person: ScreenedPerson,
): Promise<void> {
  const windowMs = parameters.windowHours * HOUR_MS
  const rule = `${name}@${version}`
  const key = `${rule} ${person.id} ${Math.floor(until.getTime() / windowMs)}`
  const request = { tenantId, clientId: 'monitoring', operation: 'monitoring.raise', key, bodyHash: NO_BODY }
  const id = ids.next('cas')
  await ledger.decide(request, ({ ledgerTime }) => {
    const raised: Case = {
      ...{ id, kind: 'monitoring', person, status: 'open', consequence: 'review', screeningId: null, rule },
      evidence: {
        count: String(count),
        amount: formatMinor(amountMinor, currency),
        currency,
        payments: paymentIds,
        from: new Date(until.getTime() - windowMs).toISOString(),
        to: until.toISOString(),
        rule: JSON.stringify({ kind, parameters, source }),
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
