import type { CompanionRow, Queryable } from '@pisto/ledger'
import { moveCases, openCasesOf } from './store.ts'

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
