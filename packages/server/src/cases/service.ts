import {
  type AppealCase,
  type AssignReview,
  type Case as CaseAnswer,
  type CaseOutcome,
  type DecideCase,
  NotFound,
  PistoProblem,
  WrongStatus,
} from '@pisto/contract'
import { type CompanionRow, type PlanContext, type Queryable, toUuid } from '@pisto/ledger'
import { assigned, isSameOperator, isWith, operatorOf, requireNotWithAnother } from '../operators/operator.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { PersonErased } from '../platform/personal-data/personal-data.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import {
  CASE_VERBS,
  type CaseAction,
  type NewDecision,
  readDecisions,
  writtenDown,
} from '../registrations/decisions.ts'
import { findingBesideMatch } from '../registrations/findings.ts'
import { setHolds } from '../registrations/holds.ts'
import { findRegistration } from '../registrations/store.ts'
import { moving } from '../registrations/writes.ts'
import { caseEvent } from '../screening/screen-person.ts'
import { findScreening } from '../screening/store.ts'
import { type Case, isOpen, showCase, stepOf } from './case.ts'
import { isHeldBy } from './settle.ts'
import { findCase, matchesOf, moveCases } from './store.ts'

export type CaseDeps = Pick<Runtime, 'db' | 'ledger' | 'ids' | 'random' | 'personalData'>

/** @throws {NotFound} this tenant has no such case */
export async function getCase(reader: Queryable, tenantId: string, id: string): Promise<Case> {
  const found = await findCase(reader, tenantId, id)
  if (found === undefined) throw new NotFound('case_not_found', { id })
  return found
}

const ACTIONS = {
  cleared: { proposed: 'proposeClearing', decided: 'clear' },
  confirmed: { proposed: 'proposeConfirmation', decided: 'confirm' },
} as const satisfies Record<CaseOutcome, Record<'proposed' | 'decided', CaseAction>>

/**
 * Decides a case. Where two operators are needed, the first proposes, and another one decides. After an appeal, neither
 * may have decided it before.
 *
 * @throws {NotFound} this tenant has no such case
 * @throws {WrongStatus} it is decided
 * @throws {PistoProblem} `review_assigned` to another operator, `second_operator_needed`, `person_erased`
 */
export function decideCase(deps: CaseDeps, call: Call, id: string, said: DecideCase): Promise<CaseAnswer> {
  return decide(deps, call, id, said, async (from, { reader, ledgerTime }) => {
    const { actor, outcome } = said
    requireMine(from, actor)
    await requireOther(reader, call.tenantId, from, actor)
    const step = stepOf(from, outcome, actor)
    if (step === 'needsAnother')
      throw new PistoProblem('second_operator_needed', { proposedBy: from.proposal?.by ?? actor })
    const action = ACTIONS[outcome][step]
    if (step === 'proposed') {
      const status = from.status === 'appealed' ? from.status : 'inReview'
      const proposal = { outcome, by: actor, at: ledgerTime }
      return { action, to: { ...from, status, assignedTo: null, proposal }, companions: [] }
    }
    const to: Case = { ...from, status: outcome, assignedTo: null, proposal: null, decidedAt: ledgerTime }
    return { action, to, companions: await consequences(deps, reader, call, to, outcome) }
  })
}

/**
 * Takes down that the person contests what was confirmed.
 *
 * @throws {NotFound} this tenant has no such case
 * @throws {WrongStatus} it is not confirmed
 * @throws {PistoProblem} `person_erased`
 */
export const appealCase = (deps: CaseDeps, call: Call, id: string, said: AppealCase): Promise<CaseAnswer> =>
  decide(deps, call, id, said, (from) => {
    if (from.status !== 'confirmed') throw new WrongStatus('case_wrong_status', { status: from.status })
    return { action: 'appeal', to: { ...from, status: 'appealed', decidedAt: null }, companions: [] }
  })

/** Gives a case to an operator, or takes it. @throws as `decideCase` */
export const assignCase = (
  { ledger }: CaseDeps,
  call: Call,
  id: string,
  { to, from = null }: AssignReview,
): Promise<CaseAnswer> =>
  perform<CaseAnswer>(ledger, call, async ({ reader }) => {
    const found = await getCase(reader, call.tenantId, id)
    if (!isOpen(found)) throw new WrongStatus('case_wrong_status', { status: found.status })
    if (!isWith(found.assignedTo, to) && !isWith(found.assignedTo, from)) throw assigned(found.assignedTo)
    const status = found.status === 'open' && to !== null ? 'inReview' : found.status
    const next: Case = { ...found, status, assignedTo: to }
    return {
      purpose: 'case.assigned',
      companions: [moveCases.row({ from: found, to: next })],
      answer: showCase(next, call.livemode),
    }
  })

interface Effect {
  readonly action: CaseAction
  readonly to: Case
  readonly companions: readonly CompanionRow[]
}

/** One decision: in the case, in the list of decisions, and as a leaf that commits to it. */
async function decide(
  deps: CaseDeps,
  call: Call,
  id: string,
  said: (AppealCase & Partial<Pick<DecideCase, 'reasons'>>) | DecideCase,
  effectOf: (from: Case, context: PlanContext) => Effect | Promise<Effect>,
): Promise<CaseAnswer> {
  const decisionId = deps.ids.next('dec')
  return perform<CaseAnswer>(deps.ledger, call, async (context) => {
    const { reader, ledgerTime } = context
    const from = await getCase(reader, call.tenantId, id)
    const { action, to, companions } = await effectOf(from, context)
    const { name: actor, clientId } = operatorOf(call, said.actor)
    const decided: NewDecision = {
      ...{ id: decisionId, registration: from.person, caseId: id, action, actor, clientId },
      codes: said.reasons ?? [],
      note: said.note ?? null,
      saw: await seenIn(reader, call.tenantId, from),
    }
    const key = await deps.personalData
      .keyOf(reader, { tenantId: call.tenantId, personId: from.person.id })
      .catch((error: unknown) => {
        throw error instanceof PersonErased ? new PistoProblem('person_erased') : error
      })
    const { commitments, companion } = writtenDown(deps.random, key, decided, ledgerTime)
    const type = `case.${CASE_VERBS[action]}` as const
    return {
      purpose: type,
      references: { caseId: id, decisionId, [`${from.person.kind}Id`]: from.person.id },
      events: [caseEvent(type, to)],
      commitments,
      companions: [moveCases.row({ from, to }), ...companions, companion],
      answer: showCase(to, call.livemode),
    }
  })
}

/** Of a screening, the hash of every answer and the rules; else the monitoring rule. */
async function seenIn(reader: Queryable, tenantId: string, { screeningId, rule, revision }: Case) {
  const screening = screeningId === null ? undefined : await findScreening(reader, tenantId, screeningId)
  if (screening === undefined) return { finding: null, policyVersion: rule ?? '', revision }
  const finding = Buffer.from(screening.answerHash).toString('hex')
  return { finding, policyVersion: screening.context.algorithm, revision }
}

/**
 * What a decision does to whom it is about: while a match with a list that blocks is not cleared, also one that two people
 * confirmed, they are held; while there is any, they wait for it. Then what else was found counts again.
 */
async function consequences(
  deps: CaseDeps,
  reader: Queryable,
  call: Call,
  { id, kind, person, consequence }: Case,
  outcome: CaseOutcome,
): Promise<readonly CompanionRow[]> {
  const { tenantId } = call
  const { kind: personKind, id: personId } = person
  if (kind !== 'screening' || personKind === 'screening') return []
  const hold = (isHeld: boolean): CompanionRow => setHolds.row({ kind: personKind, id: personId, isHeld })
  if (outcome === 'confirmed') return consequence === 'block' ? [hold(true)] : []
  const others = (await matchesOf(reader, tenantId, personId)).filter((other) => other.id !== id)
  // always written: of two who clear the last two at once, the second must see what the first did
  const held = hold(isHeldBy(others))
  const registration =
    others.length > 0 ? undefined : await findRegistration(deps, reader, tenantId, personKind, personId)
  if (registration?.finding !== 'possibleMatch') return [held]
  const finding = findingBesideMatch(call, registration)
  return [held, await moving(deps, reader, tenantId, { from: registration, to: { ...registration, finding } })]
}

/** @throws {WrongStatus} @throws {PistoProblem} `review_assigned` to another operator */
function requireMine(found: Case, actor: string): void {
  if (!isOpen(found)) throw new WrongStatus('case_wrong_status', { status: found.status })
  requireNotWithAnother(found.assignedTo, actor)
}

/** After an appeal others look. @throws {PistoProblem} `second_operator_needed` */
async function requireOther(reader: Queryable, tenantId: string, { id, status }: Case, actor: string): Promise<void> {
  if (status !== 'appealed') return
  const decisions = await readDecisions(reader, 'r.tenant_id = $1 and r.case_id = $2 order by r.id', [
    toUuid(tenantId, 'ten'),
    toUuid(id, 'cas'),
  ])
  const before = decisions.slice(
    0,
    decisions.findLastIndex(({ action }) => action === 'appeal'),
  )
  if (before.some((decision) => decision.action !== 'appeal' && isSameOperator(decision.actor, actor)))
    throw new PistoProblem('second_operator_needed', { proposedBy: actor })
}
