import type * as operations from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { showCase } from './case.ts'
import { downloadReport } from './report.ts'
import { appealCase, assignCase, type CaseDeps, decideCase, getCase } from './service.ts'
import { listCases } from './store.ts'

type CaseOperations = Pick<
  typeof operations,
  'listCases' | 'getCase' | 'assignCase' | 'decideCase' | 'appealCase' | 'getCaseReport'
>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const caseHandlers = (deps: CaseDeps): Handlers<CaseOperations> => ({
  listCases: ({ query: { limit, after, ...filter } }, { tenantId, livemode }) =>
    pageById(
      { ...(limit !== undefined && { limit }), ...(after !== undefined && { after }) },
      'cas',
      (page) => listCases(deps.db, tenantId, { ...filter, ...page }),
      (found) => showCase(found, livemode),
    ),
  async getCase({ caseId }, { tenantId, livemode }) {
    return showCase(await getCase(deps.db, tenantId, caseId), livemode)
  },
  assignCase: ({ caseId, body }, call) => assignCase(deps, call, caseId, body),
  decideCase: ({ caseId, body }, call) => decideCase(deps, call, caseId, body),
  appealCase: ({ caseId, body }, call) => appealCase(deps, call, caseId, body),
  getCaseReport: ({ query }, call) => downloadReport(deps, call, query),
})
