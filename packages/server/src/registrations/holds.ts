import { type CompanionRow, companion, sqlArray, toUuid } from '@pisto/ledger'
import type { Case } from '../cases/case.ts'
import type { KindName } from './kinds.ts'

/** Pauses everything but holding a balance, or lets it go on. Neither an edit nor a decision: the revision stays. */
export const setHolds = companion<{ readonly kind: KindName; readonly id: string; readonly isHeld: boolean }>({
  key: ({ id }) => id,
  sql: `update registrations r set is_held = x.is_held
        from unnest($2::text[], $3::uuid[], $4::boolean[]) as x(kind, id, is_held)
        where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.kind)),
    sqlArray(rows.map(({ row }) => toUuid(row.id))),
    sqlArray(rows.map(({ row }) => row.isHeld)),
  ],
})

/** What commits with a case about somebody who is registered: whom a list that blocks may have is held at once. */
export const holding = (
  { kind, id }: { readonly kind: KindName; readonly id: string },
  opened: Case | undefined,
): CompanionRow[] => (isHolding(opened) ? [setHolds.row({ kind, id, isHeld: true })] : [])

/** @param opened Undefined: nobody has to look. */
export const isHolding = (opened: Case | undefined): boolean => opened?.consequence === 'block'
