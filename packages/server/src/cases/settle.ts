import { PistoProblem } from '@pisto/contract'
import type { CompanionRow, Queryable } from '@pisto/ledger'
import type { Case } from './case.ts'
import { moveCases, openCasesOf } from './store.ts'

/** @returns The oldest possible match that nobody has decided; undefined: there is none. */
export const findOpenMatch = async (reader: Queryable, tenantId: string, personId: string): Promise<Case | undefined> =>
  (await openCasesOf(reader, tenantId, personId)).find(({ kind }) => kind === 'screening')

/**
 * Nobody is let in, or goes up, past a possible match that nobody has decided, where the operators look for another
 * reason.
 *
 * @throws {PistoProblem} `case_open`: the oldest such case
 */
export async function requireCasesDecided(reader: Queryable, tenantId: string, personId: string): Promise<void> {
  const found = await findOpenMatch(reader, tenantId, personId)
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
