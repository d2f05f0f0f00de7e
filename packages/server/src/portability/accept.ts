import { type FieldError, PistoProblem, type Port as PortAnswer, WrongStatus } from '@pisto/contract'
import { encodeBase64Url, MalformedProof, ProofRejected, verifyEvidence } from '@pisto/proof'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { type CheckedForm, checkForm } from '../registrations/check-form.ts'
import { seenAt } from '../registrations/kinds.ts'
import type { Registration } from '../registrations/registration.ts'
import { ENTRY_TIER, requirementsFor } from '../registrations/requirements.ts'
import { draftOf, rulesFor } from '../registrations/service.ts'
import { claims, refuseDuplicates, uniqueKeysOf } from '../registrations/uniqueness.ts'
import type { PortBundle } from './bundle.ts'
import { type Port, showPort } from './port.ts'
import { asMerchant, getPort, openBundle, type PortDeps } from './service.ts'
import { nextStatus } from './states.ts'
import { movePorts } from './store.ts'

/**
 * Takes an offer. Document and phone are claimed at once, so that nothing is in the way once the old tenant has handed
 * over; the merchant itself is registered then (`handover.ts`). Nothing of the other tenant is touched here.
 *
 * @throws {NotFound} `port_not_found`
 * @throws {WrongStatus} `port_wrong_status`: it is this tenant's own offer, is accepted, or is over
 * @throws {PistoProblem} `port_bundle_invalid`, `registration_invalid`, `document_duplicate`, `phone_duplicate`,
 *   `requirements_missing`
 */
export async function acceptPort(deps: PortDeps, call: Call, id: string): Promise<PortAnswer> {
  const { tenantId, livemode } = call
  const merchantId = deps.ids.next('mer')
  const offered = await getPort(deps.db, tenantId, id)
  const bundle = offered.status === 'offered' ? await readBundle(deps, call, offered) : undefined
  return perform<PortAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await getPort(reader, tenantId, id)
    const status = nextStatus(from.status, 'accept')
    if (from.direction === 'outgoing' || bundle === undefined) {
      throw new WrongStatus('port_wrong_status', { status: from.status })
    }
    if (ledgerTime >= from.expiresAt) throw new WrongStatus('port_wrong_status', { status: 'expired' })
    if (bundle instanceof PistoProblem) throw bundle
    const draft = newcomer(bundle, from, { tenant: call.tenant, merchantId, now: ledgerTime })
    const keys = uniqueKeysOf(deps, tenantId, draft)
    await refuseDuplicates(reader, tenantId, 'merchant', keys)
    const { currentlyDue } = requirementsFor(draft, seenAt(call, ledgerTime).today)
    if (currentlyDue.length > 0) {
      throw new PistoProblem('requirements_missing', { currentlyDue: currentlyDue.join(', ') })
    }
    const to: Port = { ...from, status, merchantId, name: asMerchant(draft).business.tradeName, refusal: null }
    return {
      purpose: 'port.accepted',
      references: { portId: id, merchantId, fromTenant: from.otherCode },
      events: [{ type: 'port.accepted', objectId: id, status }],
      companions: [
        movePorts.row({ from, to }),
        ...claims(keys, draft),
        scheduleDue.row({ kind: 'port.complete', reference: completion(to.id, from.revision + 1), dueAt: ledgerTime }),
      ],
      answer: showPort(to, livemode),
    }
  })
}

/** What is due once an acceptance has committed: each acceptance has its own, so that a later one is done, too. */
const completion = (portId: string, revision: number): string => `${portId}.${revision}`

/** @returns The evidence, or why it is not believed. Given, not thrown: a refusal is stored under the key. */
async function readBundle(
  deps: PortDeps,
  { tenant, tenantId }: Pick<Call, 'tenant' | 'tenantId'>,
  port: Port,
): Promise<PortBundle | PistoProblem> {
  if (port.direction === 'outgoing') return new WrongStatus('port_wrong_status', { status: port.status })
  const text = await openBundle(deps, deps.db, tenantId, port)
  const published = await deps.keys.published()
  const keys = published.map(({ publicKey, use, tenantCode, livemode }) => ({
    ...{ x: encodeBase64Url(publicKey), use, tenant: tenantCode, livemode },
  }))
  const invalid = (reason: string) => new PistoProblem('port_bundle_invalid', { reason })
  try {
    const bundle = await verifyEvidence<PortBundle>(text, keys)
    const { issuer, audience, livemode, portId, alias } = bundle
    const isRight = issuer === port.otherCode && audience === tenant.code && livemode === tenant.livemode
    return isRight && portId === port.id && alias === port.alias ? bundle : invalid('other_port')
  } catch (error) {
    if (error instanceof ProofRejected || error instanceof MalformedProof) return invalid(error.code)
    throw error
  }
}

interface Arrival {
  readonly tenant: Call['tenant']
  readonly merchantId: string
  readonly now: Date
}

/** The merchant as this tenant would register it. @throws {PistoProblem} `registration_invalid`, by its own rules */
function newcomer(bundle: PortBundle, port: Port, arrival: Arrival): Registration {
  const { registration, errors } = readNewcomer(bundle, port, arrival)
  if (errors.length > 0) throw new PistoProblem('registration_invalid', {}, { errors })
  return registration
}

/**
 * What the evidence says, and what this tenant's rules have against it. They may have changed since it accepted, when
 * nobody can go back any more. The old tenant attests the phone.
 */
export function readNewcomer(
  { registration, phoneConfirmation }: PortBundle,
  { alias, consent }: Port,
  { tenant, merchantId, now }: Arrival,
): { readonly registration: Registration; readonly errors: readonly FieldError[] } {
  const { country, phone, locale, person, business, dossier } = registration
  const rules = rulesFor({ tenant }, now, ENTRY_TIER)
  const checked = checkForm(
    {
      ...{ country, phone, locale, business, dossier, externalId: null },
      ...{ givenNames: person.givenNames, familyNames: person.familyNames, dateOfBirth: person.dateOfBirth },
      ...{ documentType: person.document?.type ?? null, documentNumber: person.document?.number ?? null },
      consent: { ...consent, channel: 'api' },
    },
    rules,
  )
  const asItWas: CheckedForm = {
    ...{ country: rules.country, phone, locale: locale === 'en' ? 'en' : 'es', business, dossier, person },
    ...{ externalId: null, consent: { ...consent, channel: 'api' } },
  }
  const merchant: Registration = {
    ...draftOf(checked.valid ? checked.form : asItWas, {
      ...{ id: merchantId, kind: 'merchant', policyVersion: rules.policyVersion },
    }),
    phoneConfirmation: phoneConfirmation && { at: new Date(phoneConfirmation.at), by: 'attested' },
    alias,
    metadata: {},
    createdAt: now,
  }
  return { registration: merchant, errors: checked.valid ? [] : checked.errors }
}
