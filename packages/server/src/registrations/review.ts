import {
  type AssignReview,
  type Decide,
  type DecideBecause,
  PistoProblem,
  type ReviewReason,
  WrongStatus,
} from '@pisto/contract'
import { findAccount, type Plan, type PlanContext, type Queryable } from '@pisto/ledger'
import { requireDecided, settleMatches } from '../cases/settle.ts'
import { matchesOf } from '../cases/store.ts'
import { isBlocking, operatorsNeeded } from '../operators/four-eyes.ts'
import { assigned, isSameOperator, isWith, operatorOf, requireNotWithAnother } from '../operators/operator.ts'
import type { Call } from '../platform/http/call.ts'
import { performFor } from '../platform/personal-data/perform-for.ts'
import { activation } from './activation.ts'
import { approvalBasis } from './approval-basis.ts'
import { dropBusinessName } from './business-names.ts'
import { checkDue } from './checks.ts'
import { type NewDecision, type OwnAction, VERBS, writtenDown } from './decisions.ts'
import { retaining } from './erasure/retention.ts'
import { findingBesideMatch } from './findings.ts'
import { setHolds } from './holds.ts'
import { type Kind, seenAt } from './kinds.ts'
import { dropLikeness } from './likeness.ts'
import { policyOf, type Tier, tierOf } from './policy/policy.ts'
import type { Notice, Registration, Review } from './registration.ts'
import { releasing } from './releasing.ts'
import { ENTRY_TIER, missingFor, requirementsFor } from './requirements.ts'
import { getRegistration, move, type RegistrationDeps, rulesFor } from './service.ts'
import { takesMore } from './states.ts'
import { upgrading } from './upgrade.ts'
import { moving } from './writes.ts'

/** What a decision does, besides being written down. */
interface Effect extends Pick<Plan<never>, 'accounts' | 'limitGroups' | 'changes' | 'companions'> {
  readonly action: OwnAction
  readonly to: Registration
}

type Deps = Pick<RegistrationDeps, 'db' | 'ledger' | 'ids' | 'random' | 'personalData'>
type MoveDeps = Pick<Deps, 'personalData'> & { readonly reader: Queryable; readonly tenantId: string }
type Said = Decide & Partial<Pick<DecideBecause, 'reasons'>>

/**
 * Approves a registration in review: it becomes active, with a wallet. Where two operators are needed, the first
 * approval proposes, and the review is free for another operator; only that one decides. If what they look at has changed
 * since the first approval, the second is a first one again.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is not in review
 * @throws {PistoProblem} `review_assigned` to another operator, `second_operator_needed`, `requirements_missing`: the
 *   person still has to give something, a picture of the card, say; `case_open`: a possible match is to be decided
 *   first, unless the person is in review because of it and nobody has confirmed it before
 */
export function approve<A>(deps: Deps, call: Call, kind: Kind<A>, id: string, said: Decide): Promise<A> {
  const accountId = deps.ids.next('acc')
  return decide(deps, call, kind, { id, said }, async (from, { reader, ledgerTime }, movedBy) => {
    const isUpgrade = isUpgradeInReview(from)
    const status = isUpgrade ? from.status : move(kind, from.status, 'approve')
    const review = requireMine(from, said.actor)
    const matches = await matchesOf(reader, call.tenantId, id)
    requireDecided(matches, { isSettling: !isUpgrade && isBlocking(from.finding) })
    const { proposal } = review
    const tier = from.requestedTier ?? ENTRY_TIER
    const { policyVersion, today } = rulesFor(call, ledgerTime)
    const looked = isBlocking(from.finding) ? { ...from, finding: findingBesideMatch(call, from) } : from
    requireEvidence(looked, isUpgrade ? tierOf(policyOf({ ...from, policyVersion }), tier) : undefined, today)
    if (operatorsNeeded(from, tier) > 1) {
      const on = await approvalBasis(deps, reader, call.tenantId, from, matches)
      if (proposal === null || proposal.on !== on) {
        const waiting = { ...review, assignedTo: null, proposal: { by: said.actor, at: ledgerTime, on } }
        return moved(movedBy, 'proposeApproval', from, { ...from, review: waiting })
      }
      if (isSameOperator(proposal.by, said.actor)) {
        throw new PistoProblem('second_operator_needed', { proposedBy: proposal.by })
      }
    }
    const decided = { ...from, status, tier, requestedTier: null, review: null, notice: null }
    if (isUpgrade) {
      const to = { ...decided, policyVersion }
      const { companions = [], ...upgraded } = await upgrading(deps, reader, call, { from, to })
      return { action: 'approve', to, ...upgraded, companions: [...companions, checkDue(to, ledgerTime)] }
    }
    const settled = settleMatches(matches, ledgerTime)
    const to = { ...decided, accountId, isHeld: settled.isHeld }
    const { companions = [], ...activated } = await activation(deps, reader, call, kind, { from, to })
    const hold = from.isHeld || matches.length > 0 ? [setHolds.row(to)] : []
    return { action: 'approve', to, ...activated, companions: [...companions, ...settled.companions, ...hold] }
  })
}

/**
 * Sends a registration in review back, with what is to be mended.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is not in review
 * @throws {PistoProblem} `review_assigned` to another operator
 */
export const returnToApplicant = <A>(
  deps: Deps,
  call: Call,
  kind: Kind<A>,
  id: string,
  said: DecideBecause,
): Promise<A> =>
  decide(deps, call, kind, { id, said }, (from, { ledgerTime }, movedBy) => {
    const status = isUpgradeInReview(from) ? from.status : move(kind, from.status, 'return')
    requireMine(from, said.actor)
    const notice = noticeOf('return', said, ledgerTime)
    return moved(movedBy, 'return', from, { ...from, status, requestedTier: null, review: null, notice })
  })

/** Refuses a registration in review for good. @throws as `returnToApplicant` */
export const reject = <A>(deps: Deps, call: Call, kind: Kind<A>, id: string, said: DecideBecause): Promise<A> =>
  decide(deps, call, kind, { id, said }, (from, { ledgerTime }, movedBy) => {
    const notice = noticeOf('reject', said, ledgerTime)
    if (isUpgradeInReview(from)) {
      requireMine(from, said.actor)
      return moved(movedBy, 'reject', from, { ...from, requestedTier: null, review: null, notice })
    }
    const status = move(kind, from.status, 'reject')
    requireMine(from, said.actor)
    const to = { ...from, status, requestedTier: null, review: null, notice }
    return released(movedBy, moved(movedBy, 'reject', from, to), momentOf(call, ledgerTime))
  })

/**
 * Pauses an active registration. Its account stays as it is: what was promised before can still be posted.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is not active
 */
export const suspend = <A>(deps: Deps, call: Call, kind: Kind<A>, id: string, said: DecideBecause): Promise<A> =>
  decide(deps, call, kind, { id, said }, (from, { ledgerTime }, movedBy) => {
    const status = move(kind, from.status, 'suspend')
    return moved(movedBy, 'suspend', from, { ...from, status, notice: noticeOf('suspend', said, ledgerTime) })
  })

/** Lets a suspended registration go on. @throws as `suspend` */
export const reinstate = <A>(deps: Deps, call: Call, kind: Kind<A>, id: string, said: Decide): Promise<A> =>
  decide(deps, call, kind, { id, said }, async (from, { ledgerTime }, movedBy) => {
    const status = move(kind, from.status, 'reinstate')
    const { companions = [], ...effect } = await moved(movedBy, 'reinstate', from, { ...from, status, notice: null })
    return { ...effect, companions: [...companions, checkDue(from, ledgerTime)] } // a deadline may have passed meanwhile
  })

/**
 * Closes a registration and its account for good. Document and phone are free again.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it never was active, or is closed
 * @throws {PistoProblem} `account_not_empty`: money or holds are left
 */
export const close = <A>(deps: Deps, call: Call, kind: Kind<A>, id: string, said: DecideBecause): Promise<A> =>
  decide(deps, call, kind, { id, said }, async (from, { reader, ledgerTime }, movedBy) => {
    const status = move(kind, from.status, 'close')
    const account = from.accountId === null ? undefined : await findAccount(reader, call.tenantId, from.accountId)
    const isOpen = account !== undefined && account.status !== 'closed'
    return {
      ...(await released(
        movedBy,
        moved(movedBy, 'close', from, { ...from, status, notice: noticeOf('close', said, ledgerTime) }),
        momentOf(call, ledgerTime),
      )),
      changes: isOpen ? [{ accountId: account.accountId, status: 'closed' }] : [],
    }
  })

/**
 * Gives a review to an operator, or takes it. Whoever looked at it before somebody else took it is refused.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {WrongStatus} it is not in review
 * @throws {PistoProblem} `review_assigned`: it is not with `from` any more
 */
export const assign = <A>(
  deps: Deps,
  call: Call,
  kind: Kind<A>,
  id: string,
  { to, from = null }: AssignReview,
): Promise<A> =>
  performFor<A>(deps, call, async ({ reader, ledgerTime }) => {
    const registration = await getRegistration(deps, reader, call.tenantId, kind, id)
    const { review } = registration
    if (review === null) throw new WrongStatus(kind.wrongStatus, { status: registration.status })
    if (!isWith(review.assignedTo, to) && !isWith(review.assignedTo, from)) throw assigned(review.assignedTo)
    const next = { ...registration, review: { ...review, assignedTo: to }, revision: registration.revision + 1 }
    return {
      key: await deps.personalData.keyOf(reader, { tenantId: call.tenantId, personId: id }),
      purpose: `${kind.name}.assigned`,
      companions: [await moving(deps, reader, call.tenantId, { from: registration, to: next })],
      answer: kind.show(next, seenAt(call, ledgerTime)),
    }
  })

/** Is it let in, and do operators look at whether it may be on a higher tier? */
const isUpgradeInReview = ({ status, review }: Registration): boolean => takesMore(status) && review !== null

/** One decision, written down: in the registration, in the list of decisions, and as a leaf that commits to it. */
export async function decide<A>(
  deps: Deps,
  call: Call,
  kind: Kind<A>,
  { id, said }: { readonly id: string; readonly said: Said },
  effectOf: (from: Registration, context: PlanContext, movedBy: MoveDeps) => Effect | Promise<Effect>,
): Promise<A> {
  const decisionId = deps.ids.next('dec')
  return performFor<A>(deps, call, async (context) => {
    const { reader } = context
    const { tenantId } = call
    const from = await getRegistration(deps, reader, tenantId, kind, id)
    const movedBy = { ...deps, reader, tenantId }
    const { action, to, companions = [], ...effect } = await effectOf(from, context, movedBy)
    const { name: actor, clientId } = operatorOf(call, said.actor)
    const decided: NewDecision = {
      ...{ id: decisionId, registration: from, caseId: null, action, actor, clientId, saw: from },
      codes: said.reasons ?? [],
      note: said.note ?? null,
    }
    const key = to.erasure === null ? await deps.personalData.keyOf(reader, { tenantId, personId: id }) : null
    const { commitments, companion } = writtenDown(deps.random, key, decided, context.ledgerTime, from)
    const purpose = `${kind.name}.${VERBS[action]}` as const
    const became = isUpgradeInReview(from) ? (`${kind.name}.upgraded` as const) : kind.activated
    const types = action === 'approve' ? [purpose, became] : [purpose]
    return {
      ...effect,
      key,
      purpose,
      references: {
        [`${kind.name}Id`]: id,
        decisionId,
        ...(to.accountId !== null && { accountId: to.accountId }),
      },
      events: types.map((type) => ({ type, objectId: id, status: to.status })),
      commitments,
      companions: [...companions, companion],
      answer: kind.show({ ...to, revision: from.revision + 1 }, seenAt(call, context.ledgerTime)),
    }
  })
}

async function moved(
  { reader, tenantId, ...deps }: MoveDeps,
  action: OwnAction,
  from: Registration,
  to: Registration,
): Promise<Effect> {
  return { action, to, companions: [await moving(deps, reader, tenantId, { from, to })] }
}

const momentOf = ({ tenant: { timeZone } }: Pick<Call, 'tenant'>, now: Date) => ({ timeZone, now })

async function released(
  { tenantId, reader, ...deps }: MoveDeps,
  moving: Promise<Effect>,
  moment: ReturnType<typeof momentOf>,
): Promise<Effect> {
  const effect = await moving
  return {
    ...effect,
    companions: [
      ...(effect.companions ?? []),
      ...(await releasing(deps, reader, tenantId, effect.to)),
      ...dropBusinessName(effect.to),
      dropLikeness(effect.to),
      retaining(effect.to, moment),
    ],
  }
}

const noticeOf = (action: Notice['action'], { reasons, note }: DecideBecause, time: Date): Notice => ({
  action,
  codes: reasons as ReviewReason[],
  note: note ?? null,
  time: time.toISOString(),
  due: action === 'return' ? (reasons as ReviewReason[]) : [],
})

/**
 * What was there when the higher tier was asked for may have expired, or not been accepted, since.
 *
 * @param tier The higher tier; undefined: it is a first registration.
 * @throws {PistoProblem} `requirements_missing`
 */
function requireEvidence(registration: Registration, tier: Tier | undefined, today: string): void {
  const isPictureNeeded = registration.finding === 'documentImageNeeded'
  const { currentlyDue, eventuallyDue } = requirementsFor(registration, today)
  const picture = tier?.tier === ENTRY_TIER ? eventuallyDue.filter((item) => item === 'documentImage') : []
  const found = isPictureNeeded ? (tier === undefined ? currentlyDue : picture) : []
  const missing = [...new Set([...(tier === undefined ? [] : missingFor(registration, tier)), ...found])]
  if (missing.length > 0) throw new PistoProblem('requirements_missing', { currentlyDue: missing.join(', ') })
}

/** @throws {PistoProblem} `review_assigned` to another operator */
function requireMine({ review, id }: Registration, actor: string): Review {
  if (review === null) throw new Error(`${id} is in review without a review`)
  requireNotWithAnother(review.assignedTo, actor)
  return review
}
