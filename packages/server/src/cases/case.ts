import type { Case as CaseAnswer, CaseOutcome } from '@pisto/contract'
import { isSameOperator } from '../operators/operator.ts'
import type { ScreenedPerson } from '../screening/screening.ts'

export type CaseStatus = CaseAnswer['status']

/** Something about a person that people must decide: a possible match, or movements that a rule noticed. */
export interface Case {
  /** `cas_…` */
  readonly id: string
  readonly kind: 'screening' | 'monitoring'
  readonly person: ScreenedPerson
  readonly status: CaseStatus
  /** Of `block`, two people must decide, whatever they decide. */
  readonly consequence: 'review' | 'block'
  /** `scr_…` */
  readonly screeningId: string | null
  /** Rule and version. */
  readonly rule: string | null
  /** Ids and figures that the rule saw: nothing personal. */
  readonly evidence: Readonly<Record<string, string | readonly string[]>>
  readonly assignedTo: string | null
  readonly proposal: { readonly outcome: CaseOutcome; readonly by: string; readonly at: Date } | null
  /** Counts assignments and decisions. */
  readonly revision: number
  readonly openedAt: Date
  readonly decidedAt: Date | null
}

/** Which statuses a case is decided in. */
export const isOpen = ({ status }: Pick<Case, 'status'>): boolean =>
  status === 'open' || status === 'inReview' || status === 'appealed'

/** Whom a suspicion falls on must be found by two; whom a list blocks must be let go by two as well. */
const peopleNeeded = ({ consequence }: Pick<Case, 'consequence'>, outcome: CaseOutcome): 1 | 2 =>
  outcome === 'confirmed' || consequence === 'block' ? 2 : 1

/** What a word of an operator does to a case. */
export type Step = 'decided' | 'proposed' | 'needsAnother'

/** The first of two proposes; another one decides. A different outcome is a new proposal. */
export function stepOf(from: Pick<Case, 'consequence' | 'proposal'>, outcome: CaseOutcome, actor: string): Step {
  if (peopleNeeded(from, outcome) === 1) return 'decided'
  if (from.proposal === null || from.proposal.outcome !== outcome) return 'proposed'
  return isSameOperator(from.proposal.by, actor) ? 'needsAnother' : 'decided'
}

export function showCase(
  { person, openedAt, decidedAt, proposal, evidence, revision: _, ...same }: Case,
  livemode: boolean,
): CaseAnswer {
  return {
    ...same,
    livemode,
    personId: person.id,
    evidence: Object.fromEntries(
      Object.entries(evidence).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    operatorsNeeded: { cleared: peopleNeeded(same, 'cleared'), confirmed: peopleNeeded(same, 'confirmed') },
    proposal: proposal && { ...proposal, at: proposal.at.toISOString() },
    openedAt: openedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }
}
