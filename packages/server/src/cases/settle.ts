import { PistoProblem } from '@pisto/contract'
import type { CompanionRow, Queryable } from '@pisto/ledger'
import { type Case, isOpen } from './case.ts'
import { matchesOf, moveCases } from './store.ts'

/**
 * Is there a possible match that nobody has cleared? A screening tells only of what it found anew: what people look at
 * already, or have confirmed, stands all the same.
 */
export const hasMatch = async (reader: Queryable, tenantId: string, personId: string): Promise<boolean> =>
  (await matchesOf(reader, tenantId, personId)).length > 0

/** Does one of the matches that nobody has cleared hold the person? */
export const isHeldBy = (matches: readonly Case[]): boolean =>
  matches.some(({ consequence }) => consequence === 'block')

/**
 * Nobody is let in, or goes up, past a possible match that nobody has decided, where the operators look for another
 * reason; nor past an appeal, which others must decide than those who confirmed it.
 *
 * @param matches Of the person, as `matchesOf` has them.
 * @param how.isSettling The operators look because of a possible match, and decide it with the person.
 * @throws {PistoProblem} `case_open`: the oldest such case
 */
export function requireDecided(matches: readonly Case[], { isSettling }: { readonly isSettling: boolean }): void {
  const found = matches.find((match) => (isSettling ? match.status === 'appealed' : isOpen(match)))
  if (found !== undefined) throw new PistoProblem('case_open', { caseId: found.id })
}

/**
 * What commits with an approval: the two operators who approve somebody decide with it the possible matches that both of
 * them saw. What was confirmed before stays so.
 */
export function settleMatches(
  matches: readonly Case[],
  decidedAt: Date,
): { readonly isHeld: boolean; readonly companions: readonly CompanionRow[] } {
  const to = { status: 'cleared', assignedTo: null, proposal: null, decidedAt } as const
  return {
    isHeld: isHeldBy(matches.filter((match) => !isOpen(match))),
    companions: matches.filter(isOpen).map((from) => moveCases.row({ from, to: { ...from, ...to } })),
  }
}
