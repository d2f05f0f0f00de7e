import { NotFound, PistoProblem, type Port as PortAnswer, type PortMerchant, WrongStatus } from '@pisto/contract'
import type { CompanionRow, Queryable } from '@pisto/ledger'
import { MERCHANT } from '../merchants/merchant.ts'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { consentFrom } from '../registrations/draft.ts'
import { mistake } from '../registrations/reasons.ts'
import type { RecordedConsent, Registration } from '../registrations/registration.ts'
import { ENTRY_TIER } from '../registrations/requirements.ts'
import { getRegistration, type RegistrationDeps } from '../registrations/service.ts'
import type { TenantDirectory } from '../tenants/directory.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { type BundleDeps, type Merchant, writeBundle } from './bundle.ts'
import { bundlePurpose, maskedName, type Port, showPort } from './port.ts'
import { nextStatus } from './states.ts'
import { dropPortKeys, findOpenPort, findPort, insertPorts, movePorts } from './store.ts'

export interface PortDeps extends RegistrationDeps, BundleDeps, Pick<Runtime, 'keys'> {
  readonly db: Runtime['db']
  readonly tenants: Pick<TenantDirectory, 'get' | 'findByCode'>
}

/** So long an offer stands. */
const OFFER_MS = 30 * 86_400_000

/**
 * Offers a merchant to another tenant, with signed evidence. Nothing else changes yet: it goes on taking payments until
 * the new tenant has accepted and this one has handed over.
 *
 * @throws {NotFound} `merchant_not_found`, `tenant_not_found`
 * @throws {WrongStatus} it is not active
 * @throws {PistoProblem} `port_to_self`, `port_other_country`, `port_pending`, `port_merchant_held`,
 *   `registration_invalid` (the consent)
 */
export async function portMerchant(
  deps: PortDeps,
  call: Call,
  merchantId: string,
  body: PortMerchant,
): Promise<PortAnswer> {
  const { tenant, tenantId, livemode } = call
  const consent = consentFrom(deps, body.consent)
  const to = await deps.tenants.findByCode(body.toTenantCode)
  if (to === undefined) throw new NotFound('tenant_not_found', { tenantCode: body.toTenantCode })
  const id = deps.ids.next('prt')
  const known = await getRegistration(deps, deps.db, tenantId, MERCHANT, merchantId)
  const bundle =
    typeof consent === 'string' || refusalOf(known) !== undefined
      ? undefined
      : await writeBundle(deps, tenant, {
          ...{ id, audience: to.code, consent, merchant: asMerchant(known), issuedAt: deps.clock.now() },
        })
  return perform<PortAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    requireDestination(tenant, to)
    const given = requireConsent(consent)
    const merchant = await getRegistration(deps, reader, tenantId, MERCHANT, merchantId)
    const refusal = refusalOf(merchant)
    if (refusal !== undefined) throw refusal
    if (bundle === undefined) throw new WrongStatus('merchant_wrong_status', { status: known.status })
    const open = await findOpenPort(reader, tenantId, merchantId)
    if (open !== undefined) throw new PistoProblem('port_pending', { portId: open })
    const key = await deps.personalData.keyOf(reader, { tenantId, personId: merchantId })
    const port: Port = {
      id,
      direction: 'outgoing',
      status: 'offered',
      otherTenantId: to.id,
      otherCode: to.code,
      merchantId,
      name: asMerchant(merchant).business.tradeName,
      alias: merchant.alias,
      consent: { version: given.version, acceptedAt: given.acceptedAt },
      refusal: null,
      sealed: key.seal(bundlePurpose(id), Buffer.from(bundle)),
      sealedFor: merchantId,
      revision: 1,
      expiresAt: new Date(ledgerTime.getTime() + OFFER_MS),
      createdAt: ledgerTime,
    }
    return {
      purpose: 'merchant.portOffered',
      references: { portId: id, merchantId, toTenant: to.code },
      events: [{ type: 'merchant.portOffered', objectId: merchantId, status: merchant.status }],
      companions: [
        insertPorts.row(port),
        scheduleDue.row({ kind: 'port.send', reference: id, dueAt: ledgerTime }),
        scheduleDue.row({ kind: 'port.expire', reference: id, dueAt: port.expiresAt }),
      ],
      answer: showPort(port, livemode),
    }
  })
}

/** Why a merchant cannot move, now; undefined: it can. */
export function refusalOf({
  status,
  isHeld,
  tier,
}: Pick<Registration, 'status' | 'isHeld' | 'tier'>): PistoProblem | undefined {
  if (status !== 'active') return new WrongStatus('merchant_wrong_status', { status, event: 'port' })
  if (tier < ENTRY_TIER) return new PistoProblem('tier_too_low', { tier: String(tier) }) // nothing to hand on
  return isHeld ? new PistoProblem('port_merchant_held') : undefined
}

export function asMerchant(registration: Registration): Merchant {
  const { business } = registration
  if (business === null) throw new Error(`${registration.id} is a merchant without a business`)
  return { ...registration, business }
}

function requireDestination(from: TenantProfile, to: TenantProfile): void {
  if (to.id === from.id) throw new PistoProblem('port_to_self')
  if (to.country !== from.country || to.currency !== from.currency || to.livemode !== from.livemode) {
    throw new PistoProblem('port_other_country', { country: to.country })
  }
}

function requireConsent(consent: ReturnType<typeof consentFrom>): RecordedConsent {
  if (typeof consent !== 'string') return consent
  throw new PistoProblem('registration_invalid', {}, { errors: [mistake('consent', consent)] })
}

/** @throws {NotFound} `port_not_found` */
export async function getPort(reader: Queryable, tenantId: string, id: string): Promise<Port> {
  const port = await findPort(reader, tenantId, id)
  if (port === undefined) throw new NotFound('port_not_found', { id })
  return port
}

/**
 * Withdraws an offer, or declines it. The old tenant's word counts: what it has withdrawn is not handed over, also if
 * the new one accepts before it is told.
 *
 * @throws {NotFound} `port_not_found` @throws {WrongStatus} `port_wrong_status`: accepted, or over
 */
export const cancelPort = (deps: PortDeps, call: Call, id: string): Promise<PortAnswer> =>
  perform<PortAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await getPort(reader, call.tenantId, id)
    if (from.status !== 'offered') throw new WrongStatus('port_wrong_status', { status: from.status })
    const { to, companions } = ended(from, 'cancel')
    return {
      purpose: 'port.cancelled',
      references: { portId: id },
      events: [{ type: 'port.cancelled', objectId: id, status: to.status }],
      companions: [...companions, scheduleDue.row({ kind: 'port.tell', reference: id, dueAt: ledgerTime })],
      answer: showPort(to, call.livemode),
    }
  })

/** What a move without a handover leaves: no evidence, and where it had a key of its own, no key. */
export function ended(
  from: Port,
  event: 'cancel' | 'expire',
): { readonly to: Port; readonly companions: readonly CompanionRow[] } {
  const status = nextStatus(from.status, event)
  const gone = { status, refusal: null, sealed: null, sealedFor: null }
  if (from.direction === 'outgoing') {
    const to = { ...from, ...gone }
    return { to, companions: [movePorts.row({ from, to })] }
  }
  const to = { ...from, ...gone, merchantId: null, name: maskedName(from.name) }
  return { to, companions: [movePorts.row({ from, to }), dropPortKeys.row({ portId: from.id })] }
}

/**
 * The signed evidence, as it was sent.
 *
 * @throws {NotFound} `port_not_found`
 * @throws {WrongStatus} `port_wrong_status`: it is offered and not accepted, or is over without a handover
 */
export async function getBundle(deps: PortDeps, tenantId: string, id: string): Promise<string> {
  const port = await getPort(deps.db, tenantId, id)
  const isReadable = port.direction === 'outgoing' || port.status === 'completed'
  if (!isReadable || port.sealed === null) throw new WrongStatus('port_wrong_status', { status: port.status })
  return openBundle(deps, deps.db, tenantId, port)
}

/** @throws {PersonErased} */
export async function openBundle(
  { personalData }: Pick<PortDeps, 'personalData'>,
  reader: Queryable,
  tenantId: string,
  { id, sealed, sealedFor }: Port,
): Promise<string> {
  if (sealed === null || sealedFor === null) throw new Error(`the evidence of ${id} is gone`)
  return Buffer.from(
    await personalData.openFor(reader, { tenantId, personId: sealedFor }, bundlePurpose(id), sealed),
  ).toString()
}
