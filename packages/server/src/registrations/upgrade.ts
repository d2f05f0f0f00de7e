import { PistoProblem, WrongStatus } from '@pisto/contract'
import type { Plan, Queryable } from '@pisto/ledger'
import type { Case } from '../cases/case.ts'
import { hasMatch } from '../cases/settle.ts'
import type { Call } from '../platform/http/call.ts'
import { performFor } from '../platform/personal-data/perform-for.ts'
import { readyLists } from '../screening/screen-person.ts'
import { screenRegistration } from '../screening/screen-registration.ts'
import { checkDue } from './checks.ts'
import { findingOf } from './findings.ts'
import { flaggedArrival } from './flagging.ts'
import { holding, isHolding } from './holds.ts'
import { type Kind, seenAt } from './kinds.ts'
import { keepLikeness } from './likeness.ts'
import { findLimitGroups, groupOfAccount, lifted, limitPerson } from './limit-groups.ts'
import { policyOf, tierAbove } from './policy/policy.ts'
import type { Registration } from './registration.ts'
import { ENTRY_TIER, missingFor } from './requirements.ts'
import { getRegistration, type RegistrationDeps, rulesFor } from './service.ts'
import { requireAge } from './tier-age.ts'
import { uniqueKeysOf } from './uniqueness.ts'
import { moving } from './writes.ts'

/**
 * Asks for the next tier under the policy in force. Tier 1 is given at once where nothing is found, as by submitting;
 * otherwise operators look at what was given, and until they decide everything goes on as it was. What was given since is
 * screened: whom a list that blocks may have is held at once.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is not active, or an upgrade is in review
 * @throws {PistoProblem} `tier_highest`, `tier_age`, `requirements_missing`
 */
export async function upgrade<A>(deps: RegistrationDeps, call: Call, kind: Kind<A>, id: string): Promise<A> {
  await readyLists(deps, call.tenantId, deps.clock.now())
  return performFor<A>(deps, call, async ({ reader, ledgerTime }) => {
    const { tenantId } = call
    const from = await getRegistration(deps, reader, tenantId, kind, id)
    const status = from.review === null ? from.status : 'inReview'
    if (status !== 'active') throw new WrongStatus(kind.wrongStatus, { status, event: 'upgrade' })
    const { policyVersion, today } = rulesFor(call, ledgerTime)
    const next = tierAbove(policyOf({ ...from, policyVersion }), from.tier, kind.name)
    if (next === undefined) throw new PistoProblem('tier_highest', { tier: String(from.tier) })
    requireAge(next, from, today)
    const missing = missingFor(from, next)
    if (missing.length > 0) throw new PistoProblem('requirements_missing', { currentlyDue: missing.join(', ') })

    const screening = await screenRegistration(deps, { reader, tenantId, time: ledgerTime }, from, 'registration')
    const isEntering = next.tier <= ENTRY_TIER
    const found = isEntering ? await entering(deps, reader, call, from, screening.case) : from
    const asked = { ...found, notice: null, revision: from.revision + 1 }
    const isGiven = isEntering && found.finding === null
    const to: Registration = isGiven
      ? { ...asked, tier: next.tier, policyVersion }
      : { ...asked, requestedTier: next.tier, review: { openedAt: ledgerTime, assignedTo: null, proposal: null } }
    const { companions, ...given } = isGiven
      ? await upgrading(deps, reader, call, { from, to })
      : { companions: [await moving(deps, reader, tenantId, { from, to })] }
    const type = isGiven ? (`${kind.name}.upgraded` as const) : (`${kind.name}.upgradeRequested` as const)
    return {
      key: await deps.personalData.keyOf(reader, { tenantId, personId: id }),
      purpose: type,
      references: { [`${kind.name}Id`]: id },
      ...given,
      events: [{ type, objectId: id, status: to.status }, ...screening.events],
      companions: [
        ...companions,
        ...screening.companions,
        ...holding(from, screening.case),
        ...(isGiven ? [checkDue(to, ledgerTime)] : []),
      ],
      answer: kind.show({ ...to, isHeld: to.isHeld || isHolding(screening.case) }, seenAt(call, ledgerTime)),
    }
  })
}

/** Somebody from tier 0 as the checks find them who were not known before: as whoever submits. */
async function entering(
  deps: Pick<RegistrationDeps, 'personalData'>,
  reader: Queryable,
  call: Call,
  from: Registration,
  opened: Case | undefined,
): Promise<Registration> {
  const found = await flaggedArrival(deps, reader, call.tenantId, from)
  const isMatch = opened !== undefined || (await hasMatch(reader, call.tenantId, from.id))
  return { ...found, finding: findingOf(call, found, isMatch) }
}

/** What commits when a registration is on another tier: its person's limits are those of that tier. */
export async function upgrading(
  deps: Pick<RegistrationDeps, 'ids' | 'personalData'>,
  reader: Queryable,
  { tenantId, tenant }: Pick<Call, 'tenantId' | 'tenant'>,
  { from, to }: { readonly from: Registration; readonly to: Registration },
): Promise<Required<Pick<Plan<never>, 'limitGroups' | 'companions'>>> {
  const { id: registrationId, accountId } = to
  if (accountId === null) throw new Error(`${to.id} goes up without an account`)
  const keys = uniqueKeysOf(deps, tenantId, to)
  const person = { ...to, tenant, registrationId, accountId, keys }
  const known = (await findLimitGroups(reader, tenantId, [keys]))(keys)
  const own = await groupOfAccount(reader, tenantId, accountId)
  const { limitGroups, companions } = await limitPerson(deps.ids, reader, tenantId, person, { ...known, own })
  const isKnownNow = from.tier === 0
  return {
    limitGroups: [...limitGroups, ...(isKnownNow ? [lifted(person)] : [])],
    companions: [
      await moving(deps, reader, tenantId, { from, to }),
      ...(isKnownNow ? keepLikeness(deps, tenantId, to) : []),
      ...companions,
    ],
  }
}
