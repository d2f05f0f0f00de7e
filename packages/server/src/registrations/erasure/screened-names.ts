import { type CompanionRow, toTypeId, toUuid } from '@pisto/ledger'
import { isOpen } from '../../cases/case.ts'
import { unclearedCases } from '../../cases/store.ts'
import { decideDue } from '../../platform/due/decide-due.ts'
import { type DueHandler, scheduleDue } from '../../platform/due/due.ts'
import type { Runtime } from '../../platform/runtime/runtime.ts'
import { findScreening } from '../../screening/store.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { AGAIN_MS } from './erase.ts'
import { ERASED_ROWS } from './erased-rows.ts'
import { keptUntil } from './retention.ts'

type Country = Pick<TenantProfile, 'country' | 'timeZone'>

interface ScreenedNameDeps extends Pick<Runtime, 'db' | 'ledger' | 'personalData' | 'clock'> {
  readonly tenants: { get(id: string): Promise<Country | undefined> }
}

const DUE_KIND = 'screening.erase'

/** A name that was asked for is kept as long as somebody who was refused. @param cases About it, that nobody cleared. */
const nameKeptUntil = (
  { country, timeZone }: Country,
  createdAt: Date,
  cases: Parameters<typeof keptUntil>[1]['cases'],
): Date =>
  keptUntil(
    { country, policyVersion: '', status: 'rejected', accountId: null, notice: null },
    { now: createdAt, timeZone, cases },
  ).until

/** What commits when somebody who is not registered is asked about by name. @param id `scr_…` */
export const retainingName = (tenant: Country, id: string, createdAt: Date): CompanionRow =>
  scheduleDue.row({ kind: DUE_KIND, reference: toUuid(id, 'scr'), dueAt: nameKeptUntil(tenant, createdAt, []) })

/** Forgets names that were asked for, when nothing keeps them any more. That it was asked, and the answer's hash, stay. */
export const screenedNameDueHandlers = (deps: ScreenedNameDeps): Readonly<Record<string, DueHandler>> => ({
  async [DUE_KIND](item) {
    const { tenantId, reference } = item
    const [uuid = ''] = reference.split(' ')
    const id = toTypeId('scr', uuid)
    const tenant = await deps.tenants.get(tenantId)
    if (tenant === undefined) throw new Error(`${tenantId} is not there`)
    await decideDue(deps.ledger, item, async ({ reader, ledgerTime: now }) => {
      const settled = { purpose: 'screening.settled', answer: null }
      const screening = await findScreening(reader, tenantId, id)
      if (screening?.person.id !== id) return settled
      const cases = await unclearedCases(reader, tenantId, id)
      const dueAt = cases.some(isOpen)
        ? new Date(now.getTime() + AGAIN_MS)
        : nameKeptUntil(tenant, screening.createdAt, cases)
      if (dueAt > now) {
        const again = { kind: DUE_KIND, reference: `${uuid} ${dueAt.toISOString()}`, dueAt }
        return { ...settled, companions: [scheduleDue.row(again)] }
      }
      return {
        purpose: 'screening.erased',
        references: { screeningId: id },
        companions: ERASED_ROWS.map((rows) => rows.row({ id, erasedAt: now })),
        answer: null,
      }
    })
    const [erased] = await deps.db.query('select from erased_persons where tenant_id = $1 and person_id = $2', [
      ...[toUuid(tenantId, 'ten'), uuid],
    ])
    if (erased !== undefined) await deps.personalData.erased({ tenantId, personId: id }, deps.clock.now())
  },
})
