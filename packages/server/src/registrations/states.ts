import type { RegistrationStatus } from '@pisto/contract'

export type RegistrationEvent =
  | 'submit'
  | 'activate'
  | 'review'
  | 'approve'
  | 'return'
  | 'reject'
  | 'restrict'
  | 'lift'
  | 'suspend'
  | 'reinstate'
  | 'close'
  | 'erase'

type Moves = Readonly<Partial<Record<RegistrationEvent, RegistrationStatus>>>

/**
 * Where a merchant or consumer can go. The docs' diagram is drawn from this table; an empty row is terminal.
 * Within tier 1 a person whose checks pass is activated in the same transaction that submits.
 */
export const REGISTRATION_MOVES: Readonly<Record<RegistrationStatus, Moves>> = {
  draft: { submit: 'submitted', erase: 'closed' },
  submitted: { activate: 'active', review: 'inReview' },
  inReview: { approve: 'active', return: 'returned', reject: 'rejected' },
  returned: { submit: 'submitted', erase: 'closed' },
  active: { restrict: 'restricted', suspend: 'suspended', close: 'closed' },
  restricted: { lift: 'active', close: 'closed' },
  suspended: { reinstate: 'active', close: 'closed' },
  rejected: {},
  closed: {},
}

/** @returns Undefined: the present status does not allow it. */
export function nextStatus(from: RegistrationStatus, event: RegistrationEvent): RegistrationStatus | undefined {
  return REGISTRATION_MOVES[from][event]
}

/** Has it been let in, and is it not over? */
export const isSettled = (status: RegistrationStatus): boolean =>
  status === 'active' || status === 'restricted' || status === 'suspended'

/** May what a higher tier asks for be given, or given again? Whoever is active goes on meanwhile. */
export const takesMore = (status: RegistrationStatus): boolean => status === 'active' || status === 'restricted'

/** May evidence still be given? Before the first submission, and after it was returned for more. */
export const takesEvidence = (status: RegistrationStatus): boolean => nextStatus(status, 'submit') !== undefined
