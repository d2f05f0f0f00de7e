import { NotFound, PistoProblem, type RegistrationStatus, type SubmitRegistration, WrongStatus } from '@pisto/contract'
import { localDay, type Queryable } from '@pisto/ledger'
import { hasMatch } from '../cases/settle.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { performFor } from '../platform/personal-data/perform-for.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { readyLists } from '../screening/screen-person.ts'
import { screenRegistration } from '../screening/screen-registration.ts'
import { activation } from './activation.ts'
import { withAlias } from './aliases.ts'
import { type CheckedForm, checkForm, type FormRules, type RegistrationForm } from './check-form.ts'
import { NO_DOCUMENTS } from './dossier.ts'
import { abandoning } from './erasure/retention.ts'
import { findingOf } from './findings.ts'
import { flagged, flaggedArrival } from './flagging.ts'
import { type Kind, type KindName, seenAt } from './kinds.ts'
import { versionsAt } from './policy/overrides.ts'
import { policyOf, policyOn, tierOf } from './policy/policy.ts'
import type { Registration } from './registration.ts'
import { ENTRY_TIER, missingFor, tierToBeginOn } from './requirements.ts'
import { confirmedBySignIn, owning, refuseSecond, requireOwnPhone } from './self-registration.ts'
import { nextStatus, type RegistrationEvent } from './states.ts'
import { findRegistration, type RegistrationReading } from './store.ts'
import { requireAge } from './tier-age.ts'
import { refuseDuplicates, uniqueKeysOf } from './uniqueness.ts'
import { moving, registering } from './writes.ts'

export type RegistrationDeps = Pick<
  Runtime,
  'db' | 'ledger' | 'clock' | 'systemClock' | 'ids' | 'random' | 'secret' | 'personalData' | 'livemode' | 'listIndexes'
>

export interface Draft {
  readonly form: RegistrationForm
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Registers somebody as a draft. All mistakes of the form are told at once.
 *
 * @throws {PistoProblem} `registration_invalid`, `document_duplicate`, `phone_duplicate`; `registration_exists`: of the
 *   person who registers themselves
 */
export async function createRegistration<Answer extends { readonly alias: string }>(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<Answer>,
  { form, metadata }: Draft,
): Promise<Answer> {
  const rules = rulesFor(call, deps.clock.now())
  const checked = checkForm(form, rules)
  if (!checked.valid) {
    return perform<Answer>(deps.ledger, call, () => {
      throw new PistoProblem('registration_invalid', {}, { errors: checked.errors })
    })
  }
  requireOwnPhone(deps, call, checked.form.phone)
  const { tenantId } = call
  const { policyVersion } = rules
  const owner = { tenantId, kind: kind.name, id: deps.ids.next(kind.prefix), policyVersion }
  return withAlias(deps, owner, async (alias) => {
    const result = await performFor<Answer>(deps, call, async ({ reader, ledgerTime }) => {
      await refuseSecond(reader, call, kind)
      await refuseDuplicates(reader, tenantId, kind.name, uniqueKeysOf(deps, tenantId, checked.form))
      const draft = {
        ...draftOf(checked.form, owner),
        ...{ alias, metadata, createdAt: ledgerTime, phoneConfirmation: confirmedBySignIn(call, ledgerTime) },
      }
      const registration = await flagged(reader, tenantId, draft)
      const registered = await registering(deps, tenantId, registration)
      return {
        purpose: kind.created,
        references: { [`${kind.name}Id`]: registration.id },
        events: [{ type: kind.created, objectId: registration.id, status: registration.status }],
        key: registered.key,
        companions: [
          ...registered.companions,
          ...owning(deps, call, registration),
          ...abandoning(registration, ledgerTime),
        ],
        answer: kind.show(registration, seenAt(call, ledgerTime)),
      }
    })
    return { result, used: result.alias === alias }
  })
}

/** What everybody begins with. */
export const draftOf = (
  form: CheckedForm,
  { id, kind, policyVersion }: { readonly id: string; readonly kind: KindName; readonly policyVersion: string },
): Omit<Registration, 'alias' | 'metadata' | 'createdAt'> => ({
  ...form,
  kind,
  id,
  status: 'draft',
  tier: 0,
  requestedTier: null,
  documents: NO_DOCUMENTS,
  cardLines: null,
  phoneConfirmation: null,
  givenDocuments: [],
  isFindable: true,
  accountId: null,
  finding: null,
  flags: [],
  isHeld: false,
  review: null,
  notice: null,
  demands: [],
  erasure: null,
  revision: 1,
  policyVersion,
})

/** What a form is checked against, where the tenant is and now. @param tier That they are put on at once, if they are. */
export function rulesFor({ tenant }: Pick<Call, 'tenant'>, now: Date, tier?: number): FormRules {
  const { country, timeZone } = tenant
  const today = localDay(now, timeZone)
  const policy = policyOn(country, today)
  const { minimumAge } = (tier !== undefined && tierOf(policy, tier)) || policy
  return { country, today, minimumAgeYears: minimumAge.years, policyVersion: versionsAt(tenant, now) }
}

/** @throws {NotFound} this tenant has no such registration */
export async function getRegistration(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  kind: Kind<unknown>,
  id: string,
): Promise<Registration> {
  const registration = await findRegistration(deps, reader, tenantId, kind.name, id)
  if (registration === undefined) throw new NotFound(kind.notFound, { id })
  return registration
}

/**
 * Submits a registration: with everything given that the tier asks for it becomes active at once, with a wallet. In the
 * sandbox the magic serial numbers leave it in review.
 *
 * @param submission Whoever asks for tier 0 begins there, whatever else was given.
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it was submitted before
 * @throws {PistoProblem} `requirements_missing`
 */
export async function submitRegistration<Answer>(
  deps: RegistrationDeps,
  call: Call,
  kind: Kind<Answer>,
  id: string,
  { tier: asked = ENTRY_TIER }: SubmitRegistration = {},
): Promise<Answer> {
  const accountId = deps.ids.next('acc')
  await readyLists(deps, call.tenantId, deps.clock.now())
  return performFor<Answer>(deps, call, async ({ reader, ledgerTime }) => {
    const given = await getRegistration(deps, reader, call.tenantId, kind, id)
    const { policyVersion } = rulesFor(call, ledgerTime)
    const registration = await flaggedArrival(deps, reader, call.tenantId, { ...given, policyVersion })
    const key = await deps.personalData.keyOf(reader, { tenantId: call.tenantId, personId: id })
    const submitted = move(kind, registration.status, 'submit')
    const begun = tierToBeginOn(policyOf(registration), asked, kind.name)
    const currentlyDue = missingFor(registration, begun)
    if (currentlyDue.length > 0)
      throw new PistoProblem('requirements_missing', { currentlyDue: currentlyDue.join(', ') })
    requireAge(begun, registration, rulesFor(call, ledgerTime).today)

    const moment = { reader, tenantId: call.tenantId, time: ledgerTime }
    const screening = await screenRegistration(deps, moment, registration, 'registration')
    const isMatch = screening.case !== undefined || (await hasMatch(reader, call.tenantId, id))
    const finding = findingOf(call, registration, isMatch)
    const decided = { ...registration, finding, notice: null, revision: registration.revision + 1 }
    if (finding !== null) {
      const review = { openedAt: ledgerTime, assignedTo: null, proposal: null }
      const requestedTier = begun.tier === ENTRY_TIER ? null : begun.tier
      const inReview = { ...decided, status: move(kind, submitted, 'review'), review, requestedTier }
      const purpose = `${kind.name}.submitted` as const
      return {
        key,
        purpose,
        references: { [`${kind.name}Id`]: id },
        events: [{ type: purpose, objectId: id, status: inReview.status }, ...screening.events],
        companions: [
          await moving(deps, reader, call.tenantId, { from: registration, to: inReview }),
          ...screening.companions,
        ],
        answer: kind.show(inReview, seenAt(call, ledgerTime)),
      }
    }
    const active = { ...decided, status: move(kind, submitted, 'activate'), tier: begun.tier, accountId }
    const { companions = [], ...activated } = await activation(deps, reader, call, kind, {
      from: registration,
      to: active,
    })
    return {
      key,
      ...activated,
      companions: [...companions, ...screening.companions],
      purpose: kind.activated,
      references: { [`${kind.name}Id`]: id, accountId },
      events: [{ type: kind.activated, objectId: id, status: active.status }],
      answer: kind.show(active, seenAt(call, ledgerTime)),
    }
  })
}

/** @throws {WrongStatus} the present status does not allow it */
export function move(kind: Kind<unknown>, from: RegistrationStatus, event: RegistrationEvent): RegistrationStatus {
  const to = nextStatus(from, event)
  if (to === undefined) throw new WrongStatus(kind.wrongStatus, { status: from, event })
  return to
}
