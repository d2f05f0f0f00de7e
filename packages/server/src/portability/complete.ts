import { parseNote } from '@pisto/proof'
import { mustStep } from '../platform/due/step.ts'
import { releases, uniqueKeysOf } from '../registrations/uniqueness.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { readNewcomer } from './accept.ts'
import type { PortBundle } from './bundle.ts'
import { carryCodes } from './codes.ts'
import { handOver } from './hand-over.ts'
import { bundlePurpose, maskedName, type Port } from './port.ts'
import { register } from './register.ts'
import { ended, getPort, openBundle, type PortDeps } from './service.ts'
import { nextStatus } from './states.ts'
import { dropPortKeys, findPort, moveAlias, movePorts } from './store.ts'

/**
 * What follows an acceptance, at the new tenant's time: the old tenant hands over, the alias leads here, the merchant is
 * registered, the printed codes go along, both say that it is done. Each step is decided once and may be repeated: a
 * crash anywhere is mended by doing it all again.
 *
 * @param acceptance `completion(portId, revision)`
 */
export async function completePort(deps: PortDeps, tenantId: string, acceptance: string): Promise<void> {
  const [portId = '', revision] = acceptance.split('.')
  const [port, tenant] = [await findPort(deps.db, tenantId, portId), await deps.tenants.get(tenantId)]
  if (port?.status !== 'accepted' || String(port.revision) !== revision || tenant === undefined) return // done before
  const { merchantId, alias, otherTenantId } = port
  if (merchantId === null) throw new Error(`${portId} was accepted without a merchant`)
  const text = await openBundle(deps, deps.db, tenantId, port)
  const handed = await handOver(deps, port, acceptance)
  if (handed.outcome !== 'handedOver') return giveUp(deps, tenant, port, { acceptance, text, ...handed })
  const from = { tenantId: otherTenantId, merchantId: handed.merchantId }
  const to = { tenantId, merchantId }
  await moveAlias(deps.db, alias, from, to)
  await register(deps, tenant, port, bundleIn(text))
  await carryCodes(deps, from, to)
  await finishThere(deps, port)
  await finishHere(deps, tenantId, port, text)
}

/** Verified when it was accepted, and sealed since. */
const bundleIn = (note: string): PortBundle => JSON.parse(parseNote(note).text.split('\n')[1] ?? '')

const finishThere = ({ ledger }: PortDeps, { id, otherTenantId }: Port): Promise<null> =>
  mustStep<null>(ledger, otherTenantId, { operation: 'port.finish', key: id }, async ({ reader }) => {
    const from = await getPort(reader, otherTenantId, id)
    const to = { ...from, status: nextStatus(from.status, 'complete') }
    return {
      purpose: 'port.completed',
      references: { portId: id },
      events: [{ type: 'port.completed', objectId: id, status: to.status }],
      companions: [movePorts.row({ from, to })],
      answer: null,
    }
  })

/** The evidence is the merchant's from now on: it is erased with the merchant. */
async function finishHere(deps: PortDeps, tenantId: string, { id }: Port, text: string): Promise<void> {
  await mustStep<null>(deps.ledger, tenantId, { operation: 'port.finish', key: id }, async ({ reader }) => {
    const from = await getPort(reader, tenantId, id)
    const { merchantId } = from
    if (merchantId === null) throw new Error(`${id} was accepted without a merchant`)
    const key = (await deps.personalData.keysOf(reader, tenantId, [merchantId])).get(merchantId)
    const kept =
      key === undefined // erased in the middle of it
        ? { sealed: null, sealedFor: null }
        : { sealed: key.seal(bundlePurpose(id), Buffer.from(text)), sealedFor: merchantId }
    const to = { ...from, status: nextStatus(from.status, 'complete'), ...kept }
    return {
      purpose: 'port.completed',
      references: { portId: id, merchantId },
      events: [{ type: 'port.completed', objectId: id, status: to.status }],
      companions: [movePorts.row({ from, to }), dropPortKeys.row({ portId: id })],
      answer: null,
    }
  })
  deps.personalData.forget({ tenantId, personId: id })
}

interface NotHanded {
  readonly acceptance: string
  readonly text: string
  readonly outcome: 'refused' | 'cancelled' | 'expired'
  readonly code?: string
}

/** The old tenant did not hand over: what was claimed is free again; where it may yet, the offer stands as before. */
async function giveUp(
  deps: PortDeps,
  tenant: TenantProfile,
  { id }: Port,
  { acceptance, text, outcome, code = null }: Omit<NotHanded, 'code'> & { readonly code?: string | null },
): Promise<void> {
  const tenantId = tenant.id
  await mustStep<null>(
    deps.ledger,
    tenantId,
    { operation: 'port.giveUp', key: acceptance },
    async ({ reader, ledgerTime }) => {
      const from = await getPort(reader, tenantId, id)
      const { merchantId } = from
      if (merchantId === null) throw new Error(`${id} was accepted without a merchant`)
      const { registration } = readNewcomer(bundleIn(text), from, { tenant, merchantId, now: ledgerTime })
      const keys = uniqueKeysOf(deps, tenantId, registration)
      const isOver = outcome !== 'refused' || ledgerTime >= from.expiresAt
      const { to, companions } = isOver
        ? ended(from, outcome === 'cancelled' ? 'cancel' : 'expire')
        : offeredAgain(from, code)
      const type = { offered: 'port.refused', cancelled: 'port.cancelled', expired: 'port.expired' }[
        to.status as 'offered' | 'cancelled' | 'expired'
      ]
      return {
        purpose: type,
        references: { portId: id },
        events: [{ type, objectId: id, status: to.status }],
        companions: [...companions, ...releases(keys, registration)],
        answer: null,
      }
    },
  )
}

function offeredAgain(from: Port, refusal: string | null) {
  const status = nextStatus(from.status, 'refuse')
  const to: Port = { ...from, status, merchantId: null, name: maskedName(from.name), refusal }
  return { to, companions: [movePorts.row({ from, to })] }
}
