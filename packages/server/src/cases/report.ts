import type { ReportedCase } from '@pisto/contract'
import { type Queryable, toUuid } from '@pisto/ledger'
import { BYTE_ORDER_MARK, type CsvCell, csvLine } from '../platform/csv.ts'
import type { Call } from '../platform/http/call.ts'
import type { Download } from '../platform/http/download.ts'
import { PersonErased } from '../platform/personal-data/personal-data.ts'
import { readDecisions } from '../registrations/decisions.ts'
import { fullName, type Registration } from '../registrations/registration.ts'
import { findRegistration } from '../registrations/store.ts'
import type { Case } from './case.ts'
import type { CaseDeps } from './service.ts'
import { listCases } from './store.ts'

interface Asked {
  readonly from?: string
  readonly to?: string
  readonly format?: 'json' | 'csv'
}

/** Confirmed cases with who they are about, written while they are read. */
export function downloadReport(deps: CaseDeps, { tenantId }: Call, { from, to, format = 'json' }: Asked): Download {
  const rows = reported(deps, tenantId, {
    from: from === undefined ? new Date(0) : new Date(from),
    to: to === undefined ? new Date(8.64e15) : new Date(to),
  })
  if (format === 'json') return { format, pieces: asJson(rows) }
  return { format, fileName: 'cases.csv', pieces: asCsv(rows) }
}

const PAGE = 100

async function* reported(
  deps: CaseDeps,
  tenantId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<ReportedCase> {
  let before: string | undefined
  for (;;) {
    const page = await listCases(deps.db, tenantId, { status: 'confirmed', before, limit: PAGE })
    for (const found of page) {
      const { decidedAt } = found
      if (decidedAt !== null && decidedAt >= from && decidedAt < to) yield rowOf(deps, tenantId, found, decidedAt)
    }
    if (page.length < PAGE) return
    before = page.at(-1)?.id
  }
}

async function rowOf(deps: CaseDeps, tenantId: string, found: Case, decidedAt: Date): Promise<ReportedCase> {
  const { id, kind, rule, openedAt, person, evidence } = found
  const registration = person.kind === 'screening' ? undefined : await whoIs(deps, deps.db, tenantId, found)
  const decisions = await readDecisions(deps.db, 'r.tenant_id = $1 and r.case_id = $2 order by r.id', [
    toUuid(tenantId, 'ten'),
    toUuid(id, 'cas'),
  ])
  const who = registration?.person
  return {
    caseId: id,
    kind,
    rule,
    openedAt: openedAt.toISOString(),
    decidedAt: decidedAt.toISOString(),
    personId: person.id,
    name: who === undefined ? null : fullName(who),
    dateOfBirth: who?.dateOfBirth ?? null,
    country: registration?.country ?? null,
    documentType: who?.document?.type ?? null,
    documentNumber: who?.document?.number ?? null,
    phone: registration?.phone ?? null,
    reasons: [...(decisions.at(-1)?.codes ?? [])],
    evidence: Object.fromEntries(
      Object.entries(evidence).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
  }
}

async function whoIs(
  deps: CaseDeps,
  reader: Queryable,
  tenantId: string,
  { person: { kind, id } }: Case,
): Promise<Registration | undefined> {
  if (kind === 'screening') return undefined
  return findRegistration(deps, reader, tenantId, kind, id).catch((error: unknown) => {
    if (error instanceof PersonErased) return undefined
    throw error
  })
}

async function* asJson(rows: AsyncIterable<ReportedCase>): AsyncGenerator<string> {
  let separator = '{"cases":['
  for await (const row of rows) {
    yield separator + JSON.stringify(row)
    separator = ','
  }
  yield separator === ',' ? ']}' : `${separator}]}`
}

const COLUMNS = [
  ...(['caseId', 'kind', 'rule', 'openedAt', 'decidedAt', 'personId', 'name', 'dateOfBirth', 'country'] as const),
  ...(['documentType', 'documentNumber', 'phone', 'reasons', 'evidence'] as const),
] satisfies readonly (keyof ReportedCase)[]

async function* asCsv(rows: AsyncIterable<ReportedCase>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map((own) => ({ own })))
  for await (const row of rows) {
    yield csvLine(
      COLUMNS.map((column): CsvCell => {
        const value = row[column]
        if (column === 'reasons') return { own: row.reasons.join(' ') }
        return { text: typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value) }
      }),
    )
  }
}
