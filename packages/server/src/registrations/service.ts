import { NotFound, PistoProblem, type RegistrationStatus, WrongStatus } from '@pisto/contract'
import { localDay, type Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { withAlias } from './aliases.ts'
import { type CheckedForm, checkForm, type FormRules, type RegistrationForm } from './check-form.ts'
import type { Kind, KindName } from './kinds.ts'
import { findLimitGroups, limitPerson } from './limit-groups.ts'
import { policyOf } from './policy/policy.ts'
import type { Registration } from './registration.ts'
import { ENTRY_TIER, requirementsFor } from './requirements.ts'
import { sandboxFinding } from './sandbox-registry.ts'
import { nextStatus, type RegistrationEvent } from './states.ts'
import { findRegistration } from './store.ts'
import { refuseDuplicates, uniqueKeysOf } from './uniqueness.ts'
import { moveRegistrations, registering, walletOf } from './writes.ts'

export type RegistrationDeps = Pick<Runtime, 'db' | 'ledger' | 'clock' | 'systemClock' | 'ids' | 'random' | 'secret'>

export interface Draft {
  readonly form: RegistrationForm
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Registers somebody as a draft. All mistakes of the form are told at once.
 *
 * @throws {PistoProblem} `registration_invalid`, `document_duplicate`, `phone_duplicate`
 */
export async function createRegistration<Answer extends { readonly alias: string }>(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<Answer>,
  { form, metadata }: Draft,
): Promise<Answer> {
  const checked = checkForm(form, rulesFor(call, deps.clock.now()))
  if (!checked.valid) {
    return perform<Answer>(deps.ledger, call, () => {
      throw new PistoProblem('registration_invalid', {}, { errors: checked.errors })
    })
  }
  const { tenantId } = call
  const owner = { tenantId, kind: kind.name, id: deps.ids.next(kind.prefix) }
  return withAlias(deps, owner, async (alias) => {
    const result = await perform<Answer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
      await refuseDuplicates(reader, tenantId, kind.name, uniqueKeysOf(checked.form))
      const registration = { ...draftOf(checked.form, owner), alias, metadata, createdAt: ledgerTime }
      return {
        purpose: kind.created,
        references: { [`${kind.name}Id`]: registration.id },
        events: [{ type: kind.created, objectId: registration.id, status: registration.status }],
        companions: registering(registration),
        answer: kind.show(registration, call.livemode),
      }
    })
    return { result, used: result.alias === alias }
  })
}

/** What everybody begins with. */
export const draftOf = (
  form: CheckedForm,
  { id, kind }: { readonly id: string; readonly kind: KindName },
): Omit<Registration, 'alias' | 'metadata' | 'createdAt'> => ({
  ...form,
  kind,
  id,
  status: 'draft',
  tier: 0,
  phoneConfirmation: null,
  isFindable: true,
  accountId: null,
  finding: null,
  policyVersion: policyOf(form.country).version,
})

/** What a form is checked against, where the tenant is and now. */
export function rulesFor({ tenant }: Pick<Call, 'tenant'>, now: Date): FormRules {
  const { country, timeZone } = tenant
  return { country, today: localDay(now, timeZone), minimumAgeYears: policyOf(country).minimumAge.years }
}

/** @throws {NotFound} this tenant has no such registration */
export async function getRegistration(
  reader: Queryable,
  tenantId: string,
  kind: Kind<unknown>,
  id: string,
): Promise<Registration> {
  const registration = await findRegistration(reader, tenantId, kind.name, id)
  if (registration === undefined) throw new NotFound(kind.notFound, { id })
  return registration
}

/**
 * Submits a registration: with everything given it becomes active at once, on tier 1, with a wallet. In the sandbox
 * the magic serial numbers leave it in review.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it was submitted before
 * @throws {PistoProblem} `requirements_missing`
 */
export async function submitRegistration<Answer>(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<Answer>,
  id: string,
): Promise<Answer> {
  const accountId = deps.ids.next('acc')
  return perform<Answer>(deps.ledger, call, async ({ reader }) => {
    const registration = await getRegistration(reader, call.tenantId, kind, id)
    const submitted = move(kind, registration.status, 'submit')
    const { currentlyDue } = requirementsFor(registration)
    if (currentlyDue.length > 0)
      throw new PistoProblem('requirements_missing', { currentlyDue: currentlyDue.join(', ') })

    const { country, person } = registration
    const finding = call.livemode ? null : sandboxFinding(country, person.document.number)
    const decided = { ...registration, finding, policyVersion: policyOf(country).version }
    if (finding !== null) {
      const inReview = { ...decided, status: move(kind, submitted, 'review') }
      return {
        purpose: `${kind.name}.submitted`,
        companions: [moveRegistrations[kind.name].row({ from: registration.status, to: inReview })],
        answer: kind.show(inReview, call.livemode),
      }
    }
    const active: Registration = { ...decided, status: move(kind, submitted, 'activate'), tier: ENTRY_TIER, accountId }
    const documentKey = uniqueKeysOf(active).document
    const known = (await findLimitGroups(reader, call.tenantId, [documentKey])).get(documentKey)
    const limited = limitPerson(deps.ids, { ...active, registrationId: id, documentKey }, known)
    return {
      purpose: kind.activated,
      references: { [`${kind.name}Id`]: id, accountId },
      limitGroups: limited.limitGroups,
      accounts: [walletOf(kind, call.tenant, { ownerId: id, accountId, ...limited })],
      events: [{ type: kind.activated, objectId: id, status: active.status }],
      companions: [moveRegistrations[kind.name].row({ from: registration.status, to: active }), ...limited.companions],
      answer: kind.show(active, call.livemode),
    }
  })
}

/** @throws {WrongStatus} the present status does not allow it */
function move(kind: Kind<unknown>, from: RegistrationStatus, event: RegistrationEvent): RegistrationStatus {
  const to = nextStatus(from, event)
  if (to === undefined) throw new WrongStatus(kind.wrongStatus, { status: from, event })
  return to
}
