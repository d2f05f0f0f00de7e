import type { Conflict, FieldError, JournalKind, JournalResult } from '@pisto/contract'
import { companion, type Queryable, type SqlValue, sqlArray, toUuid } from '@pisto/ledger'
import type { Column } from '../platform/database/insert-rows.ts'
import { OPERATION_DECIDED } from './journal-ledger.ts'

/** Why an operation was refused: codes and facts of the catalogue, nothing of what was filled in. */
interface StoredProblem {
  readonly code: string
  readonly facts: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
}

/** An operation of a journal that was decided, for ever. */
export interface DecidedOperation {
  /** `agd_…` */
  readonly deviceId: string
  /** UUID, made by the device. */
  readonly id: string
  readonly sequence: number
  readonly kind: JournalKind
  readonly subject: string
  readonly bodyHmac: Uint8Array
  readonly outcome: Exclude<JournalResult['outcome'], 'waiting'>
  readonly objectId: string | null
  /** Whom the subject stands for from now on. */
  readonly registrationId: string | null
  readonly problem: StoredProblem | null
  readonly conflict: Conflict | null
  /** Of a conflict: the operation that chose. */
  readonly settledBy: string | null
  readonly clientTime: Date
  readonly decidedAt: Date
}

const COLUMNS: readonly Column<DecidedOperation>[] = [
  ['device_id', 'uuid', ({ deviceId }) => toUuid(deviceId, 'agd')],
  ['operation_id', 'uuid', ({ id }) => id],
  ['sequence', 'bigint', ({ sequence }) => sequence],
  ['kind', 'text', ({ kind }) => kind],
  ['subject', 'text', ({ subject }) => subject],
  ['body_hmac', 'bytea', ({ bodyHmac }) => bodyHmac],
  ['outcome', 'text', ({ outcome }) => outcome],
  ['object_id', 'text', ({ objectId }) => objectId],
  ['registration_id', 'text', ({ registrationId }) => registrationId],
  ['problem', 'json', ({ problem }) => problem && JSON.stringify(problem)],
  ['conflict', 'json', ({ conflict }) => conflict && JSON.stringify(conflict)],
  ['client_time', 'timestamptz', ({ clientTime }) => clientTime],
  ['decided_at', 'timestamptz', ({ decidedAt }) => decidedAt],
]
const NAMES = COLUMNS.map(([name]) => name)

/** What was decided before stays: neither its id nor its place in the journal is taken again. */
const INSERT = `
  insert into sync_operations (tenant_id, ${NAMES.join(', ')})
  select $1, ${NAMES.map((name) => `x.${name}`).join(', ')}
  from unnest(${COLUMNS.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ')}) as x(${NAMES.join(', ')})
  on conflict do nothing
  returning device_id || ' ' || operation_id as id`

/** No column of this table says where a transaction stands. */
const UNPLACED = { transactionId: '', sequence: 0, ledgerTime: new Date(0) }

/** Commits with the effect of the operation: both or neither. */
export const insertOperations = companion<DecidedOperation>({
  refusal: OPERATION_DECIDED,
  key: ({ deviceId, id }) => `${deviceId} ${id}`,
  idOf: ({ deviceId, id }) => `${toUuid(deviceId, 'agd')} ${id.toLowerCase()}`,
  sql: INSERT,
  columns: (rows) => COLUMNS.map(([, , value]) => sqlArray(rows.map(({ row, posted }) => value(row, posted)))),
})

/** Notes an operation without an effect: nobody is told of it, so it takes no sequence of the log. */
export async function recordOperation(db: Queryable, tenantId: string, row: DecidedOperation): Promise<void> {
  const values = COLUMNS.map(([, , value]) => sqlArray([value(row, UNPLACED)]))
  await db.query(INSERT, [toUuid(tenantId, 'ten'), ...values])
}

/** Of two choices in one conflict, exactly one is taken. */
export const settleConflicts = companion<{ readonly deviceId: string; readonly of: string; readonly by: string }>({
  refusal: 'sync_choice_invalid',
  key: ({ deviceId, of }) => `${deviceId} ${of}`,
  sql: `update sync_operations r set settled_by = x.settled_by
        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) with ordinality as x(device_id, operation_id, settled_by, n)
        where r.tenant_id = $1 and r.device_id = x.device_id and r.operation_id = x.operation_id
          and r.outcome = 'conflict' and r.settled_by is null
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.deviceId, 'agd'))),
    sqlArray(rows.map(({ row }) => row.of)),
    sqlArray(rows.map(({ row }) => row.by)),
  ],
})

interface Row {
  readonly operation_id: string
  readonly sequence: bigint
  readonly kind: JournalKind
  readonly subject: string
  readonly body_hmac: Uint8Array
  readonly outcome: DecidedOperation['outcome']
  readonly object_id: string | null
  readonly registration_id: string | null
  readonly problem: string | null
  readonly conflict: string | null
  readonly settled_by: string | null
  readonly client_time: Date
  readonly decided_at: Date
}

/** Those of some operations that are decided, by id. */
export async function findOperations(
  reader: Queryable,
  tenantId: string,
  deviceId: string,
  ids: readonly string[],
): Promise<Map<string, DecidedOperation>> {
  const rows = await reader.query<Row>(
    `select operation_id, sequence, kind, subject, body_hmac, outcome, object_id, registration_id,
            problem::text, conflict::text, settled_by, client_time, decided_at
     from sync_operations where tenant_id = $1 and device_id = $2 and operation_id = any($3::uuid[])`,
    [toUuid(tenantId, 'ten'), toUuid(deviceId, 'agd'), sqlArray(ids)],
  )
  return new Map(rows.map((row) => [row.operation_id, toOperation(deviceId, row)]))
}

const toOperation = (deviceId: string, row: Row): DecidedOperation => ({
  deviceId,
  id: row.operation_id,
  sequence: Number(row.sequence),
  kind: row.kind,
  subject: row.subject,
  bodyHmac: row.body_hmac,
  outcome: row.outcome,
  objectId: row.object_id,
  registrationId: row.registration_id,
  problem: parsed(row.problem),
  conflict: parsed(row.conflict),
  settledBy: row.settled_by,
  clientTime: row.client_time,
  decidedAt: row.decided_at,
})

const parsed = <T>(text: string | null): T | null => (text === null ? null : JSON.parse(text))

/** Whom a device's local ids stand for. Of several answers the one that is latest in the journal holds. */
export async function findSubjects(
  reader: Queryable,
  tenantId: string,
  deviceId: string,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  const values: SqlValue[] = [toUuid(tenantId, 'ten'), toUuid(deviceId, 'agd'), sqlArray(subjects)]
  const rows = await reader.query<{ subject: string; registration_id: string }>(
    `select subject, registration_id from sync_operations
     where tenant_id = $1 and device_id = $2 and subject = any($3::text[]) and registration_id is not null
     order by sequence`,
    values,
  )
  return new Map(rows.map((row) => [row.subject, row.registration_id]))
}
