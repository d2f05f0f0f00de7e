import { Refused } from '@pisto/ledger'
import { MERCHANT } from '../merchants/merchant.ts'
import { scheduleDue } from '../platform/due/due.ts'
import { step } from '../platform/due/step.ts'
import { dropBusinessName } from '../registrations/business-names.ts'
import { retaining } from '../registrations/erasure/retention.ts'
import { dropLikeness } from '../registrations/likeness.ts'
import type { Registration } from '../registrations/registration.ts'
import { releasing } from '../registrations/releasing.ts'
import { getRegistration, move } from '../registrations/service.ts'
import { moving } from '../registrations/writes.ts'
import type { Port } from './port.ts'
import { getPort, type PortDeps, refusalOf } from './service.ts'
import { nextStatus } from './states.ts'
import { markPorted, movePorts } from './store.ts'

/** What the old tenant answers to an acceptance. */
export type HandOver =
  | { readonly outcome: 'handedOver'; readonly merchantId: string }
  | { readonly outcome: 'cancelled' | 'expired' }
  /** Not now: the new tenant may accept again. */
  | { readonly outcome: 'refused'; readonly code: string }

/**
 * The old tenant closes its registration and the account, or says why not: the one moment in which it is settled
 * whether the merchant moves. Whoever still has money there, or payments under way, stays.
 *
 * @param acceptance Each acceptance is answered once.
 */
export async function handOver(deps: PortDeps, incoming: Port, acceptance: string): Promise<HandOver> {
  const { id, otherTenantId: tenantId } = incoming
  const { ledger } = deps
  const decided = await step<HandOver>(
    ledger,
    tenantId,
    { operation: 'port.handOver', key: acceptance },
    async ({ reader, ledgerTime }) => {
      const from = await getPort(reader, tenantId, id)
      const { status, merchantId } = from
      const settled = { purpose: 'port.settled' }
      if (merchantId === null) throw new Error(`${id} is offered without a merchant`)
      if (status === 'cancelled' || status === 'expired') return { ...settled, answer: { outcome: status } }
      const answer = { outcome: 'handedOver', merchantId } as const
      if (status !== 'offered') return { ...settled, answer }
      if (ledgerTime >= from.expiresAt) return { ...settled, answer: { outcome: 'expired' } }
      const merchant = await getRegistration(deps, reader, tenantId, MERCHANT, merchantId)
      const refusal = refusalOf(merchant)
      if (refusal !== undefined) throw new Refused(refusal.code, refusal.facts)
      const { accountId } = merchant
      const tenant = await deps.tenants.get(tenantId)
      if (tenant === undefined) throw new Error(`${tenantId} is not there`)
      const closed = closedBy(merchant, ledgerTime)
      return {
        purpose: 'merchant.ported',
        references: { portId: id, merchantId, toTenant: from.otherCode },
        changes: accountId === null ? [] : [{ accountId, status: 'closed' }],
        events: [{ type: 'merchant.ported', objectId: merchantId, status: closed.status }],
        companions: [
          movePorts.row({ from, to: { ...from, status: nextStatus(status, 'accept') } }),
          await moving(deps, reader, tenantId, { from: merchant, to: closed }),
          markPorted.row({ merchantId, tenantCode: from.otherCode }),
          ...(await releasing(deps, reader, tenantId, merchant)),
          ...dropBusinessName(merchant),
          dropLikeness(merchant),
          retaining(closed, { now: ledgerTime, timeZone: tenant.timeZone }),
          scheduleDue.row({ kind: 'port.tidy', reference: id, dueAt: ledgerTime }),
        ],
        answer,
      }
    },
  )
  return decided.ok ? decided.answer : { outcome: 'refused', code: toldCode(decided.refusal.code) }
}

/** That a case holds somebody is for no other institution to know: it is told that the status is wrong. */
const toldCode = (code: string): string => (code === 'port_merchant_held' ? 'merchant_wrong_status' : code)

function closedBy(merchant: Registration, time: Date): Registration {
  const status = move(MERCHANT, merchant.status, 'close')
  const notice = { action: 'close', codes: ['ported'], note: null, time: time.toISOString(), due: [] } as const
  return { ...merchant, status, notice }
}
