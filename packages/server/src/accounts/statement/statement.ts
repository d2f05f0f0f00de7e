import { type Language, NotFound } from '@pisto/contract'
import type { Queryable, StatementEntry, StatementFrame } from '@pisto/ledger'
import { type Checkpoint, parseCheckpoint, parseNote } from '@pisto/proof'
import { findPaymentReferences } from '../../payments/references.ts'
import type { Call } from '../../platform/http/call.ts'
import { type AskedPeriod, type LocalPeriod, localPeriod } from '../../platform/local-period.ts'
import type { Runtime } from '../../platform/runtime/runtime.ts'
import { findOwnerName } from '../../registrations/owners.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { findTransactionTexts } from '../../transactions/texts.ts'

export type StatementDeps = Pick<Runtime, 'db' | 'ledger' | 'clock' | 'personalData'>

/** An entry as its reader knows it. */
export interface StatementLine extends StatementEntry {
  /** Local day, ISO 8601. */
  readonly date: string
  /** Local time, `14:03`. */
  readonly localTime: string
  /** What payer and payee call it. */
  readonly reference: string | null
}

/** What every form of a statement is written from. */
export interface AccountStatement {
  readonly institution: TenantProfile
  readonly livemode: boolean
  readonly language: Language
  readonly period: LocalPeriod
  readonly frame: StatementFrame
  readonly ownerName: string | null
  /** The signed head of the log that proves the statement's transactions; null: nothing is signed here. */
  readonly checkpoint: Checkpoint | null
  readonly createdAt: Date
  /** Oldest first, page by page; each time anew. */
  readonly lines: () => AsyncIterable<readonly StatementLine[]>
}

/**
 * Opens the statement of an account over some local days.
 *
 * @throws {NotFound} `account_not_found`
 * @throws {PistoProblem} `request_invalid`: these are no days
 */
export async function openAccountStatement(
  deps: StatementDeps,
  { tenantId, tenant, livemode, language }: Call,
  accountId: string,
  asked: AskedPeriod,
): Promise<AccountStatement> {
  const { db, ledger, clock } = deps
  const createdAt = clock.now()
  const period = localPeriod(asked, { timeZone: tenant.timeZone, now: createdAt })
  const frame = await ledger.reports.openStatement(tenantId, accountId, { from: period.start, to: period.end })
  if (frame === undefined) throw new NotFound('account_not_found', { id: accountId })
  const ownerName = await findOwnerName(deps, db, tenantId, frame.account.ownerId)
  const note = await ledger.log.checkpoint(tenantId)
  return {
    institution: tenant,
    ...{ livemode, language, period, frame, ownerName, createdAt },
    checkpoint: note === undefined ? null : parseCheckpoint(parseNote(note).text),
    lines: () => linesOf(deps, tenant, frame),
  }
}

async function* linesOf(
  { db, ledger }: StatementDeps,
  { id: tenantId, timeZone }: TenantProfile,
  frame: StatementFrame,
): AsyncGenerator<readonly StatementLine[], void, undefined> {
  for await (const entries of ledger.reports.statementEntries(tenantId, frame)) {
    const named = await namesOf(db, tenantId, entries)
    yield entries.map((entry) => ({ ...entry, ...localMoment(entry.time, timeZone), reference: named(entry) }))
  }
}

/** What payer and payee, or whoever moved the money, called each entry. */
async function namesOf(
  db: Queryable,
  tenantId: string,
  entries: readonly StatementEntry[],
): Promise<(entry: StatementEntry) => string | null> {
  const paymentIds = entries.flatMap(({ references }) => references['paymentId'] ?? [])
  const others = entries.filter(({ references }) => references['paymentId'] === undefined)
  const [payments, texts] = await Promise.all([
    findPaymentReferences(db, tenantId, [...new Set(paymentIds)]),
    findTransactionTexts(db, tenantId, [...new Set(others.map(({ transactionId }) => transactionId))]),
  ])
  return ({ references, transactionId }) =>
    payments.get(references['paymentId'] ?? '') ?? texts.get(transactionId)?.reference ?? null
}

function localMoment(time: Date, timeZone: string): Pick<StatementLine, 'date' | 'localTime'> {
  const local = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone)
  return {
    date: local.toPlainDate().toString(),
    localTime: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  }
}

/** Name of the file that somebody keeps it in, without its ending. */
export const fileNameOf = ({ frame, period }: AccountStatement): string =>
  `statement-${frame.account.accountId.replace('_', '-')}-${period.from}-${period.to}`
