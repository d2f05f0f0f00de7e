import { companion, sqlArray } from '@pisto/ledger'

/** Something that must happen at a business time, written with the effect that makes it due. */
export interface DueItem {
  readonly tenantId: string
  /** Names the handler: `payment.expire`, `paymentRequest.expire`, … */
  readonly kind: string
  /** Id of the object; one due row per (kind, reference). */
  readonly reference: string
  readonly dueAt: Date
}

/**
 * Does one due thing; throwing leaves it due, to be tried again later. Must be safe to repeat. What takes long is done
 * in slices: `unfinished` has it called again at once.
 */
export interface DueHandler {
  /** @param signal Aborted when the process stops: a slice comes to its end. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most handlers give nothing
  (item: DueItem, signal: AbortSignal): Promise<void | 'unfinished'>
  /** Its slices take many seconds, beside what else is due. Others take a second or two at most. */
  readonly takesLong?: boolean
}

/** Commits with the transaction that makes something due. */
export const scheduleDue = companion<Omit<DueItem, 'tenantId'>>({
  sql: `insert into due (tenant_id, kind, reference, due_at)
        select $1, x.kind, x.reference, x.due_at
        from unnest($2::text[], $3::text[], $4::timestamptz[]) as x(kind, reference, due_at)
        on conflict (tenant_id, kind, reference) do nothing`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.kind)),
    sqlArray(rows.map(({ row }) => row.reference)),
    sqlArray(rows.map(({ row }) => row.dueAt)),
  ],
})
