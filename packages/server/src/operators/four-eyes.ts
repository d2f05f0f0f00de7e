import type { Registration, RegistryFinding } from '../registrations/registration.ts'

/** Up to it one operator may approve a merchant. */
const ONE_OPERATOR_TIER = 1

/** What holds everything until two people have decided. */
const BLOCKING: ReadonlySet<RegistryFinding> = new Set(['possibleMatch'])

/** Does this finding go on blocking until operators have decided, also when what was given changes? */
export const isBlocking = (finding: RegistryFinding | null): boolean => finding !== null && BLOCKING.has(finding)

/** How many operators must approve: two for a merchant above tier 1, and for whoever may be on a list. */
export const operatorsNeeded = ({ kind, finding }: Pick<Registration, 'kind' | 'finding'>, tier: number): 1 | 2 =>
  isBlocking(finding) || (kind === 'merchant' && tier > ONE_OPERATOR_TIER) ? 2 : 1
