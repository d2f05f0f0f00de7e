import { Conditions, companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import { personOf } from '../screening/store.ts'
import type { Case, CaseStatus } from './case.ts'

interface CaseRow {
  readonly id: string
  readonly kind: Case['kind']
  readonly person_kind: Case['person']['kind']
  readonly person_id: string
  readonly status: CaseStatus
  readonly consequence: Case['consequence']
  readonly screening_id: string | null
  readonly rule: string | null
  readonly evidence: string
  readonly assigned_to: string | null
  readonly proposed_outcome: 'cleared' | 'confirmed' | null
  readonly proposed_by: string | null
  readonly proposed_at: Date | null
  readonly revision: number
  readonly opened_at: Date
  readonly decided_at: Date | null
}

const COLUMNS: readonly Column<Case>[] = [
  ['id', 'uuid', (c) => toUuid(c.id, 'cas')],
  ['kind', 'text', (c) => c.kind],
  ['person_kind', 'text', (c) => c.person.kind],
  ['person_id', 'uuid', (c) => toUuid(c.person.id)],
  ['status', 'text', (c) => c.status],
  ['consequence', 'text', (c) => c.consequence],
  ['screening_id', 'uuid', (c) => (c.screeningId === null ? null : toUuid(c.screeningId, 'scr'))],
  ['rule', 'text', (c) => c.rule],
  ['evidence', 'json', (c) => JSON.stringify(c.evidence)],
  ['assigned_to', 'text', (c) => c.assignedTo],
  ['proposed_outcome', 'text', (c) => c.proposal?.outcome ?? null],
  ['proposed_by', 'text', (c) => c.proposal?.by ?? null],
  ['proposed_at', 'timestamptz', (c) => c.proposal?.at ?? null],
  ['revision', 'integer', (c) => c.revision],
  ['opened_at', 'timestamptz', (c) => c.openedAt],
  ['decided_at', 'timestamptz', (c) => c.decidedAt],
]
const SELECTED = selected(COLUMNS, 'c')

export const insertCases = insertRows<Case>('cases', COLUMNS)

/** Moves cases on of which nothing has changed since they were read. */
export const moveCases = companion<{ readonly from: Case; readonly to: Case }>({
  refusal: 'case_wrong_status',
  key: ({ to }) => to.id,
  sql: `update cases c
        set status = x.status, assigned_to = x.assigned_to, proposed_outcome = x.proposed_outcome,
          proposed_by = x.proposed_by, proposed_at = x.proposed_at, decided_at = x.decided_at, revision = c.revision + 1
        from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
          $9::timestamptz[]) with ordinality
          as x(id, read_revision, status, assigned_to, proposed_outcome, proposed_by, proposed_at, decided_at, n)
        where c.tenant_id = $1 and c.id = x.id and c.revision = x.read_revision
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.to.id, 'cas'))),
    sqlArray(rows.map(({ row }) => row.from.revision)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => row.to.assignedTo)),
    sqlArray(rows.map(({ row }) => row.to.proposal?.outcome ?? null)),
    sqlArray(rows.map(({ row }) => row.to.proposal?.by ?? null)),
    sqlArray(rows.map(({ row }) => row.to.proposal?.at ?? null)),
    sqlArray(rows.map(({ row }) => row.to.decidedAt)),
  ],
})

function toCase(row: CaseRow): Case {
  const { proposed_outcome: outcome, proposed_by: by, proposed_at: at } = row
  return {
    id: toTypeId('cas', row.id),
    kind: row.kind,
    person: personOf(row.person_kind, row.person_id),
    status: row.status,
    consequence: row.consequence,
    screeningId: row.screening_id === null ? null : toTypeId('scr', row.screening_id),
    rule: row.rule,
    evidence: JSON.parse(row.evidence),
    assignedTo: row.assigned_to,
    proposal: outcome !== null && by !== null && at !== null ? { outcome, by, at } : null,
    revision: row.revision,
    openedAt: row.opened_at,
    decidedAt: row.decided_at,
  }
}

/** @returns Undefined: this tenant has no such case; also for ids that are none. */
export async function findCase(reader: Queryable, tenantId: string, id: string): Promise<Case | undefined> {
  if (!isTypeId(id, 'cas')) return undefined
  const [row] = await reader.query<CaseRow>(`select ${SELECTED} from cases c where c.tenant_id = $1 and c.id = $2`, [
    toUuid(tenantId, 'ten'),
    toUuid(id),
  ])
  return row && toCase(row)
}

/** The cases of some screenings, by the screening's id. */
export async function findCasesOfScreenings(
  reader: Queryable,
  tenantId: string,
  screeningIds: readonly string[],
): Promise<Map<string, Case>> {
  const rows = await reader.query<CaseRow>(
    `select ${SELECTED} from cases c where c.tenant_id = $1 and c.screening_id = any($2::uuid[])`,
    [toUuid(tenantId, 'ten'), sqlArray(screeningIds.map((id) => toUuid(id, 'scr')))],
  )
  return new Map(rows.map(toCase).map((found) => [found.screeningId ?? '', found]))
}

export interface CaseFilter {
  readonly status?: CaseStatus | undefined
  readonly kind?: Case['kind'] | undefined
  readonly personId?: string | undefined
  readonly assignedTo?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listCases(reader: Queryable, tenantId: string, filter: CaseFilter): Promise<Case[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  const { status, kind, personId, assignedTo, before } = filter
  if (status !== undefined) where.add((add) => `c.status = ${add(status)}`)
  if (kind !== undefined) where.add((add) => `c.kind = ${add(kind)}`)
  if (personId !== undefined) where.add((add) => `c.person_id = ${add(toUuid(personId))}`)
  if (assignedTo !== undefined) where.add((add) => `c.assigned_to = ${add(assignedTo)}`)
  if (before !== undefined) where.add((add) => `c.id < ${add(toUuid(before, 'cas'))}`)
  const rows = await reader.query<CaseRow>(
    `select ${SELECTED} from cases c where c.tenant_id = $1${where.sql}
     order by c.id desc limit ${where.parameter(filter.limit)}`,
    where.parameters,
  )
  return rows.map(toCase)
}

/** The possible matches of a person that nobody has cleared: not decided yet, or confirmed. The oldest first. */
export const matchesOf = async (reader: Queryable, tenantId: string, personId: string): Promise<Case[]> =>
  (await unclearedCases(reader, tenantId, personId)).filter(({ kind }) => kind === 'screening')

/** The same, and what monitoring noticed. */
export async function unclearedCases(reader: Queryable, tenantId: string, personId: string): Promise<Case[]> {
  const rows = await reader.query<CaseRow>(
    `select ${SELECTED} from cases c
     where c.tenant_id = $1 and c.person_id = $2
       and c.status in ('open', 'inReview', 'appealed', 'confirmed') order by c.id`,
    [toUuid(tenantId, 'ten'), toUuid(personId)],
  )
  return rows.map(toCase)
}

/** Those of a person that are not decided, the oldest first. */
export async function openCasesOf(reader: Queryable, tenantId: string, personId: string): Promise<Case[]> {
  const rows = await reader.query<CaseRow>(
    `select ${SELECTED} from cases c
     where c.tenant_id = $1 and c.person_id = $2 and c.status in ('open', 'inReview', 'appealed') order by c.id`,
    [toUuid(tenantId, 'ten'), toUuid(personId)],
  )
  return rows.map(toCase)
}
