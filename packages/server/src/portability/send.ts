import { scheduleDue } from '../platform/due/due.ts'
import { mustStep } from '../platform/due/step.ts'
import { bundlePurpose, maskedName, type Port } from './port.ts'
import { ended, openBundle, type PortDeps } from './service.ts'
import { findPort, insertPorts } from './store.ts'

/** Brings an offer to the tenant that it is for, its evidence under a key of that tenant's. */
export async function sendPort(deps: PortDeps, fromTenantId: string, portId: string): Promise<void> {
  const { db, personalData, tenants } = deps
  const [port, from] = [await findPort(db, fromTenantId, portId), await tenants.get(fromTenantId)]
  if (port?.status !== 'offered' || from === undefined) return // withdrawn before it was sent
  const bundle = await openBundle(deps, db, fromTenantId, port)
  const tenantId = port.otherTenantId
  await mustStep<null>(deps.ledger, tenantId, { operation: 'port.send', key: portId }, async ({ ledgerTime }) => {
    const { key, companion } = await personalData.newKey({ tenantId, personId: portId }, ledgerTime)
    const incoming: Port = {
      ...port,
      ...{ direction: 'incoming', otherTenantId: from.id, otherCode: from.code, merchantId: null },
      name: maskedName(port.name),
      sealed: key.seal(bundlePurpose(portId), Buffer.from(bundle)),
      sealedFor: portId,
    }
    return {
      purpose: 'port.offered',
      references: { portId, fromTenant: from.code },
      events: [{ type: 'port.offered', objectId: portId, status: incoming.status }],
      companions: [
        companion,
        insertPorts.row(incoming),
        scheduleDue.row({ kind: 'port.expire', reference: portId, dueAt: port.expiresAt }),
      ],
      answer: null,
    }
  })
}

/** Tells the other tenant that an offer was withdrawn or declined. What it has accepted, the handover settles. */
export async function tellOther({ db, ledger }: PortDeps, tenantId: string, portId: string): Promise<void> {
  const own = await findPort(db, tenantId, portId)
  if (own?.status !== 'cancelled') return
  const { otherTenantId } = own
  await mustStep<null>(ledger, otherTenantId, { operation: 'port.tell', key: portId }, async ({ reader }) => {
    const theirs = await findPort(reader, otherTenantId, portId)
    if (theirs?.status !== 'offered') return { purpose: 'port.settled', answer: null }
    const { to, companions } = ended(theirs, 'cancel')
    return {
      purpose: 'port.cancelled',
      references: { portId },
      events: [{ type: 'port.cancelled', objectId: portId, status: to.status }],
      companions,
      answer: null,
    }
  })
}
