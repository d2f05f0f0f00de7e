import type { ScreenedPerson } from '../../screening/screening.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import { aCall, type TestWorld } from '../../testing/test-world.ts'
import { caseHandlers } from '../handlers.ts'
import { insertCases } from '../store.ts'

/** A case about somebody's payments. @returns `cas_…` */
export async function aMonitoringCase(world: TestWorld, tenant: TenantProfile, person: ScreenedPerson) {
  const id = world.ids.next('cas')
  const request = { tenantId: tenant.id, clientId: 'test', operation: 'raise', key: id, bodyHash: new Uint8Array(32) }
  await world.ledger.decide(request, ({ ledgerTime: openedAt }) => ({
    purpose: 'case.opened',
    references: { caseId: id },
    companions: [
      insertCases.row({
        ...{ id, kind: 'monitoring', person, status: 'open', consequence: 'review', screeningId: null, rule: 'any@1' },
        ...{ evidence: {}, assignedTo: null, proposal: null, revision: 1, openedAt, decidedAt: null },
      }),
    ],
    answer: null,
  }))
  return id
}

/** What two operators write about somebody whom the authority now knows of. */
export const REPORTED = { reason: 'authority_informed', note: 'Fraccionó depósitos' } as const

/** The same, confirmed by two. @returns `cas_…` */
export async function aReportedCase(world: TestWorld, tenant: TenantProfile, person: ScreenedPerson) {
  const caseId = await aMonitoringCase(world, tenant, person)
  for (const actor of ['ana', 'luis']) {
    const said = { actor, outcome: 'confirmed' as const, reasons: [REPORTED.reason], note: REPORTED.note }
    await caseHandlers(world).decideCase({ caseId, body: said }, aCall(tenant, 'decideCase'))
  }
  return caseId
}
