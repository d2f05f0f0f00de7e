import { isTypeId, toTypeId } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler, DueItem } from '../platform/due/due.ts'
import { tidyUp } from './codes.ts'
import { completePort } from './complete.ts'
import { sendPort, tellOther } from './send.ts'
import { ended, type PortDeps } from './service.ts'
import { findPort } from './store.ts'

/** What moves need after their requests: each is safe to repeat, and touches the other tenant in steps of its own. */
export const portDueHandlers = (deps: PortDeps): Readonly<Record<string, DueHandler>> => ({
  'port.send': ({ tenantId, reference }) => sendPort(deps, tenantId, reference),
  'port.tell': ({ tenantId, reference }) => tellOther(deps, tenantId, portIdOf(reference)),
  'port.complete': ({ tenantId, reference }) => completePort(deps, tenantId, reference),
  async 'port.tidy'({ tenantId, reference }) {
    const port = await findPort(deps.db, tenantId, reference)
    if (port?.merchantId != null) await tidyUp(deps, { tenantId, merchantId: port.merchantId })
  },
  'port.expire': (item) => expire(deps, item),
})

/** What erasure makes due has the id as the database has it. */
const portIdOf = (reference: string): string => (isTypeId(reference, 'prt') ? reference : toTypeId('prt', reference))

/** Both tenants have the date, so neither has to be told. */
const expire = ({ ledger }: PortDeps, item: DueItem): Promise<void> =>
  decideDue(ledger, item, async ({ reader }) => {
    const port = await findPort(reader, item.tenantId, item.reference)
    if (port?.status !== 'offered') return { purpose: 'port.settled', answer: null }
    const { to, companions } = ended(port, 'expire')
    return {
      purpose: 'port.expired',
      references: { portId: port.id },
      events: [{ type: 'port.expired', objectId: port.id, status: to.status }],
      companions,
      answer: null,
    }
  })
