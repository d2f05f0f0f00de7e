import { hash } from 'node:crypto'
import { type Queryable, type Statement, sqlArray } from './database/database.ts'
import type { LedgerRequest, Refusal } from './model.ts'
import type { IdSource } from './runtime.ts'
import { toUuid } from './type-id.ts'

/** A decided key: what every repetition gets. */
export interface Decision {
  readonly decisionId: string
  readonly bodyHash: Uint8Array
  readonly done: boolean
  /** JSON of the answer, or of the refusal. */
  readonly outcome: string
}

/**
 * The uuid under which a request is decided: a hash of tenant, client, operation and key. Without a key nobody can
 * repeat it, but the writer itself may have to ask whether a commit of unknown outcome took place.
 */
export function decisionIdOf({ tenantId, clientId, operation, key }: LedgerRequest, ids: IdSource): string {
  if (key === undefined) return toUuid(ids.next('dcn'))
  const digits = hash('sha256', JSON.stringify([tenantId, clientId, operation, key]), 'hex')
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-')
}

export async function findDecisions(db: Queryable, tenantId: string, ids: readonly string[]): Promise<Decision[]> {
  if (ids.length === 0) return []
  return db.query<Decision>(
    `select decision_id as "decisionId", body_hash as "bodyHash", done, outcome
     from decisions where tenant_id = $1 and decision_id = any($2::uuid[])`,
    [toUuid(tenantId, 'ten'), sqlArray(ids)],
  )
}

export function insertDecisions(tenant: string, decisions: readonly Decision[], decidedAt: Date): Statement {
  const sorted = [...decisions].sort((a, b) => (a.decisionId < b.decisionId ? -1 : 1))
  return {
    sql: `insert into decisions (tenant_id, decision_id, body_hash, done, outcome, decided_at)
          select $1, x.id, x.hash, x.done, x.outcome, $6
          from unnest($2::uuid[], $3::bytea[], $4::boolean[], $5::text[]) as x(id, hash, done, outcome)`,
    parameters: [
      tenant,
      sqlArray(sorted.map(({ decisionId }) => decisionId)),
      sqlArray(sorted.map(({ bodyHash }) => bodyHash)),
      sqlArray(sorted.map(({ done }) => done)),
      sqlArray(sorted.map(({ outcome }) => outcome)),
      decidedAt,
    ],
  }
}

export const doneDecision = (decisionId: string, bodyHash: Uint8Array, answer: unknown): Decision => ({
  decisionId,
  bodyHash,
  done: true,
  outcome: JSON.stringify(answer) ?? 'null',
})

export const refusedDecision = (decisionId: string, bodyHash: Uint8Array, refusal: Refusal): Decision => ({
  decisionId,
  bodyHash,
  done: false,
  outcome: JSON.stringify(refusal),
})
