import { createHmac } from 'node:crypto'
import { PistoProblem } from '@pisto/contract'
import { type Queryable, toUuid } from '@pisto/ledger'

const HOUR_MS = 3_600_000

/** Who asks for codes: each is counted by itself. */
export type CodeSubject = 'phone' | 'device' | 'address'

/** Codes in an hour, from the first on. Many phones share one address of their carrier. */
export type CodeLimits = Readonly<Record<CodeSubject, number>>

export interface CodeCounterDeps {
  readonly db: Queryable
  /** Key of the HMACs that stand for phones, devices and addresses. */
  readonly secret: Uint8Array
  readonly limits: CodeLimits
}

/**
 * Counts a code that is asked for, in the database: for all processes together.
 *
 * @throws {PistoProblem} `rate_limited`
 */
export async function countCode(
  { db, secret, limits }: CodeCounterDeps,
  tenantId: string,
  subject: CodeSubject,
  value: string,
  now: Date,
): Promise<void> {
  const hash = createHmac('sha256', secret).update(`code-counter\n${subject}\n${value}`).digest()
  const [row] = await db.query<{ count: number }>(
    `insert into code_counters as c (tenant_id, subject, window_started_at, count) values ($1, $2, $3, 1)
     on conflict (tenant_id, subject) do update set
       count = case when c.window_started_at <= $4 then 1 else c.count + 1 end,
       window_started_at = case when c.window_started_at <= $4 then $3 else c.window_started_at end
     returning c.count`,
    [toUuid(tenantId, 'ten'), new Uint8Array(hash), now, new Date(now.getTime() - HOUR_MS)],
  )
  if (Number(row?.count) > limits[subject]) throw new PistoProblem('rate_limited')
}
