import { PistoProblem } from '@pisto/contract'
import type { CompanionRow, Queryable } from '@pisto/ledger'
import { matchesOf, moveCases, openCasesOf } from './store.ts'

/**
 * Is there a possible match that nobody has cleared? A screening tells only of what it found anew: what people look at
 * already, or have confirmed, stands all the same.
 */
export const hasMatch = async (reader: Queryable, tenantId: string, personId: string): Promise<boolean> =>
  (await matchesOf(reader, tenantId, personId)).length > 0

/**
 * Nobody is let in, or goes up, past a possible match that nobody has decided, where the operators look for another
 * reason.
 *
 * @throws {PistoProblem} `case_open`: the oldest such case
 */
export async function requireCasesDecided(reader: Queryable, tenantId: string, personId: string): Promise<void> {
  const found = (await openCasesOf(reader, tenantId, personId)).find(({ kind }) => kind === 'screening')
  if (found !== undefined) throw new PistoProblem('case_open', { caseId: found.id })
}

/** What commits with an approval: the two operators who approve somebody decide the possible matches with it. */
export async function settleCases(
  reader: Queryable,
  tenantId: string,
  personId: string,
  time: Date,
): Promise<CompanionRow[]> {
  const open = await openCasesOf(reader, tenantId, personId)
  return open
    .filter(({ kind }) => kind === 'screening')
    .map((from) => {
      const to = { ...from, status: 'cleared', assignedTo: null, proposal: null, decidedAt: time } as const
      return moveCases.row({ from, to })
    })
}
