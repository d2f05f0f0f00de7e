import { type CheckedForm, checkForm } from '../registrations/check-form.ts'
import { ENTRY_TIER } from '../registrations/requirements.ts'
import { type RegistrationDeps, rulesFor } from '../registrations/service.ts'
import { type UniqueKeys, uniqueKeysOf } from '../registrations/uniqueness.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import type { ImportedRow } from './import-file.ts'
import type { ImportKind } from './kinds.ts'
import type { DecidedRow } from './outcomes.ts'
import type { Part } from './parts.ts'
import { formFrom, storableId } from './registration-row.ts'

/** An import at work. */
export interface Importing {
  readonly tenantId: string
  readonly tenant: TenantProfile
  readonly importId: string
  readonly kind: ImportKind
}

/** A row without a mistake of its own: only another registration can stand in its way. */
export interface Candidate {
  readonly row: ImportedRow
  readonly form: CheckedForm
  readonly keys: UniqueKeys
}

/** A part whose rows were looked at one by one. */
export interface CheckedPart extends Part {
  readonly candidates: readonly Candidate[]
  /** The rows with mistakes, by the first of each. */
  readonly refused: readonly DecidedRow[]
}

/** Checks what does not depend on other registrations. */
export function checkPart(
  deps: Pick<RegistrationDeps, 'clock' | 'personalData'>,
  { tenantId, tenant, importId, kind }: Importing,
  part: Part,
): CheckedPart {
  const now = deps.clock.now()
  const rules = rulesFor({ tenant }, now, ENTRY_TIER)
  const candidates: Candidate[] = []
  const refused: DecidedRow[] = []
  for (const row of part.rows) {
    const check = row.error === undefined ? checkForm(formFrom(row, kind, tenant, now), rules) : undefined
    if (check?.valid) candidates.push({ row, form: check.form, keys: uniqueKeysOf(deps, tenantId, check.form) })
    else refused.push(refusedRow(importId, row, row.error ?? check?.errors[0].code ?? ''))
  }
  return { ...part, candidates, refused }
}

export const decidedRow = (importId: string, { row, cells }: ImportedRow) => ({
  importId,
  row,
  externalId: storableId(cells.externalId ?? ''),
})

export const refusedRow = (importId: string, row: ImportedRow, outcome: string): DecidedRow => ({
  ...decidedRow(importId, row),
  outcome,
  registrationId: null,
})
