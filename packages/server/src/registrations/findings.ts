import { isBlocking } from '../operators/four-eyes.ts'
import type { Call } from '../platform/http/call.ts'
import type { Registration, RegistryFinding } from './registration.ts'
import { ENTRY_TIER } from './requirements.ts'
import { sandboxFinding } from './sandbox-registry.ts'
import { isSettled } from './states.ts'

/** Whoever may be on a list stays so, also under another number: operators decide. So they do of a card that differs. */
export function findingOf(
  { livemode }: Pick<Call, 'livemode'>,
  { country, person, finding, flags }: Pick<Registration, 'country' | 'person' | 'finding' | 'flags'>,
  isPossibleMatch: boolean,
): RegistryFinding | null {
  if (isPossibleMatch || isBlocking(finding)) return 'possibleMatch'
  if (flags.some(({ code }) => code === 'mrz_mismatch')) return 'documentMismatch'
  return livemode || person.document === null ? null : sandboxFinding(country, person.document.number)
}

/**
 * What operators look for beside a possible match, which comes before it: what is left of it once nobody is a match.
 *
 * @returns Null also of whoever was let in: it was decided then.
 */
export function findingBesideMatch(mode: Pick<Call, 'livemode'>, registration: Registration): RegistryFinding | null {
  const { status, requestedTier } = registration
  const isDecided = isSettled(status) && requestedTier !== ENTRY_TIER
  return isDecided ? null : findingOf(mode, { ...registration, finding: null }, false)
}
