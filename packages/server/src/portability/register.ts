import type { PlanContext } from '@pisto/ledger'
import { MERCHANT } from '../merchants/merchant.ts'
import { mustStep } from '../platform/due/step.ts'
import { opening } from '../registrations/activation.ts'
import { findingOf } from '../registrations/findings.ts'
import { flaggedArrival } from '../registrations/flagging.ts'
import type { Registration } from '../registrations/registration.ts'
import { ENTRY_TIER } from '../registrations/requirements.ts'
import { insertRegistrations } from '../registrations/rows.ts'
import { sealRegistration } from '../registrations/sealed-part.ts'
import { move } from '../registrations/service.ts'
import { readyLists } from '../screening/screen-person.ts'
import { screenRegistration } from '../screening/screen-registration.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { readNewcomer } from './accept.ts'
import type { PortBundle } from './bundle.ts'
import type { Port } from './port.ts'
import type { PortDeps } from './service.ts'

/**
 * The new tenant registers the merchant who was handed over: with its own screening and under its own policy, active on
 * the entry tier, or in review: also where its rules have changed since it accepted. Document and phone were claimed
 * then.
 */
export async function register(deps: PortDeps, tenant: TenantProfile, port: Port, bundle: PortBundle): Promise<void> {
  const { id: tenantId } = tenant
  const { merchantId } = port
  if (merchantId === null) throw new Error(`${port.id} was accepted without a merchant`)
  const accountId = deps.ids.next('acc')
  await readyLists(deps, tenantId, deps.clock.now())
  await mustStep<null>(
    deps.ledger,
    tenantId,
    { operation: 'port.register', key: port.id },
    async ({ reader, ledgerTime }) => {
      const { registration: draft, errors } = readNewcomer(bundle, port, { tenant, merchantId, now: ledgerTime })
      const arrival = await flaggedArrival(deps, reader, tenantId, draft)
      const { key, companion } = await deps.personalData.newKey({ tenantId, personId: merchantId }, ledgerTime)
      const moment = { reader, tenantId, time: ledgerTime }
      const screening = await screenRegistration(deps, moment, arrival, 'registration', key)
      const found = findingOf(tenant, arrival, screening.case !== undefined)
      const finding = errors.length > 0 ? (found ?? 'documentMismatch') : found
      const submitted = { ...arrival, finding, status: move(MERCHANT, arrival.status, 'submit') }
      const settled =
        finding === null
          ? await activated(deps, tenant, { reader }, submitted, accountId)
          : reviewed(submitted, ledgerTime)
      const { registration, companions, ...opened } = settled
      return {
        ...opened,
        purpose: 'merchant.portedIn',
        references: { portId: port.id, merchantId, fromTenant: port.otherCode },
        events: [
          ...[MERCHANT.created, finding === null ? MERCHANT.activated : 'merchant.submitted'].map((type) => ({
            ...{ type, objectId: merchantId, status: registration.status },
          })),
          ...screening.events,
        ],
        companions: [
          companion,
          insertRegistrations.row(sealRegistration(deps.personalData, key, registration)),
          ...companions,
          ...screening.companions,
        ],
        answer: null,
      }
    },
  )
}

function reviewed(submitted: Registration, openedAt: Date) {
  const status = move(MERCHANT, submitted.status, 'review')
  const registration = { ...submitted, status, review: { openedAt, assignedTo: null, proposal: null } }
  return { registration, companions: [] }
}

async function activated(
  deps: PortDeps,
  tenant: TenantProfile,
  { reader }: Pick<PlanContext, 'reader'>,
  submitted: Registration,
  accountId: string,
) {
  const status = move(MERCHANT, submitted.status, 'activate')
  const registration: Registration & { readonly accountId: string } = {
    ...submitted,
    status,
    tier: ENTRY_TIER,
    accountId,
  }
  const where = { tenant, tenantId: tenant.id }
  return { registration, ...(await opening(deps, reader, where, MERCHANT, registration)) }
}
